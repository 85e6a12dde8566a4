import { isApiError } from "../api/errors";
import { say } from "../log";
import { type FlowJob, isOver, latestJobs, readJob } from "../query/jobs";
import type { Service } from "../service";
import { sameRun } from "./same-run";
import type { Started } from "./started";

/** What of a run is watched, and for how long. */
export interface WatchPlan {
  /** The flow as messages name it. */
  readonly title: string;
  /** Exports whose jobs make up the run; empty where they are not known. */
  readonly exportIds: readonly string[];
  /** Whether all jobs begin at once. */
  readonly isParallel: boolean;
  /** Milliseconds until the watch gives up; the run goes on. */
  readonly timeoutMs: number;
}

/** What a watch saw. */
export interface Watched {
  /** The run's jobs, in the order in which they came. */
  readonly jobs: readonly FlowJob[];
  /** Exports for which no job came: listeners have none, and a run that fails or is canceled may end early. */
  readonly missing: readonly string[];
  /** Whether time ran out before the run was over. */
  readonly timedOut: boolean;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
/** At most one line of progress in this time. */
const PROGRESS_MS = 15_000;
/** How long the job of a further page generator may take to appear. Sequential ones come one after the other. */
const GRACE_MS = { sequential: 30_000, unlikely: 5000, none: 0 } as const;
/** A job may be known a moment before it can be read. */
const MOST_MISSES = 5;

/**
 * Waits until every job of a run has ended: one per page generator, each of a sequential flow made when the one before has
 * ended (`api-facts.md` 1.8). Polls with back-off, with a line of progress now and then.
 *
 * @throws ApiError where the jobs cannot be read
 */
export async function watchRun(service: Service, run: Started, plan: WatchPlan): Promise<Watched> {
  const { clock } = service;
  const start = clock.now();
  const seen = new Map<string, FlowJob>([
    [run.jobId, { id: run.jobId, status: "queued", ...known(run) }],
  ]);
  const misses = new Map<string, number>();
  let told = start;
  let quietSince: number | undefined;
  say(
    `${plan.title} runs as job ${run.jobId}; waiting up to ${String(Math.ceil(plan.timeoutMs / 1000))} s for it to end`,
  );
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 1.5, LONGEST_WAIT_MS)) {
    await Promise.all(
      [...seen.values()]
        .filter((job) => !isOver(job))
        .map((job) => look(service, run, { id: job.id, seen, misses })),
    );
    let missing = missingIn(plan, seen);
    if (allOver(seen) && (missing.length > 0 || seen.size > 1)) {
      await lookForMore(service, run, seen);
      missing = missingIn(plan, seen);
    }
    const now = clock.now();
    quietSince = allOver(seen) ? (quietSince ?? now) : undefined;
    const isOverNow =
      quietSince !== undefined &&
      (missing.length === 0 || now - quietSince >= graceFor(plan, seen));
    if (isOverNow) return { jobs: [...seen.values()], missing, timedOut: false };
    const left = plan.timeoutMs - (now - start);
    if (left <= 0) return { jobs: [...seen.values()], missing, timedOut: true };
    if (now - told >= PROGRESS_MS) {
      told = now;
      say(
        `${plan.title}: ${progress([...seen.values()], missing)}, ${String(Math.round((now - start) / 1000))} s`,
      );
    }
    await clock.sleep(Math.min(wait, left));
  }
}

function known({ exportId, flowExecutionGroupId }: Started): Partial<FlowJob> {
  return {
    ...(exportId !== undefined && { exportId }),
    ...(flowExecutionGroupId !== undefined && { flowExecutionGroupId }),
  };
}

/** Reads a job by its id or, where the service does not give it that way, from the flow's latest. */
async function look(
  service: Service,
  run: Started,
  { id, seen, misses }: { id: string; seen: Map<string, FlowJob>; misses: Map<string, number> },
): Promise<void> {
  try {
    seen.set(id, { ...seen.get(id), ...(await readJob(service, id)) });
    misses.delete(id);
  } catch (error) {
    if (isApiError(error, "unauthorized")) throw error;
    const jobs = await latestJobs(service, run.flowId).catch((): FlowJob[] => []);
    const job = jobs.find((one) => one.id === id);
    const count = (misses.get(id) ?? 0) + 1;
    misses.set(id, count);
    if (job !== undefined) seen.set(id, { ...seen.get(id), ...job });
    else if (!isApiError(error, "notFound") || count > MOST_MISSES) throw error;
  }
}

async function lookForMore(
  service: Service,
  run: Started,
  seen: Map<string, FlowJob>,
): Promise<void> {
  const first = seen.get(run.jobId);
  const jobs = await latestJobs(service, run.flowId);
  for (const job of jobs) {
    if (!seen.has(job.id) && sameRun(job, run, first)) seen.set(job.id, job);
  }
}

function missingIn({ exportIds }: WatchPlan, seen: ReadonlyMap<string, FlowJob>): string[] {
  const there = new Set([...seen.values()].map(({ exportId }) => exportId));
  // Where the service does not say what its jobs read, their number has to do.
  return there.has(undefined)
    ? exportIds.slice(seen.size)
    : exportIds.filter((id) => !there.has(id));
}

function allOver(seen: ReadonlyMap<string, FlowJob>): boolean {
  return [...seen.values()].every((job) => isOver(job));
}

function graceFor({ isParallel }: WatchPlan, seen: ReadonlyMap<string, FlowJob>): number {
  const statuses = new Set([...seen.values()].map(({ status }) => status));
  if (statuses.has("canceled")) return GRACE_MS.none;
  return statuses.has("failed") || isParallel ? GRACE_MS.unlikely : GRACE_MS.sequential;
}

/** Where a run stands, on one line. Pure. */
export function progress(jobs: readonly FlowJob[], missing: readonly string[]): string {
  const open = jobs
    .filter((job) => !isOver(job))
    .map(({ id, exportId, status, numSuccess = 0, numError = 0 }) => {
      const source = exportId === undefined ? "" : ` (export ${exportId})`;
      return `job ${id}${source} is ${status}, ${String(numSuccess)} records succeeded, ${String(numError)} failed`;
    });
  const waiting = missing.map((id) => `the job of export ${id} has not begun`);
  return [...open, ...waiting].join("; ");
}
