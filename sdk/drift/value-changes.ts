import type { Json } from "../../provider/api/types";
import { indexMembers } from "../../provider/flow/convert";
import { equal, isRecord } from "../../provider/flow/normal";
import { FREE, type ListShape, type Shape } from "../../provider/flow/shape";
import type { FieldChange } from "./report";

/** One place in which two values of a field differ. */
export type ValueChange = Pick<FieldChange, "path" | "kind" | "declared" | "live">;

/**
 * The places in which two values differ, as deep as the shape allows. Members of lists are matched by what tells them apart
 * and named so in the path: `pageGenerators[exportId=exp123].skipRetries`; lists whose members have nothing of the kind are
 * one place. Pure.
 */
export function valueChanges(
  shape: Shape,
  path: string,
  declared: unknown,
  live: unknown,
): ValueChange[] {
  if (equal(shape, declared, live)) return [];
  const inside = insideChanges(shape, path, declared, live);
  return inside.length > 0 ? inside : [wholeChange(path, declared, live)];
}

function insideChanges(
  shape: Shape,
  path: string,
  declared: unknown,
  live: unknown,
): ValueChange[] {
  if (isRecord(declared) && isRecord(live)) {
    const keys = new Set([...Object.keys(declared), ...Object.keys(live)]);
    return [...keys].flatMap((key) =>
      valueChanges(memberShape(shape, key), `${path}${step(key)}`, declared[key], live[key]),
    );
  }
  if (shape.kind === "list" && Array.isArray(declared) && Array.isArray(live)) {
    return shape.key === undefined ? [] : memberChanges(shape, path, declared, live);
  }
  return [];
}

function memberShape(shape: Shape, key: string): Shape {
  return shape.kind === "object" ? (shape.fields[key]?.shape ?? FREE) : FREE;
}

function memberChanges(
  shape: ListShape,
  path: string,
  declared: readonly unknown[],
  live: readonly unknown[],
): ValueChange[] {
  const before = indexMembers(shape, declared, "program");
  const after = indexMembers(shape, live, "program");
  const label = (key: string): string => memberLabel(shape, key, before.get(key) ?? after.get(key));
  const keys = new Set([...before.keys(), ...after.keys()]);
  const changes = [...keys].flatMap((key) =>
    valueChanges(shape.of, `${path}[${label(key)}]`, before.get(key), after.get(key)),
  );
  const [was, is] = [
    [...before.keys()].filter((key) => after.has(key)).map(label),
    [...after.keys()].filter((key) => before.has(key)).map(label),
  ];
  const moved = shape.unordered !== true && was.join("\n") !== is.join("\n");
  return moved ? [...changes, { path, kind: "reordered", declared: was, live: is }] : changes;
}

/** What tells a member apart, as the path shows it: `exportId=exp123`, and a number where that occurs again. */
function memberLabel(shape: ListShape, key: string, member: unknown): string {
  const names = (shape.key ?? []).filter((name) => name !== "type");
  const values = isRecord(member) ? member : {};
  const parts = names.flatMap((name) => {
    const value = values[name];
    return typeof value === "string" || typeof value === "number"
      ? [`${name}=${quoted(String(value))}`]
      : [];
  });
  const count = Number(/#(\d+)$/.exec(key)?.[1] ?? 0);
  return `${parts.join(",")}${count > 0 ? ` #${String(count + 1)}` : ""}`;
}

function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : JSON.stringify(text);
}

function step(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** A place that differs as a whole. */
export function wholeChange(path: string, declared: unknown, live: unknown): ValueChange {
  const [was, is] = [declared ?? undefined, live ?? undefined];
  return {
    path,
    kind: was === undefined ? "added" : is === undefined ? "removed" : "changed",
    ...(was !== undefined && { declared: was as Json }),
    ...(is !== undefined && { live: is as Json }),
  };
}
