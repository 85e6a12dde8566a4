import type { Json } from "../../provider/api/types";
import { isRecord } from "../../provider/flow/normal";

/** A secret as the service shows it (contract.md 5.11). */
const MASK = /^\*{6,}$/;

/** Documents of the user's in which a secret may stand in the clear. */
const OWN_DOCUMENTS: ReadonlySet<string> = new Set(["settings", "overrides"]);

/** Names that say that their value is one. */
const TELLING =
  /(password|passwd|passphrase|secret|token|apikey|accesskey|privatekey|secretkey|credentials?|authorization)$/;

/** Why a value is not in the program. */
export type Secrecy = "masked" | "clear";

/** A value that must not stand in a program, in the place where it was. */
export class SecretValue {
  /** Where it stands in the arguments: names, and indexes of lists. */
  readonly path: readonly (string | number)[];
  /** `masked`: the service does not tell it. `clear`: the service shows it, and its name says what it is. */
  readonly secrecy: Secrecy;

  constructor(path: readonly (string | number)[], secrecy: Secrecy) {
    this.path = path;
    this.secrecy = secrecy;
  }
}

/** Arguments in which secrets were replaced. */
export type Argument =
  | null
  | boolean
  | number
  | string
  | SecretValue
  | readonly Argument[]
  | { readonly [key: string]: Argument };

/** One top-level argument with its secrets replaced: masks anywhere, telling names in the user's own documents. Pure. */
export function withoutSecrets(name: string, value: Json): Argument {
  return replace(value, [name], OWN_DOCUMENTS.has(name));
}

/** The secrets in an argument, in order. */
export function secretsIn(argument: Argument): SecretValue[] {
  if (argument instanceof SecretValue) return [argument];
  if (Array.isArray(argument)) return argument.flatMap((member: Argument) => secretsIn(member));
  return typeof argument === "object" && argument !== null
    ? Object.values(argument).flatMap((member: Argument) => secretsIn(member))
    : [];
}

/**
 * A path as `ignoreChanges` takes it: `settings.api.key`, `pageProcessors[0].x`, `settings["a b"]`. Where a key cannot be
 * written so that the engine and the adoption read it alike, what holds it.
 */
export function propertyPath([first, ...rest]: readonly (string | number)[]): string {
  let path = String(first);
  for (const step of rest) {
    if (typeof step === "number") path += `[${String(step)}]`;
    else if (/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step)) path += `.${step}`;
    else if (/^[^"\\*]+$/.test(step)) path += `["${step}"]`;
    else return path;
  }
  return path;
}

function replace(value: Json, path: readonly (string | number)[], isOwn: boolean): Argument {
  if (typeof value === "string") {
    if (MASK.test(value)) return new SecretValue(path, "masked");
    return isOwn && isTelling(path.at(-1), value) ? new SecretValue(path, "clear") : value;
  }
  if (Array.isArray(value))
    return value.map((member, index) => replace(member, [...path, index], isOwn));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, replace(member, [...path, key], isOwn)]),
  );
}

/** A template such as `{{{connection.token}}}` is no secret, nor is a text of several words. */
function isTelling(key: string | number | undefined, value: string): boolean {
  if (typeof key !== "string" || value.length < 6 || /\s|\{\{/.test(value)) return false;
  return TELLING.test(key.replaceAll(/[^A-Za-z]/g, "").toLowerCase());
}
