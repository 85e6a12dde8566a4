import type { FlowDocument } from "../../provider/api/types";
import { kebab, uniqueNames } from "./names";
import type { ImportPlan } from "./plan";

/** From more flows than these on, each integration has a file of its own. */
const FLOWS_IN_ONE_FILE = 50;

/** File that Pulumi runs. */
export const MAIN_FILE = "index.ts";
/** File of the constants, where flows stand in several files. */
export const IDS_FILE = "ids.ts";
/** Folder of those files. */
export const FLOWS_FOLDER = "flows";

/** The file of each flow, by its id: one for all, or one per integration past a size. Pure. */
export function layoutOf({ flows, integrations }: ImportPlan): ReadonlyMap<string, string> {
  const owners = [...new Set(flows.map(ownerOf))];
  if (flows.length <= FLOWS_IN_ONE_FILE || owners.length < 2)
    return new Map(flows.map(({ _id }) => [_id, MAIN_FILE]));
  const known = new Map(integrations.map((one) => [one.id, one]));
  const members = owners
    .filter((id) => id !== "")
    .map((id) => ({
      id,
      createdAt: known.get(id)?.createdAt,
      wanted: kebab(known.get(id)?.name ?? ""),
    }));
  const names = uniqueNames(members, {
    fallback: "integration",
    separator: "-",
    taken: new Set(["standalone"]),
  });
  return new Map(
    flows.map((flow) => [
      flow._id,
      `${FLOWS_FOLDER}/${names.get(ownerOf(flow)) ?? "standalone"}.ts`,
    ]),
  );
}

/** Id of the integration that owns a flow; empty for a standalone one. */
export function ownerOf(flow: FlowDocument): string {
  const owner = flow["_integrationId"];
  return typeof owner === "string" ? owner : "";
}
