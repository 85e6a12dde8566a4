import { isApiError } from "../api/errors";
import type { FlowBody, FlowDocument, JsonObject } from "../api/types";
import type { Service } from "../service";

/** Flows of one name in one place. */
export interface Namesakes {
  /** As the list shows them: fields may be missing. */
  readonly flows: readonly FlowDocument[];
  /** The service's own time of the list, in milliseconds since 1970; `undefined` where it sends no `Date`. */
  readonly date: number | undefined;
}

/**
 * Lists the flows that have a body's name and integration. The service filters by integration, since a scoped token may see
 * nothing otherwise; where it takes no filter, the whole list is read (`api-facts.md` 1.5).
 *
 * @throws ApiError when the list cannot be read
 */
export async function listNamesakes(
  { client }: Service,
  { name, _integrationId: integration }: FlowBody,
): Promise<Namesakes> {
  let listed: { items: JsonObject[]; date: number | undefined };
  try {
    const query = typeof integration === "string" ? { _integrationId: integration } : {};
    listed = await client.listWithDate("/flows", query);
  } catch (error) {
    if (typeof integration !== "string" || !isApiError(error, "invalid", "notFound")) throw error;
    listed = await client.listWithDate("/flows");
  }
  const flows = listed.items.filter(
    (flow): flow is FlowDocument =>
      typeof flow["_id"] === "string" &&
      flow["name"] === name &&
      (flow["_integrationId"] ?? null) === (integration ?? null),
  );
  return { flows, date: listed.date };
}
