import { type Field, FREE, ID, type ListShape, OFF, same } from "../flow/shape";

/** What a run is asked for (`api-facts.md` 1.7). */
export interface RunRequest {
  /** Id of the flow. */
  readonly flowId: string;
  /** Only these page generators, by the ids of their exports. Absent: all. */
  readonly exportIds?: readonly string[] | undefined;
  /** Beginning of the window of a delta flow, ISO 8601. Absent: where the last run ended. */
  readonly startDate?: string | undefined;
  /** End of the window, ISO 8601. Absent: now. */
  readonly endDate?: string | undefined;
}

/** Resolved arguments of a `FlowRun`, as the engine hands them over; values may be unknown in a preview. */
export type RunInputs = Readonly<Record<string, unknown>>;

const IDS: ListShape = { kind: "list", of: ID };

/** The arguments of a `FlowRun`, those apart that are numbers. */
export const RUN_FIELDS: Readonly<Record<string, Field>> = {
  flowId: { wire: "flowId", shape: ID, required: true },
  exportIds: { wire: "_exportIds", shape: IDS },
  ...same("startDate", { kind: "text", format: "date" }),
  ...same("endDate", { kind: "text", format: "date" }),
  ...same("triggers", FREE),
  ...same("wait", OFF),
  ...same("failOnErrors", OFF),
};

/** Names of all arguments. */
export const RUN_ARGS: readonly string[] = [...Object.keys(RUN_FIELDS), "timeoutMs"];

/** How long a run is waited for: half an hour. */
export const DEFAULT_TIMEOUT_MS = 30 * 60_000;

/** The request that known arguments make. Pure. */
export function requestOf({ flowId, exportIds, startDate, endDate }: RunInputs): RunRequest {
  return {
    flowId: String(flowId),
    ...(Array.isArray(exportIds) && { exportIds: exportIds.map(String) }),
    ...(typeof startDate === "string" && { startDate }),
    ...(typeof endDate === "string" && { endDate }),
  };
}
