import type { Json, JsonObject } from "../api/types";
import { fieldByWire, fromWire } from "./convert";
import { clears, equal, isRecord } from "./normal";
import { pairedKeys } from "./paired-keys";
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
export function merge(shape: Shape, versions: Versions): Json | undefined {
  const { live, old, want } = versions;
  if (want === undefined || clears(shape, want)) return isNothing(old) ? live : undefined;
  // Somebody took it away unseen, and the program says of it what it always said.
  if (isNothing(live)) return same(shape, old, want) ? undefined : want;
  return mergeInside(shape, live, old, want) ?? (same(shape, old, want) ? live : want);
}

function mergeInside(
  shape: Shape,
  live: Json,
  old: Json | undefined,
  want: Json,
): Json | undefined {
  if (shape.kind === "list" && Array.isArray(want) && Array.isArray(live))
    return mergeList(shape, live, Array.isArray(old) ? old : [], want);
  const inside = shape.kind === "object" || shape.kind === "free";
  if (!inside || !isRecord(want) || !isRecord(live)) return undefined;
  return mergeObject(shape, live, isRecord(old) ? old : {}, want);
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
  const olds = membersOf(shape, old, old);
  const lives = membersOf(shape, live, old);
  const wants = membersOf(shape, want, old);
  const [oldKeys, liveKeys, wantKeys] = [olds, lives, wants].map((members) => [...members.keys()]);
  // Where the program moved nothing, the live order stands; where it did, its own order counts.
  const moved = shape.unordered !== true && isReordered(oldKeys ?? [], wantKeys ?? []);
  const order = moved
    ? withOthers(wantKeys ?? [], liveKeys ?? [])
    : withOthers(liveKeys ?? [], wantKeys ?? []);
  return order
    .map((key) =>
      merge(shape.of, { live: lives.get(key), old: olds.get(key), want: wants.get(key) }),
    )
    .filter((member): member is Json => member !== undefined);
}

function membersOf(shape: ListShape, members: Json[], old: Json[]): Map<string, Json> {
  const keys = pairedKeys(shape, members, old);
  return new Map(members.map((member, index) => [keys[index] ?? "", member]));
}

function isReordered(before: readonly string[], after: readonly string[]): boolean {
  const stayed = before.filter((key) => after.includes(key));
  return stayed.join("\n") !== after.filter((key) => before.includes(key)).join("\n");
}

/** The order of one list with the further members of another, each behind the one that it follows there. */
function withOthers(order: readonly string[], others: readonly string[]): string[] {
  const result = [...order];
  others.forEach((key, index) => {
    if (result.includes(key)) return;
    const before = others[index - 1];
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, key);
  });
  return result;
}

function same(shape: Shape, left: Json | undefined, right: Json | undefined): boolean {
  return equal(
    shape,
    left === undefined ? undefined : fromWire(shape, left),
    right === undefined ? undefined : fromWire(shape, right),
  );
}

function isNothing(value: Json | undefined): value is null | undefined {
  return value === undefined || value === null;
}
