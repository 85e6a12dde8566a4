import type { FlowBody, Json, JsonObject } from "../api/types";
import { isRecord } from "./normal";

/** A secret as the service shows it (contract.md 5.11). */
const MASK = /^\*{6,}$/;

/**
 * A body in which each mask that was read from the service is replaced by what the program says at the same place: sent back,
 * the mask could wipe the real secret (`api-facts.md` 2.4). A mask that the program says nothing of stays. Pure.
 *
 * @param declared - the program's arguments as a body, which hold no masks
 */
export function unmask(body: FlowBody, declared: FlowBody): FlowBody {
  return unmaskMembers(body, declared);
}

function unmaskMembers(value: JsonObject, declared: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, unmaskValue(member, declared[key])]),
  );
}

function unmaskValue(value: Json, declared: Json | undefined): Json {
  if (typeof value === "string") {
    return MASK.test(value) && typeof declared === "string" ? declared : value;
  }
  if (Array.isArray(value)) {
    const members = Array.isArray(declared) ? declared : [];
    return value.map((member, index) => unmaskValue(member, members[index]));
  }
  return isRecord(value) && isRecord(declared) ? unmaskMembers(value, declared) : value;
}
