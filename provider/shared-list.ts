import type { Client, Query } from "./api/client";
import type { JsonObject } from "./api/types";

/**
 * A list of documents that many callers read together: pages are fetched as far as somebody needs them, one at a time
 * however many wait, and kept until they are forgotten.
 */
export class SharedList {
  readonly #pages: AsyncGenerator<JsonObject[], void>;
  readonly #found = new Map<string, JsonObject>();
  readonly #forgotten = new Set<string>();
  #ended = false;
  #failure: unknown;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(client: Client, path: string, query?: Query) {
    this.#pages = client.pages(path, query);
  }

  /**
   * The documents with these ids, as far as the list has them. Pages are read until all are found or the list ends.
   *
   * @throws ApiError when a page cannot be read; half a list is never taken for the whole
   */
  find(ids: readonly string[]): Promise<Map<string, JsonObject>> {
    return this.#inTurn(async () => {
      while (!this.#ended && ids.some((id) => !this.#found.has(id))) await this.#next();
      const entries = ids.flatMap((id) => {
        const document = this.#found.get(id);
        return document === undefined || this.#forgotten.has(id) ? [] : [[id, document] as const];
      });
      return new Map(entries);
    });
  }

  /** All documents of the list. */
  all(): Promise<JsonObject[]> {
    return this.#inTurn(async () => {
      while (!this.#ended) await this.#next();
      return [...this.#found].filter(([id]) => !this.#forgotten.has(id)).map(([, document]) => document);
    });
  }

  /** Drops what was listed of one document, since somebody wrote it. */
  forget(id: string): void {
    this.#forgotten.add(id);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#queue.then(work);
    this.#queue = mine.catch(() => undefined);
    return mine;
  }

  async #next(): Promise<void> {
    // A generator that threw says "done" from then on; that must not pass for the end of the list.
    if (this.#failure !== undefined) throw this.#failure;
    const { done, value } = await this.#pages.next().catch((error: unknown) => {
      this.#failure = error;
      throw error;
    });
    if (done === true) {
      this.#ended = true;
      return;
    }
    for (const document of value) {
      if (typeof document["_id"] === "string") this.#found.set(document["_id"], document);
    }
  }
}
