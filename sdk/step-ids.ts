import * as pulumi from "@pulumi/pulumi";

/** Where a flow keeps its steps, each an output, or absent where the program says nothing of it. */
interface Steps {
  readonly pageGenerators?: unknown;
  readonly pageProcessors?: unknown;
  readonly routers?: unknown;
}

/**
 * Ids that the steps name, in order, without repeats. Derived in the program from what it declares, so that it costs no state
 * and is known in a preview wherever the steps are.
 */
export function stepIds(
  { pageGenerators, pageProcessors, routers }: Steps,
  key: "exportId" | "importId",
): pulumi.Output<string[]> {
  return pulumi
    .all([pageGenerators, pageProcessors, routers])
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
