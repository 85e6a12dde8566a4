import type { JsonObject } from "../api/types";
import { fromWire } from "../flow/convert";
import { isRecord } from "../flow/normal";
import type { Service } from "../service";
import { ofFlow } from "./path";
import { DOCUMENT } from "./shapes";

/** An export or import as the service has it: `_id` and the top references renamed, all else under its API name. */
export type DescendantDocument = Readonly<Record<string, unknown>> & {
  /** Its id. */
  readonly id: string;
};

/** What a flow is made of. */
export interface FlowDescendants {
  /** Full export documents; empty where the flow has none. Secrets in them are masked by the service. */
  readonly exports: readonly DescendantDocument[];
  /** Full import documents. */
  readonly imports: readonly DescendantDocument[];
}

/** The exports and imports of a flow (`api-facts.md` 1.12): a missing key and a 204 mean none. @throws ApiError */
export async function descendants({ client }: Service, flowId: string): Promise<FlowDescendants> {
  const answer = await client.get(ofFlow(flowId, "descendants"));
  const { exports, imports } = isRecord(answer) ? answer : {};
  return { exports: documentsOf(exports), imports: documentsOf(imports) };
}

function documentsOf(value: unknown): DescendantDocument[] {
  const documents = (Array.isArray(value) ? value.filter(isRecord) : []) as JsonObject[];
  return documents.map((one) => fromWire(DOCUMENT, one) as unknown as DescendantDocument);
}
