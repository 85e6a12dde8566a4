import { isApiError } from "../../provider/api/errors";
import type { JsonObject } from "../../provider/api/types";
import { Reads } from "../../provider/reads";
import type { Service } from "../../provider/service";
import { inParallel } from "./parallel";
import type { PlannedKind, PlannedResource } from "./plan";

/** What a search for ids came to. */
export interface FoundResources {
  /** The whole documents of those that could be read. */
  readonly documents: readonly JsonObject[];
  /** Those that exist, and those of which nobody knows, without a name. */
  readonly resources: readonly PlannedResource[];
  /** Ids that the service says it does not have. */
  readonly absent: readonly string[];
}

/** Names of what flows use: those that came with the descendants, and the rest read together, by list when they are many. */
export class ResourceNames {
  readonly #service: Service;
  readonly #known = new Map<string, JsonObject>();
  readonly #reads = new Map<PlannedKind, Reads>();

  constructor(service: Service) {
    this.#service = service;
  }

  /** Takes a document in that came along with something else. */
  know(kind: PlannedKind, document: JsonObject): void {
    if (typeof document["_id"] === "string")
      this.#known.set(`${kind} ${document["_id"]}`, document);
  }

  /** Looks ids up. What cannot be looked up (no permission, service down) has no name, and is not called absent. */
  async find(kind: PlannedKind, ids: readonly string[]): Promise<FoundResources> {
    const documents: JsonObject[] = [];
    const resources: PlannedResource[] = [];
    const absent: string[] = [];
    await inParallel(ids, async (id) => {
      const document = this.#known.get(`${kind} ${id}`) ?? (await this.#read(kind, id));
      if (document === "absent") absent.push(id);
      else resources.push(document === "unread" ? { id } : summary(id, document));
      if (typeof document === "object") documents.push(document);
    });
    return { documents, resources, absent };
  }

  async #read(kind: PlannedKind, id: string): Promise<JsonObject | "absent" | "unread"> {
    // Only of what the specification has can a 404 be taken at its word.
    const unknown = ["exports", "imports", "flows"].includes(kind) ? "absent" : "unread";
    try {
      return (await this.#readsOf(kind).load({ id })) ?? unknown;
    } catch (error) {
      const malformed =
        isApiError(error, "invalid") &&
        error.info.complaints.some(({ code }) => code === "invalid_ref");
      return malformed ? unknown : "unread";
    }
  }

  #readsOf(kind: PlannedKind): Reads {
    let reads = this.#reads.get(kind);
    if (reads === undefined) {
      reads = new Reads(this.#service.client, { path: `/${kind}`, shared: true });
      this.#reads.set(kind, reads);
    }
    return reads;
  }
}

function summary(id: string, document: JsonObject): PlannedResource {
  const text = (key: string): string | undefined =>
    typeof document[key] === "string" && document[key] !== "" ? document[key] : undefined;
  const [name, adaptorType, connectionId, createdAt] = [
    "name",
    "adaptorType",
    "_connectionId",
    "createdAt",
  ].map(text);
  return {
    id,
    ...(name !== undefined && { name }),
    ...(adaptorType !== undefined && { adaptorType }),
    ...(connectionId !== undefined && { connectionId }),
    ...(createdAt !== undefined && { createdAt }),
  };
}
