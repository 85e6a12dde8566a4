import type { Client, Query } from "./api/client";
import type { Clock } from "./api/pace";
import type { JsonObject } from "./api/types";

/**
 * A list of documents that many callers read together: pages are fetched as far as somebody needs them, one at a time
 * however many wait, and kept until they are forgotten.
 */
export class SharedList {
  readonly #pages: AsyncGenerator<JsonObject[], void>;
  readonly #clock: Pick<Clock, "now">;
  readonly #found = new Map<string, JsonObject>();
  /** When each document was first listed. */
  readonly #seen = new Map<string, number>();
  readonly #forgotten = new Set<string>();
  #endedAt: number | undefined;
  #failure: Error | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param from - what is listed, and the clock that says when */
  constructor(client: Client, from: { path: string; query?: Query; clock: Pick<Clock, "now"> }) {
    this.#pages = client.pages(from.path, from.query);
    this.#clock = from.clock;
  }

  /** Whether a page could not be read: the list will never be whole, and another one has to be begun. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** When the list had been read to its end; `undefined` while it has not. */
  get endedAt(): number | undefined {
    return this.#endedAt;
  }

  /** Whether a document had been listed before a moment of the clock, in milliseconds. */
  hadBefore(id: string, time: number): boolean {
    const seen = this.#seen.get(id);
    return seen !== undefined && seen <= time;
  }

  /**
   * The documents with these ids, as far as the list has them. Pages are read until all are found or the list ends.
   *
   * @throws ApiError when a page cannot be read; half a list is never taken for the whole
   */
  find(ids: readonly string[]): Promise<Map<string, JsonObject>> {
    return this.#inTurn(async () => {
      while (this.#endedAt === undefined && ids.some((id) => !this.#found.has(id)))
        await this.#next();
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
      while (this.#endedAt === undefined) await this.#next();
      return [...this.#found]
        .filter(([id]) => !this.#forgotten.has(id))
        .map(([, document]) => document);
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
      this.#failure = error as Error;
      throw error;
    });
    if (done === true) {
      this.#endedAt = this.#clock.now();
      return;
    }
    for (const document of value) {
      const id = document["_id"];
      if (typeof id !== "string") continue;
      this.#found.set(id, document);
      this.#seen.set(id, this.#seen.get(id) ?? this.#clock.now());
    }
  }
}
