import { pathSteps } from "../../provider/flow/property-path";
import { isRecord } from "../../provider/flow/normal";

/**
 * What a field should be, apart from the places under `ignoreChanges`: there it takes what is live, as the engine does it in a
 * preview. Positions in lists are positions. Pure.
 *
 * @param field - name of the field
 * @param expected - what it should be
 * @param live - what the service has
 * @param paths - the resource's `ignoreChanges`
 */
export function forgive(
  field: string,
  expected: unknown,
  live: unknown,
  paths: readonly string[],
): unknown {
  return paths
    .map(pathSteps)
    .filter(([root]) => root === field || root === "*")
    .reduce((value, [, ...rest]) => take(value, live, rest), expected);
}

function take(expected: unknown, live: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return live;
  if (Array.isArray(expected)) return takeMembers(expected, live, [step, ...rest]);
  if (!isRecord(expected) && !isRecord(live)) return expected;
  const result: Record<string, unknown> = isRecord(expected) ? { ...expected } : {};
  const there = isRecord(live) ? live : {};
  const keys = step === "*" ? Object.keys({ ...result, ...there }) : [step];
  for (const key of keys) {
    const value = take(result[key], there[key], rest);
    if (value === undefined) Reflect.deleteProperty(result, key);
    else result[key] = value;
  }
  return result;
}

function takeMembers(
  expected: readonly unknown[],
  live: unknown,
  [step, ...rest]: readonly string[],
): unknown {
  if (step === "*" && rest.length === 0) return live;
  const there: readonly unknown[] = Array.isArray(live) ? live : [];
  const members = expected.map((member, index) =>
    step === "*" || step === String(index) ? take(member, there[index], rest) : member,
  );
  return members.filter((member) => member !== undefined);
}

/** The paths of a resource's `ignoreChanges`: the engine's own record, and what the constructor handed over. */
export function ignoredPaths(
  ignoreChanges: readonly string[] | undefined,
  inputs: Readonly<Record<string, unknown>> | undefined,
): readonly string[] {
  const handed = inputs?.["__ignoreChanges"];
  const known = Array.isArray(handed) ? handed.filter((path) => typeof path === "string") : [];
  return [...new Set([...(ignoreChanges ?? []), ...known])];
}
