import { isRecord } from "../flow/normal";
import type { Service } from "../service";
import { ofFlow } from "./path";

/** Something that uses the flow. */
export interface Dependency {
  /** Its id. */
  readonly id: string;
  /** Its name. Absent where the service does not say it. */
  readonly name?: string;
  /** Where it names the flow, e.g. `_runNextFlowIds[0]`, as the API names fields. */
  readonly paths?: readonly string[];
  /** What the token may do with it. */
  readonly accessLevel?: string;
}

/** What uses a flow, by plural type of resource (`flows`, `integrations`, …); empty when nothing does. */
export type FlowDependencies = Readonly<Partial<Record<string, readonly Dependency[]>>>;

/** What uses a flow. @throws ApiError */
export async function dependencies({ client }: Service, flowId: string): Promise<FlowDependencies> {
  return dependenciesOf(await client.get(ofFlow(flowId, "dependencies")));
}

/**
 * Dependencies in one shape, whichever of the reported ones the service has: keyed by type or one list under `dependencies`,
 * `id` or `_id`, nothing at all where nothing depends (`api-facts.md` 1.11). Pure.
 */
function dependenciesOf(answer: unknown): FlowDependencies {
  const found: Record<string, Dependency[]> = {};
  for (const [type, member] of membersOf(answer)) {
    const { id, _id, resourceType: _type, ...rest } = member;
    const known = id ?? _id;
    if (typeof known === "string" || typeof known === "number") {
      (found[type] ??= []).push({ ...rest, id: String(known) });
    }
  }
  return found;
}

function membersOf(answer: unknown): [type: string, member: Record<string, unknown>][] {
  if (Array.isArray(answer)) return answer.filter(isRecord).map((one) => [typeOf(one), one]);
  if (!isRecord(answer)) return [];
  return Object.entries(answer).flatMap(([type, members]) => {
    if (type === "dependencies") return membersOf(members);
    if (!Array.isArray(members)) return [];
    return members.filter(isRecord).map((one): [string, Record<string, unknown>] => [type, one]);
  });
}

/** Type of a member of one list for all, in the plural that the other shape has. */
function typeOf({ resourceType, type }: Record<string, unknown>): string {
  const said = [resourceType, type].find((one) => typeof one === "string");
  if (typeof said !== "string") return "resources";
  return said.endsWith("s") ? said : `${said}s`;
}
