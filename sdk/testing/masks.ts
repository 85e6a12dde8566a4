import type { Json, JsonObject } from "../../provider/api/types";
import type { StoredDocument } from "./json";

/** How the service shows a secret (`api-facts.md` 2.4). */
const MASK = "******";

/** Paths of the secrets that the service is known to mask (`api-facts.md` 2.2, 2.4). */
export const DEFAULT_MASKS: readonly string[] = [
  "http.auth.basic.password",
  "http.auth.token.token",
  "http.auth.token.refreshToken",
  "http.encrypted",
  "ftp.password",
  "ftp.authKey",
  "netsuite.password",
  "netsuite.tokenId",
  "netsuite.tokenSecret",
  "rdbms.password",
  "rdbms.key",
  "rdbms.passphrase",
  "s3.secretAccessKey",
  "mongodb.password",
  "webhook.key",
  "distributed.bearerToken",
];

type Change = (value: Json | undefined) => Json | undefined;

function keysOf(value: Json | undefined, step: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  return step === "*" ? Object.keys(value) : [step];
}

function changeAt(
  value: Json | undefined,
  path: readonly string[],
  change: Change,
): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  let result: Json | undefined = value;
  for (const key of keysOf(value, step)) {
    const old = (value as JsonObject)[key];
    const next = changeAt(old, rest, change);
    if (next === old || next === undefined) continue;
    if (result === value) result = Array.isArray(value) ? [...value] : { ...(value as JsonObject) };
    (result as JsonObject)[key] = next;
  }
  return result;
}

function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (place, step) =>
      typeof place === "object" && place !== null ? (place as JsonObject)[step] : undefined,
    value,
  );
}

/** The document as the service shows it: a copy with masks where there are secrets, the same object where there are none. */
export function masked(document: StoredDocument, masks: readonly string[]): StoredDocument {
  const hide: Change = (value) =>
    value === undefined || value === null || value === "" ? value : MASK;
  const shown = masks.reduce<Json | undefined>(
    (value, mask) => changeAt(value, mask.split("."), hide),
    document,
  );
  return shown as StoredDocument;
}

/** Which secrets survive a write (`api-facts.md` 2.4 has three statements about it). */
export interface SecretRules {
  /** Dotted paths of secrets. */
  masks: readonly string[];
  /** What a mask does that is sent back. */
  maskSent: "overwrites" | "keeps";
  /** What leaving a secret out does. */
  secretOmitted: "loses" | "keeps";
}

/** The document to store: secrets of the old one put back where the rules keep them. Paths with `*` are left alone. */
export function withKeptSecrets(
  next: JsonObject,
  old: JsonObject | undefined,
  rules: SecretRules,
): JsonObject {
  let result: JsonObject = next;
  for (const mask of rules.masks) {
    const path = mask.split(".");
    const secret = valueAt(old, path);
    if (secret === undefined || secret === null) continue;
    const restore: Change = (value) => {
      if (value === undefined) return rules.secretOmitted === "keeps" ? secret : value;
      return value === MASK && rules.maskSent === "keeps" ? secret : value;
    };
    result = changeAt(result, path, restore) as JsonObject;
  }
  return result;
}
