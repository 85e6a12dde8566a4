import type { FlowJob } from "../query/jobs";
import type { Started } from "./started";

/** Jobs of one run are made within a moment or later, never before its first; the service's stamps may differ by a little. */
const SLACK_MS = 1000;

/**
 * Whether a job belongs to a run: by the group where the service names it, otherwise by being there only since the run began.
 * Pure.
 *
 * @param first - the run's first job, as far as it has been read
 */
export function sameRun(job: FlowJob, run: Started, first: FlowJob | undefined): boolean {
  if (run.earlier.has(job.id)) return false;
  const group = run.flowExecutionGroupId ?? first?.flowExecutionGroupId;
  if (group !== undefined && job.flowExecutionGroupId !== undefined)
    return job.flowExecutionGroupId === group;
  const begin = Date.parse(first?.createdAt ?? "");
  const created = Date.parse(job.createdAt ?? "");
  return Number.isNaN(begin) || Number.isNaN(created) || created >= begin - SLACK_MS;
}
