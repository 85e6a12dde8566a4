import type { JsonObject } from "../../provider/api/types";
import { textOf } from "./json";
import type { Kind } from "./store";

/** Whoever an audit entry names as `byUser` (`api-facts.md` 1.10). */
export interface Person {
  /** Id of the user. @defaultValue derived from the name */
  readonly _id?: string;
  /** Address. @defaultValue derived from the name */
  readonly email?: string;
  /** Full name. */
  readonly name: string;
}

/** A token beside the main one, and what it reaches (`api-facts.md` 1.5, 3.4). */
export interface TokenRule {
  /** What comes after `Bearer `. */
  readonly token: string;
  /**
   * Limits the token to these integrations: a list is empty unless `_integrationId` names one of them, and documents of
   * others are 404. @defaultValue undefined (everything in the account)
   */
  readonly integrationIds?: readonly string[];
  /** Name of another account: one with documents of its own, none at first. @defaultValue "main", where seeds go */
  readonly account?: string;
  /** Whom the audit log names for this token. @defaultValue "API token" */
  readonly user?: Person;
}

/** The account whose memory the methods of the emulator reach. */
export const MAIN_ACCOUNT = "main";

/** The rule of the token in an `Authorization` header: undefined where there is none, null where it is not known. */
export function ruleOf(
  header: string | undefined,
  settings: { token: string; tokens: readonly TokenRule[] },
): TokenRule | null | undefined {
  const token = /^Bearer\s+(\S+)$/i.exec(header ?? "")?.[1];
  if (token === undefined) return undefined;
  if (token === settings.token) return { token };
  return settings.tokens.find((rule) => rule.token === token) ?? null;
}

/** Whether a token may see a document. Documents outside any integration, flows apart, are open to every token. */
export function mayReach(rule: TokenRule, kind: Kind, document: JsonObject): boolean {
  if (rule.integrationIds === undefined) return true;
  const id = textOf(document[kind === "integrations" ? "_id" : "_integrationId"]);
  return id === undefined ? kind !== "flows" : rule.integrationIds.includes(id);
}

/** The members of a `byUser` object for a person. */
export function asUser(person: Person): JsonObject {
  const handle = person.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, ".");
  return {
    _id: person._id ?? `user-${handle}`,
    email: person.email ?? `${handle}@example.test`,
    name: person.name,
  };
}
