import { ApiError } from "../api/errors";
import { isRecord } from "../flow/normal";
import type { FlowJob } from "../query/jobs";

/** A run that goes on (`api-facts.md` 1.7). All but the job's id may be missing in the service's answer. */
export interface StartedRun {
  /** Id of its first job. */
  readonly jobId: string;
  /** Id of the export that this job reads. */
  readonly exportId?: string;
  /** What the jobs of the run have in common. */
  readonly flowExecutionGroupId?: string;
}

/** A run, and what was there before it. */
export interface Started extends StartedRun {
  /** Id of the flow. */
  readonly flowId: string;
  /** Ids of jobs of earlier runs. */
  readonly earlier: ReadonlySet<string>;
}

/** What an answer to `/run` says. @throws ApiError, kind `unexpected`, where it names no job: it counts as lost */
export function startedBy(answer: unknown, path: string): StartedRun {
  const { _jobId, _exportId, flowExecutionGroupId } = isRecord(answer) ? answer : {};
  if (typeof _jobId === "string" && _jobId !== "") {
    return startedRun(_jobId, _exportId, flowExecutionGroupId);
  }
  const detail = "the answer names no job";
  throw new ApiError({
    kind: "unexpected",
    method: "POST",
    path,
    status: 200,
    complaints: [],
    detail,
  });
}

/** A run by its first job. */
export function startedAs({ id, exportId, flowExecutionGroupId }: FlowJob): StartedRun {
  return startedRun(id, exportId, flowExecutionGroupId);
}

function startedRun(jobId: string, exportId: unknown, group: unknown): StartedRun {
  return {
    jobId,
    ...(typeof exportId === "string" && { exportId }),
    ...(typeof group === "string" && { flowExecutionGroupId: group }),
  };
}
