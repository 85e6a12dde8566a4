import type { JsonObject } from "../api/types";
import { fromWire } from "../flow/convert";
import type { Service } from "../service";
import { ofFlow } from "./path";
import { JOB } from "./shapes";

/**
 * One job, references renamed (`api-facts.md` 1.9). Only `id` and `status` are relied on; whatever else the service has is
 * there under its API name. The service keeps jobs for 30 days.
 */
export interface FlowJob {
  /** Id of the job. */
  readonly id: string;
  /** `queued`, `running`, `retrying` or `canceling` while it goes on; `completed`, `failed` or `canceled` afterwards. */
  readonly status: string;
  /** `flow`, `export`, `import`, `retry` or `bulk_retry`. */
  readonly type?: string;
  /** Id of the flow. */
  readonly flowId?: string;
  /** Id of the export that the job reads: a run has one job per page generator. */
  readonly exportId?: string;
  /** Id of the flow's integration. Absent for a standalone flow. */
  readonly integrationId?: string;
  /** What the jobs of one run have in common, where the service says it. */
  readonly flowExecutionGroupId?: string;
  /** When it was made, ISO 8601. */
  readonly createdAt?: string;
  /** When it began, ISO 8601. Absent while it is queued. */
  readonly startedAt?: string;
  /** When it ended, ISO 8601. Absent while it goes on. */
  readonly endedAt?: string;
  /** Records that were read. */
  readonly numExport?: number;
  /** Records that went through. */
  readonly numSuccess?: number;
  /** Records that failed; a `completed` job may have some. */
  readonly numError?: number;
  /** Records that were left out. */
  readonly numIgnore?: number;
  /** Failed records that were put right since. */
  readonly numResolved?: number;
  /** Failed records that are still open. */
  readonly numOpenError?: number;
  /** Pages that the source gave; none in a failed job: the source itself failed. */
  readonly numPagesGenerated?: number;
}

const OVER: ReadonlySet<string> = new Set(["completed", "failed", "canceled"]);
const GOING_ON: ReadonlySet<string> = new Set(["queued", "running", "retrying", "canceling"]);

/** Whether a job has ended. A status that nobody has documented counts as ended where the job has an end. Pure. */
export function isOver({ status, endedAt }: FlowJob): boolean {
  if (GOING_ON.has(status)) return false;
  return OVER.has(status) || endedAt !== undefined;
}

/** A job document in program names. Pure. */
export function jobOf(document: JsonObject): FlowJob {
  const known = Object.entries(document).filter(([, value]) => value !== null);
  return fromWire(JOB, Object.fromEntries(known)) as unknown as FlowJob;
}

/** The latest job of each page generator (`api-facts.md` 1.8). @throws ApiError */
export async function latestJobs({ client }: Service, flowId: string): Promise<FlowJob[]> {
  return (await client.list(ofFlow(flowId, "jobs/latest"))).map(jobOf);
}

/** One job. @throws ApiError */
export async function readJob({ client }: Service, id: string): Promise<FlowJob> {
  return jobOf(await client.getDocument(`/jobs/${encodeURIComponent(id)}`));
}
