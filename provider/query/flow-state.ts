import type { Service } from "../service";
import { type FlowJob, isOver, latestJobs } from "./jobs";

/** What a flow is doing (`flows-api.md`, "Flow States"). */
export interface FlowStateInfo {
  /** Id of the flow. */
  readonly flowId: string;
  /** `running` while a job goes on, whatever the flow's switch says; otherwise `enabled` or `disabled`. */
  readonly state: "enabled" | "disabled" | "running";
  /** The jobs that go on; empty unless `state` is `running`. */
  readonly runningJobs: readonly FlowJob[];
}

/** State of a flow, from the flow and its latest jobs. @throws ApiError */
export async function flowState(service: Service, flowId: string): Promise<FlowStateInfo> {
  const [flow, jobs] = await Promise.all([
    service.client.getFlow(flowId),
    latestJobs(service, flowId),
  ]);
  const runningJobs = jobs.filter((job) => !isOver(job));
  const state =
    runningJobs.length > 0 ? "running" : flow["disabled"] === true ? "disabled" : "enabled";
  return { flowId, state, runningJobs };
}
