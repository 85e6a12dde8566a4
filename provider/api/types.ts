/** Anything JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object, such as a whole document of the API. */
export type JsonObject = Record<string, Json>;

/**
 * A flow as the API sends it. Only `_id` is relied on: which other fields a response carries differs between the
 * specification (`flows-api.md`, "Flow Object") and the reported service (`api-facts.md` 1.2, 1.3).
 */
export type FlowDocument = JsonObject & { _id: string };

/** A flow as it is sent: without the fields that only the service may set. */
export type FlowBody = JsonObject;

/** One complaint of the API: the members of its `errors` list (`api-facts.md` 3.1). */
export interface Complaint {
  /** Machine-readable cause, e.g. `conflict`. Absent where the body had none. */
  readonly code?: string;
  /** What the service says about it, in its own words. */
  readonly message: string;
  /** The offending field, as the API names it. */
  readonly field?: string;
}
