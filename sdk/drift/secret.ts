import { isRecord } from "../../provider/flow/normal";
import { SECRET, SECRET_KEY } from "../../provider/flow/secret-mark";

interface Marked {
  /** The value as JSON; only where the state was exported with its secrets. */
  readonly plaintext?: unknown;
}

/** Whether anything inside a value is a secret. */
export function holdsSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(holdsSecret);
}

/** A value with its secrets in the clear, for comparison only. One that is not known becomes `undefined`. */
export function reveal(value: unknown): unknown {
  if (isSecret(value)) {
    return typeof value.plaintext === "string"
      ? reveal(JSON.parse(value.plaintext) as unknown)
      : undefined;
  }
  if (Array.isArray(value)) return value.map(reveal);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, reveal(member)]));
}

function isSecret(value: unknown): value is Marked {
  return isRecord(value) && value[SECRET_KEY] === SECRET;
}
