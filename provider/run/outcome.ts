import { type FlowJob, isOver } from "../query/jobs";
import type { StartedRun } from "./started";

/**
 * What a run came to, as the engine stores it. `null`, not absence, stands for what the service did not say: an output that is
 * missing from the state would be unknown in every preview (design.md 2).
 */
export interface RunOutcome {
  /** Id of the run's first job. */
  readonly jobId: string;
  /** Id of the export that this job reads. */
  readonly exportId: string | null;
  /** What the jobs of the run have in common. */
  readonly flowExecutionGroupId: string | null;
  /** `completed`, `failed` or `canceled`; the status when it was last seen where the run was not over. */
  readonly status: string;
  /** Records that went through, in all jobs. */
  readonly numSuccess: number;
  /** Records that failed, in all jobs. */
  readonly numError: number;
  /** When the first job began, ISO 8601. */
  readonly startedAt: string | null;
  /** When the last job ended, ISO 8601. */
  readonly endedAt: string | null;
}

/** The jobs of a run taken together; the worst of them says how the run ended. Pure. */
export function outcomeOf(run: StartedRun, jobs: readonly FlowJob[]): RunOutcome {
  const first = jobs.find(({ id }) => id === run.jobId);
  const isEnded = jobs.length > 0 && jobs.every((job) => isOver(job));
  const ends = jobs.flatMap(({ endedAt }) => endedAt ?? []).sort();
  const starts = jobs.flatMap(({ startedAt }) => startedAt ?? []).sort();
  return {
    jobId: run.jobId,
    exportId: run.exportId ?? first?.exportId ?? null,
    flowExecutionGroupId: run.flowExecutionGroupId ?? first?.flowExecutionGroupId ?? null,
    status: worstOf(jobs),
    numSuccess: sum(jobs.map(({ numSuccess }) => numSuccess)),
    numError: sum(jobs.map(({ numError }) => numError)),
    startedAt: starts[0] ?? null,
    endedAt: isEnded ? (ends.at(-1) ?? null) : null,
  };
}

function worstOf(jobs: readonly FlowJob[]): string {
  const open = jobs.find((job) => !isOver(job));
  if (open !== undefined) return open.status;
  const statuses = jobs.map(({ status }) => status);
  return ["failed", "canceled"].find((one) => statuses.includes(one)) ?? statuses[0] ?? "unknown";
}

function sum(numbers: readonly (number | undefined)[]): number {
  return numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
}

/** How each job of a run ended, one line each. Pure. */
export function jobLines(jobs: readonly FlowJob[]): string[] {
  return jobs.map((job) => {
    const { id, exportId, status, numSuccess = 0, numError = 0, numPagesGenerated } = job;
    const source = exportId === undefined ? "" : ` (export ${exportId})`;
    const counts = `${String(numSuccess)} records succeeded, ${String(numError)} failed`;
    const isSource = status === "failed" && numPagesGenerated === 0;
    return `job ${id}${source} ${status}: ${counts}${isSource ? "; the source gave no page, so it failed itself" : ""}`;
  });
}
