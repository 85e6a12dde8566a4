import { cronProblem } from "./cron-check";
import { likelySpelling } from "./likely-spelling";
import { isRecord } from "./normal";
import type { FreeShape, ListShape, ObjectShape, Shape, TextShape } from "./shape";
import { isUnknown } from "./unknown";
import { isMask } from "./unmask";
import { zoneProblem } from "./zone-check";

/** One thing that is wrong with the inputs. */
export interface Problem {
  /** Property path, e.g. `pageGenerators[0].exportId`. */
  readonly path: string;
  /** What is wrong and what to write. Never the value of a secret. */
  readonly reason: string;
}

/**
 * Everything that is wrong with a value, by its shape: types, ids, schedules, zones, likely misspellings, masks. Values not
 * known until apply pass wherever they stand. Pure.
 */
export function validate(shape: Shape, value: unknown, path: string): Problem[] {
  if (value === undefined || value === null || isUnknown(value)) return [];
  if (isMask(value)) return [maskProblem(path)];
  switch (shape.kind) {
    case "text":
      return validateText(shape, value, path);
    case "flag":
      return typeof value === "boolean" ? [] : [mustBe("true or false", value, path)];
    case "free":
      return validateFree(shape, value, path);
    case "list":
      return validateList(shape, value, path);
    case "object":
      return validateObject(shape, value, path);
  }
}

function validateFree({ objectOnly }: FreeShape, value: unknown, path: string): Problem[] {
  if (objectOnly === true && !isRecord(value)) return [mustBe("an object", value, path)];
  return findMasks(value, path);
}

function mustBe(what: string, value: unknown, path: string): Problem {
  return { path, reason: `must be ${what}, not ${describe(value)}` };
}

/** Masks anywhere inside a free document. */
export function findMasks(value: unknown, path: string): Problem[] {
  if (typeof value === "string") return isMask(value) ? [maskProblem(path)] : [];
  if (Array.isArray(value))
    return value.flatMap((member, index) => findMasks(member, `${path}[${String(index)}]`));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => findMasks(member, `${path}.${key}`));
}

/** What a value is, without saying it. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function maskProblem(path: string): Problem {
  return {
    path,
    reason:
      "is only asterisks, as the service shows secrets: writing it back could wipe the real one. Pass the real value, e.g. `config.requireSecret(…)`",
  };
}

function validateText(shape: TextShape, value: unknown, path: string): Problem[] {
  if (typeof value !== "string") {
    return [mustBe(shape.format === "id" ? "an id, which is a string" : "a string", value, path)];
  }
  if (shape.format === "id" && value.trim() === "") return [{ path, reason: "is an empty id" }];
  if (shape.oneOf !== undefined && !shape.oneOf.includes(value)) {
    const meant = likelySpelling(value, shape.oneOf);
    const likely = meant === undefined ? "" : `; did you mean "${meant}"?`;
    return [
      {
        path,
        reason: `must be one of ${shape.oneOf.map((one) => `"${one}"`).join(", ")}${likely}`,
      },
    ];
  }
  const reason = value === "" ? undefined : formatProblem(shape.format, value);
  return reason === undefined ? [] : [{ path, reason }];
}

function formatProblem(format: TextShape["format"], value: string): string | undefined {
  if (format === "cron") return cronProblem(value);
  if (format === "zone") return zoneProblem(value);
  if (format === "date" && Number.isNaN(Date.parse(value)))
    return `"${value}" is no ISO 8601 date, e.g. "2026-01-31T00:00:00.000Z"`;
  return undefined;
}

function validateList(shape: ListShape, value: unknown, path: string): Problem[] {
  if (!Array.isArray(value)) return [mustBe("a list", value, path)];
  return value.flatMap((member, index) => {
    const at = `${path}[${String(index)}]`;
    if (member === undefined || member === null) return [{ path: at, reason: "is empty" }];
    return validate(shape.of, member, at);
  });
}

function validateObject(shape: ObjectShape, value: unknown, path: string): Problem[] {
  if (!isRecord(value)) return [mustBe("an object", value, path)];
  const names = Object.keys(shape.fields);
  const problems: Problem[] = [];
  for (const [name, { required, shape: inner }] of Object.entries(shape.fields)) {
    const at = `${path}.${name}`;
    const member = value[name];
    if (
      required === true &&
      !isDraft(value) &&
      (member === undefined || member === null || member === "")
    )
      problems.push({ path: at, reason: "is missing" });
    else problems.push(...validate(inner, member, at));
  }
  for (const [name, member] of Object.entries(value)) {
    if (names.includes(name) || member === undefined) continue;
    const meant = likelySpelling(name, names);
    if (meant === undefined) problems.push(...findMasks(member, `${path}.${name}`));
    else
      problems.push({
        path: `${path}.${name}`,
        reason: `is not known; did you mean \`${meant}\`?`,
      });
  }
  return problems;
}

/** A step that the web application has not finished may lack what others must have (`api-facts.md` 1.2a). */
export function isDraft({ setupInProgress }: Readonly<Record<string, unknown>>): boolean {
  return setupInProgress === true || isUnknown(setupInProgress);
}
