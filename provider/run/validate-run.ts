import { likelySpelling } from "../flow/likely-spelling";
import { isUnknown } from "../flow/unknown";
import { describe, type Problem, validate } from "../flow/validate";
import { RUN_ARGS, RUN_FIELDS, type RunInputs } from "./args";

/** Everything that is wrong with the arguments of a run, all at once (contract.md 5.4). Pure. */
export function validateRun(inputs: RunInputs): Problem[] {
  const typed = Object.entries(RUN_FIELDS).flatMap(([name, { shape, required }]) => {
    const value = inputs[name];
    if (required === true && isNothing(value)) return [{ path: name, reason: "is missing" }];
    return validate(shape, value, name);
  });
  return [
    ...typed,
    ...noExports(inputs),
    ...badWindow(inputs),
    ...badTime(inputs),
    ...unknownKeys(inputs),
  ];
}

function noExports({ exportIds }: RunInputs): Problem[] {
  if (!Array.isArray(exportIds) || exportIds.length > 0) return [];
  return [
    { path: "exportIds", reason: "is an empty list; leave it out to run all page generators" },
  ];
}

function badWindow({ startDate, endDate }: RunInputs): Problem[] {
  if (typeof startDate !== "string" || typeof endDate !== "string") return [];
  if (!(Date.parse(endDate) < Date.parse(startDate))) return [];
  return [{ path: "endDate", reason: "is before `startDate`" }];
}

function badTime({ timeoutMs }: RunInputs): Problem[] {
  if (isNothing(timeoutMs) || isUnknown(timeoutMs)) return [];
  if (typeof timeoutMs === "number" && timeoutMs > 0) return [];
  const what = typeof timeoutMs === "number" ? String(timeoutMs) : describe(timeoutMs);
  return [{ path: "timeoutMs", reason: `must be a number of milliseconds above 0, not ${what}` }];
}

function unknownKeys(inputs: RunInputs): Problem[] {
  return Object.entries(inputs).flatMap(([key, value]) => {
    if (key.startsWith("__") || RUN_ARGS.includes(key) || isNothing(value)) return [];
    const meant = likelySpelling(key, RUN_ARGS);
    const hint = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
    return [{ path: key, reason: `is not known${hint}` }];
  });
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}
