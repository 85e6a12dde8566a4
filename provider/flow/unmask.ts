import type { FlowBody, Json } from "../api/types";
import { fieldByWire, indexMembers, memberKeys } from "./convert";
import { FLOW } from "./fields";
import { isRecord } from "./normal";
import { FREE, type Shape } from "./shape";

/** A secret as the service shows it (contract.md 5.11). */
const MASK = /^\*{6,}$/;

/** Whether a value is a secret as the service shows it. */
export function isMask(value: unknown): value is string {
  return typeof value === "string" && MASK.test(value);
}

/**
 * A value of the service in which each mask is replaced by what `known`, the declared or remembered value, has at the same
 * place: a mask says nothing of the secret behind it, so it must neither count as a change nor be sent back, where it could wipe
 * the real one (`api-facts.md` 2.4). Members of lists are matched by their keys. A mask that nobody knows stays. Pure.
 */
export function unmask(
  shape: Shape,
  value: Json,
  known: unknown,
  side: "program" | "wire" = "program",
): Json {
  if (isMask(value)) return typeof known === "string" ? known : value;
  if (Array.isArray(value)) {
    const others = Array.isArray(known) ? (known as unknown[]) : [];
    if (shape.kind !== "list")
      return value.map((member, index) => unmask(FREE, member, others[index], side));
    const index = indexMembers(shape, others, side);
    const keys = memberKeys(shape, value, side);
    return value.map((member, at) => unmask(shape.of, member, index.get(keys[at] ?? ""), side));
  }
  if (!isRecord(value) || !isRecord(known)) return value;
  const member = (key: string): Shape => {
    if (shape.kind !== "object") return FREE;
    return (side === "wire" ? fieldByWire(shape, key)?.shape : shape.fields[key]?.shape) ?? FREE;
  };
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      unmask(member(key), inner, known[key], side),
    ]),
  );
}

/** {@link unmask} for a whole body, against the program's arguments as a body. */
export function unmaskBody(body: FlowBody, declared: FlowBody): FlowBody {
  return unmask(FLOW, body, declared, "wire") as FlowBody;
}

/** An update would have to send a mask, since nobody but the service knows the secret behind it. */
export class MaskedSecretError extends Error {
  override readonly name = "MaskedSecretError";

  /** @param paths - where the masks stand, in API names */
  constructor(paths: readonly string[]) {
    super(
      [
        "the service shows secrets of this flow as asterisks, and sending those back could wipe the real ones:",
        ...paths.map((path) => `  - ${path}`),
        "Nothing was written. Next: declare each of them with its real value, e.g. `config.requireSecret(…)`.",
      ].join("\n"),
    );
  }
}
