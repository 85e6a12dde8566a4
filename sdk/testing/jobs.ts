import type { JsonObject } from "../../provider/api/types";
import { newId } from "./store";

/** How a job ends. */
export interface Outcome {
  /** Terminal status (`api-facts.md` 1.9). @defaultValue "completed" */
  readonly status?: "completed" | "failed" | "canceled";
  /** Records that went through. @defaultValue 0 */
  readonly numSuccess?: number;
  /** Records that failed; `completed` may have some. @defaultValue 0 */
  readonly numError?: number;
  /** Records left out. @defaultValue 0 */
  readonly numIgnore?: number;
  /** Milliseconds from creation to end. @defaultValue the setting `jobDurationMs` */
  readonly durationMs?: number;
}

/** One flow-type job. Nothing runs: what it shows follows from the clock. */
export interface Job {
  readonly id: string;
  readonly flowId: string;
  readonly exportId: string | undefined;
  readonly integrationId: string | undefined;
  readonly groupId: string;
  /** Milliseconds since 1970; the job does not exist before. */
  readonly createdAt: number;
  startedAt: number;
  endsAt: number;
  readonly outcome: Outcome;
  canceledBy?: string;
}

/** What a run is made of. */
export interface RunPlan {
  readonly flowId: string;
  readonly integrationId: string | undefined;
  /** One job for each, or one without an export where the list is empty. */
  readonly exportIds: readonly string[];
  readonly isParallel: boolean;
  readonly outcome: Outcome;
  readonly durationMs: number;
  /** Milliseconds of it in the queue. @defaultValue a fifth */
  readonly queuedMs?: number;
}

const PURGE_MS = 30 * 24 * 3600 * 1000;

/** Status of a job at a time (`api-facts.md` 1.9). */
export function statusOf(job: Job, now: number): string {
  if (now >= job.endsAt)
    return job.canceledBy === undefined ? (job.outcome.status ?? "completed") : "canceled";
  return now < job.startedAt ? "queued" : "running";
}

function at(time: number): string {
  return new Date(time).toISOString();
}

function figures(job: Job, isOver: boolean): JsonObject {
  const { numSuccess = 0, numError = 0, numIgnore = 0, status } = job.outcome;
  const counted = isOver && job.canceledBy === undefined;
  const pages = counted && status !== "failed" ? 1 : 0;
  return {
    numExport: counted ? numSuccess + numError + numIgnore : 0,
    numSuccess: counted ? numSuccess : 0,
    numError: counted ? numError : 0,
    numIgnore: counted ? numIgnore : 0,
    numResolved: 0,
    numOpenError: counted ? numError : 0,
    numPagesGenerated: pages,
    numPagesProcessed: pages,
    doneExporting: isOver,
  };
}

/** A job as the service shows it at a time: a queued one has no `startedAt`, one that goes on no `endedAt`. */
export function jobDocument(job: Job, now: number): JsonObject {
  const isOver = now >= job.endsAt;
  const moved = isOver ? job.endsAt : Math.min(now, Math.max(job.startedAt, job.createdAt));
  return {
    _id: job.id,
    type: "flow",
    _flowId: job.flowId,
    ...(job.exportId === undefined ? {} : { _exportId: job.exportId }),
    ...(job.integrationId === undefined ? {} : { _integrationId: job.integrationId }),
    flowExecutionGroupId: job.groupId,
    status: statusOf(job, now),
    createdAt: at(job.createdAt),
    ...(now >= job.startedAt ? { startedAt: at(job.startedAt) } : {}),
    ...(isOver ? { endedAt: at(job.endsAt) } : {}),
    lastModified: at(moved),
    purgeAt: at(job.createdAt + PURGE_MS),
    ...figures(job, isOver),
    ...(job.canceledBy === undefined ? {} : { canceledBy: job.canceledBy }),
  };
}

/** The jobs of an account. */
export class Jobs {
  readonly #byFlow = new Map<string, Job[]>();

  /** Starts a run: sequential jobs are planned at once and appear when the one before has ended. */
  start(plan: RunPlan, now: number): Job[] {
    const groupId = newId(now);
    let createdAt = now;
    const jobs = (plan.exportIds.length > 0 ? plan.exportIds : [undefined]).map((exportId) => {
      const { flowId, integrationId, outcome } = plan;
      const startedAt = createdAt + (plan.queuedMs ?? plan.durationMs / 5);
      const endsAt = createdAt + plan.durationMs;
      const job: Job = {
        id: newId(now),
        flowId,
        exportId,
        integrationId,
        groupId,
        createdAt,
        startedAt,
        endsAt,
        outcome,
      };
      if (!plan.isParallel) createdAt = endsAt;
      return job;
    });
    this.#byFlow.set(plan.flowId, [...(this.#byFlow.get(plan.flowId) ?? []), ...jobs]);
    return jobs;
  }

  /** The jobs of a flow that exist at a time, newest first. */
  of(flowId: string, now: number): Job[] {
    return (this.#byFlow.get(flowId) ?? []).filter((job) => job.createdAt <= now).reverse();
  }

  /** One job that exists at a time. */
  get(id: string, now: number): Job | undefined {
    for (const jobs of this.#byFlow.values()) {
      const job = jobs.find((other) => other.id === id && other.createdAt <= now);
      if (job) return job;
    }
    return undefined;
  }

  /** The newest job of each page generator, in the order the generators first ran. */
  latest(flowId: string, now: number): Job[] {
    const newest = new Map<string | undefined, Job>();
    for (const job of this.of(flowId, now).reverse()) newest.set(job.exportId, job);
    return [...newest.values()];
  }

  /** Whether a flow has a job that is not over. */
  isRunning(flowId: string, now: number): boolean {
    return this.of(flowId, now).some((job) => now < job.endsAt);
  }

  /** Ends a job that goes on; the jobs planned after it in its run never come. */
  end(job: Job, now: number, canceledBy?: string): void {
    if (now >= job.endsAt) return;
    const rest = (this.#byFlow.get(job.flowId) ?? []).filter(
      (other) => other.groupId !== job.groupId || other.createdAt <= now,
    );
    this.#byFlow.set(job.flowId, rest);
    job.startedAt = Math.min(job.startedAt, now);
    job.endsAt = now;
    if (canceledBy !== undefined) job.canceledBy = canceledBy;
  }

  /** Ends every job of a flow that goes on. */
  endAll(flowId: string, now: number, canceledBy?: string): void {
    for (const job of this.of(flowId, now)) this.end(job, now, canceledBy);
  }

  /** Time at which the last completed job of a flow began: undefined where there is none. */
  lastExport(flowId: string, now: number): string | undefined {
    const done = this.of(flowId, now).filter((job) => statusOf(job, now) === "completed");
    return done.length === 0 ? undefined : at(Math.max(...done.map((job) => job.startedAt)));
  }
}
