import type { Json } from "../api/types";

/** A text. */
export interface TextShape {
  readonly kind: "text";
  /** What the text must be; free when absent. */
  readonly format?: "id" | "cron" | "zone" | "date";
  /** The only texts allowed. Absent: any. */
  readonly oneOf?: readonly string[];
  /** Longest text that the service documents; a longer one is a warning, never an error. */
  readonly longest?: number;
  /** The value that absence means. */
  readonly absent?: string;
}

/** True or false. */
export interface FlagShape {
  readonly kind: "flag";
  /** The value that absence means. */
  readonly absent?: boolean;
}

/** Any JSON, kept as it is: nothing inside is renamed, checked or known (contract.md 3). */
export interface FreeShape {
  readonly kind: "free";
  /** Only an object will do. */
  readonly objectOnly?: boolean;
}

/** An object with known members. */
export interface ObjectShape {
  readonly kind: "object";
  /** Members by the name that programs use. */
  readonly fields: Readonly<Record<string, Field>>;
  /** Members, by API name, that the service adds or moves by itself: never compared (`api-facts.md` 6 #8, #9). */
  readonly volatile?: readonly string[];
  /** The value that absence means, normalised. */
  readonly absent?: Json;
}

/** A list. */
export interface ListShape {
  readonly kind: "list";
  readonly of: Shape;
  /** Members, by program name, whose values together tell one member from another. Absent: the member is its own key. */
  readonly key?: readonly string[];
  /** The order means nothing, neither to the service nor to the comparison. */
  readonly unordered?: boolean;
}

/** What a value must look like; one table of shapes drives conversion, checks, comparison and merging. */
export type Shape = TextShape | FlagShape | FreeShape | ObjectShape | ListShape;

/** One member of an object: what it is called on the wire and what it must look like. */
export interface Field {
  /** API name, e.g. `_exportId`. */
  readonly wire: string;
  /** What its value must look like. */
  readonly shape: Shape;
  /** It must be there. */
  readonly required?: boolean;
}

/** A member whose program name and API name are the same. */
export function same(name: string, shape: Shape): Readonly<Record<string, Field>> {
  return { [name]: { wire: name, shape } };
}

/** A member that refers to something by id: the API's name is the program's with an underscore in front. */
export function reference(name: string, shape: Shape = ID): Readonly<Record<string, Field>> {
  return { [name]: { wire: `_${name}`, shape } };
}

/** Any text. */
export const TEXT: TextShape = { kind: "text" };
/** An id: an opaque text (contract.md 3). */
export const ID: TextShape = { kind: "text", format: "id" };
/** A flag that is off when absent. */
export const OFF: FlagShape = { kind: "flag", absent: false };
/** Any JSON. */
export const FREE: FreeShape = { kind: "free" };
/** Any JSON object. */
export const FREE_OBJECT: FreeShape = { kind: "free", objectOnly: true };
