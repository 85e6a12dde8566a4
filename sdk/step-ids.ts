import * as pulumi from "@pulumi/pulumi";

/** Where a flow keeps its steps. */
const STEP_FIELDS = ["pageGenerators", "pageProcessors", "routers"] as const;

/** A flow's steps, each an output. */
type Steps = Readonly<Partial<Record<(typeof STEP_FIELDS)[number], unknown>>>;

/**
 * Ids that the steps name, in order, without repeats. Derived in the program from what it declares, so that it costs no state
 * and no request, and is known in a preview wherever the steps are.
 */
export function stepIds(
  flow: pulumi.CustomResource & Steps,
  key: "exportId" | "importId",
): pulumi.Output<string[]> {
  // What is not declared is cleared on the service, unless it may stand under `ignoreChanges`: only then is the service asked.
  const mayBeOthers = Object.hasOwn(flow, "__ignoreChanges");
  return pulumi
    .all(STEP_FIELDS.map((field) => (mayBeOthers || Object.hasOwn(flow, field) ? flow[field] : [])))
    .apply(([generators, processors, forks]) => {
      const branches = list(forks).flatMap((router) => list(router["branches"]));
      const steps = [
        ...list(generators),
        ...list(processors),
        ...branches.flatMap((branch) => list(branch["pageProcessors"])),
      ];
      const ids = steps
        .map((step) => step[key])
        .filter((id): id is string => typeof id === "string");
      return [...new Set(ids)];
    });
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value)
    ? value.filter((one): one is Record<string, unknown> => typeof one === "object" && one !== null)
    : [];
}
