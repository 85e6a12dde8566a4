import type { FlowBody, FlowDocument, Json, JsonObject } from "../api/types";
import { FLOW_FIELDS, READ_ONLY } from "./fields";
import { equal, isRecord } from "./normal";
import { fromWire, prune } from "./convert";
import { FREE, type Field, type Shape } from "./shape";

/**
 * What a PUT should have dropped and the service still has, as the body of a second PUT that says `null` where it should
 * go: a merging PUT clears only that way (`flows-api.md` "Enable/Disable Flow" sends single fields). `undefined` when
 * nothing is left. Pure.
 *
 * @param document - the service's answer to the first PUT
 * @param body - what was sent
 * @param live - the flow before it
 */
export function fieldsLeft(
  document: FlowDocument,
  body: FlowBody,
  live: FlowDocument,
): FlowBody | undefined {
  // The service's own fields stand at the top; deeper down their names are anybody's.
  const own = Object.fromEntries(Object.entries(live).filter(([key]) => !READ_ONLY.has(key)));
  const left = nullsFor(document, body, own, (key) => shapes.get(key) ?? FREE);
  return left === undefined ? undefined : { ...body, ...left };
}

/** A body with `null` for each of these fields. */
export function withNulls(body: FlowBody, fields: readonly string[]): FlowBody {
  return { ...body, ...Object.fromEntries(fields.map((field) => [field, null])) };
}

function nullsFor(
  document: JsonObject,
  body: JsonObject,
  live: JsonObject,
  shapeOf: (key: string) => Shape,
): JsonObject | undefined {
  const result: JsonObject = {};
  for (const [key, before] of Object.entries(live)) {
    if (before === null) continue;
    const now = document[key];
    const sent = body[key];
    const shape = shapeOf(key);
    if (sent === undefined) {
      if (!isNothing(shape, now) && same(shape, now, before)) result[key] = null;
    } else if (isRecord(sent) && isRecord(now) && isRecord(before)) {
      const inner = nullsFor(now, sent, before, () => FREE);
      if (inner !== undefined) result[key] = { ...sent, ...inner };
    }
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

const shapes = new Map<string, Shape>(
  Object.values<Field>(FLOW_FIELDS).map(({ wire, shape }) => [wire, shape]),
);

function isNothing(shape: Shape, value: Json | undefined): boolean {
  return same(shape, value, undefined);
}

/** Whether both mean the same; members that only the service knows, which it may add with each write, do not count. */
function same(shape: Shape, left: Json | undefined, right: Json | undefined): boolean {
  const names = (value: Json | undefined): Json | undefined =>
    value === undefined ? undefined : prune(shape, fromWire(shape, value), undefined);
  return equal(shape, names(left), names(right));
}
