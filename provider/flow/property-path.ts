/** Steps of a property path as the engine writes it: `pageGenerators[0].skipRetries`, `settings["a b"]`, `routers[*].name`. */
export function pathSteps(path: string): string[] {
  const steps = [...path.matchAll(/[^.[\]"]+|\["((?:[^"\\]|\\.)*)"\]/g)];
  return steps.map(([all, quoted]) => (quoted === undefined ? all : quoted.replaceAll('\\"', '"')));
}

/** A copy of `value` without what stands at the path; `*` stands for every member. */
export function without(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined || typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, member]: [string, unknown]) => {
    if (step !== "*" && key !== step) return [[key, member] as const];
    return rest.length === 0 ? [] : [[key, without(member, rest)] as const];
  });
  return Array.isArray(value) ? entries.map(([, member]) => member) : Object.fromEntries(entries);
}

/** What stands at the path, one entry per place where `*` leads to several; absent places give `undefined`. */
export function valuesAt(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (step === undefined) return [value];
  if (typeof value !== "object" || value === null) return [undefined];
  if (step === "*")
    return Object.values(value).flatMap((member: unknown) => valuesAt(member, rest));
  return valuesAt((value as Record<string, unknown>)[step], rest);
}
