import { isRecord } from "../flow/normal";
import type { Service } from "../service";
import { ofFlow } from "./path";

/** How far a delta flow has come. */
export interface LastExport {
  /** Id of the flow. */
  readonly flowId: string;
  /** Until when records were exported, ISO 8601. Absent where the flow never ran (`api-facts.md` 1.14). */
  readonly lastExportDateTime?: string;
}

/** The last export time of a flow. @throws ApiError */
export async function lastExport({ client }: Service, flowId: string): Promise<LastExport> {
  const answer = await client.get(ofFlow(flowId, "lastExportDateTime"));
  const time = isRecord(answer) ? answer["lastExportDateTime"] : answer;
  return { flowId, ...(typeof time === "string" && { lastExportDateTime: time }) };
}
