import type { Json, JsonObject } from "../api/types";
import { fieldByWire, fromWire, indexMembers, memberKeys } from "./convert";
import { equal, isRecord } from "./normal";
import { FREE, type ListShape, type Shape } from "./shape";

/** Three versions of one value, in API names; `undefined` means absent. */
export interface Versions {
  /** What the service has now. */
  readonly live: Json | undefined;
  /** What it had when the engine last looked: the program's old value, or a drift that a refresh has seen. */
  readonly old: Json | undefined;
  /** What it shall have. */
  readonly want: Json | undefined;
}

/**
 * Lays over the live value what differs between `old` and `want`, as deep as the table knows the value; everything else
 * stays as it is live: what the types do not know, what the service added, what somebody changed unseen
 * (contract.md 5.1). Members of lists are matched by their keys, never by position alone. Pure.
 */
export function merge(shape: Shape, { live, old, want }: Versions): Json | undefined {
  if (want === undefined || want === null) return isNothing(old) ? live : undefined;
  if (live === undefined || live === null) return want;
  if (shape.kind === "list" && Array.isArray(want) && Array.isArray(live)) {
    return mergeList(shape, live, Array.isArray(old) ? old : [], want);
  }
  if ((shape.kind === "object" || shape.kind === "free") && isRecord(want) && isRecord(live)) {
    return mergeObject(
      shape,
      live as JsonObject,
      isRecord(old) ? (old as JsonObject) : {},
      want as JsonObject,
    );
  }
  return same(shape, old, want) ? live : want;
}

function mergeObject(
  shape: Shape,
  live: JsonObject,
  old: JsonObject,
  want: JsonObject,
): JsonObject {
  const result: JsonObject = {};
  // The live order first: a document that did not change is sent back as it came.
  for (const key of new Set([...Object.keys(live), ...Object.keys(want)])) {
    const field = shape.kind === "object" ? fieldByWire(shape, key) : undefined;
    const member = merge(field?.shape ?? FREE, { live: live[key], old: old[key], want: want[key] });
    if (member !== undefined) result[key] = member;
  }
  return result;
}

function mergeList(shape: ListShape, live: Json[], old: Json[], want: Json[]): Json[] {
  if (shape.key === undefined && shape.unordered !== true)
    return same(shape, old, want) ? live : want;
  const lives = indexMembers(shape, live, "wire");
  const olds = indexMembers(shape, old, "wire");
  const wants = indexMembers(shape, want, "wire");
  const laid = (key: string): Json | undefined =>
    merge(shape.of, { live: lives.get(key), old: olds.get(key), want: wants.get(key) });
  const unseen = [...lives.keys()].filter((key) => !olds.has(key) && !wants.has(key));
  const restructured =
    memberKeys(shape, old, "wire").join() !== memberKeys(shape, want, "wire").join();
  if (!restructured) {
    // Nothing was added, removed or moved in the program, so the live list's own order and members stand.
    const missing = [...wants.keys()].filter(
      (key) => !lives.has(key) && !same(shape.of, olds.get(key), wants.get(key)),
    );
    return compact([...lives.keys(), ...missing].map((key) => laid(key) ?? lives.get(key)));
  }
  return place(compact([...wants.keys()].map(laid)), unseen, lives, live, shape);
}

/** Puts members that somebody else added behind the one they followed, or in front where they were first. */
function place(
  members: Json[],
  unseen: string[],
  lives: Map<string, Json>,
  live: Json[],
  shape: ListShape,
): Json[] {
  const order = memberKeys(shape, live, "wire");
  const result = [...members];
  for (const key of unseen) {
    const member = lives.get(key);
    if (member === undefined) continue;
    const before = order[order.indexOf(key) - 1];
    const at = before === undefined ? -1 : memberKeys(shape, result, "wire").indexOf(before);
    result.splice(before !== undefined && at < 0 ? result.length : at + 1, 0, member);
  }
  return result;
}

function compact(members: readonly (Json | undefined)[]): Json[] {
  return members.filter((member): member is Json => member !== undefined);
}

function same(shape: Shape, left: Json | undefined, right: Json | undefined): boolean {
  return equal(
    shape,
    left === undefined ? undefined : fromWire(shape, left),
    right === undefined ? undefined : fromWire(shape, right),
  );
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null;
}
