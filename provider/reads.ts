import DataLoader from "dataloader";

import type { Client } from "./api/client";
import { isApiError } from "./api/errors";
import type { Clock } from "./api/pace";
import type { JsonObject } from "./api/types";
import { whenGathered } from "./batch-window";
import { SharedList } from "./shared-list";

/** From this many documents on, a list is cheaper than single reads (contract.md 5.9). */
const MANY = 8;

/** One read. */
export interface Wanted {
  /** Id of the document. */
  readonly id: string;
  /** Integration that it is believed to belong to; where all share one, only its list is read. */
  readonly integrationId?: string | undefined;
  /** API names of fields that it is believed to have. Where a list shows one of them nowhere, it is read by itself. */
  readonly has?: readonly string[];
}

/** What a batch of reads came to: told to {@link ReadsOptions.afterBatch} before any caller learns its own answer. */
export type Batch = ReadonlyMap<string, JsonObject | undefined>;

/** How documents of one kind are read. */
export interface ReadsOptions {
  /** Collection, e.g. `/flows`. */
  readonly path: string;
  /** Whether lists may be read in place of single documents. */
  readonly shared: boolean;
  /** Says when a document was listed. @defaultValue the machine's own */
  readonly clock?: Pick<Clock, "now"> | undefined;
  /** Looks at a batch as a whole; what it throws, every caller of the batch gets. */
  readonly afterBatch?: (batch: Batch) => void;
}

/**
 * Reads documents of one kind, many callers together: few by single GETs, many by lists. An id that a list lacks is asked
 * for by GET before it counts as missing, since a scoped token may see short lists (`api-facts.md` 1.5).
 */
export class Reads {
  readonly #client: Client;
  readonly #options: ReadsOptions;
  readonly #loader: DataLoader<Wanted, JsonObject | undefined, string>;
  readonly #lists = new Map<string, SharedList>();
  /** Lists that the service refused: asking again would not help. */
  readonly #refused = new Set<string>();
  #arrived = 0;
  #asked = 0;

  constructor(client: Client, options: ReadsOptions) {
    this.#client = client;
    this.#options = options;
    this.#loader = new DataLoader((wanted) => this.#batch(wanted), {
      cacheKeyFn: ({ id }) => id,
      maxBatchSize: 1000,
      batchScheduleFn: (run) => {
        whenGathered(() => this.#arrived, MANY, run);
      },
    });
  }

  /** The document, or `undefined` when the service says that there is none (404 and nothing else). */
  load(wanted: Wanted): Promise<JsonObject | undefined> {
    this.#arrived += 1;
    return this.#loader.load(wanted).catch((error: unknown) => {
      // The next caller asks again: what was wrong may have passed.
      this.#loader.clear(wanted);
      throw error;
    });
  }

  /** When the documents of an integration, or all, had been listed to the end; `undefined` when never. */
  listedAt(integrationId?: string): number | undefined {
    const ends = [integrationId ?? "", ""].map((key) => this.#lists.get(key)?.endedAt);
    return ends.find((end) => end !== undefined);
  }

  /** Whether a document had been listed before a moment of the clock, so that nothing that began then can have made it. */
  hadBefore(id: string, time: number): boolean {
    return [...this.#lists.values()].some((list) => list.hadBefore(id, time));
  }

  /** Forgets what was read of a document, since it was written. */
  forget(id: string): void {
    this.#loader.clear({ id });
    for (const list of this.#lists.values()) list.forget(id);
  }

  /**
   * All documents of the list of an integration, or of the whole list, without regard to the integration, where the service
   * takes no such filter; `undefined` where it refuses lists.
   */
  all(integrationId?: string): Promise<JsonObject[] | undefined> {
    return this.#ask(integrationId ?? "", (list) => list.all());
  }

  /** What a list answers, or the whole one where the list of an integration is refused; `undefined` where both are. */
  async #ask<T>(
    integration: string,
    question: (list: SharedList) => Promise<T>,
  ): Promise<T | undefined> {
    for (const key of new Set([integration, ""])) {
      if (this.#refused.has(key)) continue;
      try {
        return await question(this.#list(key));
      } catch (error) {
        this.#lists.delete(key);
        // A token may read documents without being allowed to list them, and a filter may be refused.
        if (!isApiError(error, "forbidden", "invalid", "notFound")) throw error;
        this.#refused.add(key);
      }
    }
    return undefined;
  }

  /** The shared list of one integration, or of everything. */
  #list(key: string): SharedList {
    let list = this.#lists.get(key);
    if (list === undefined || list.hasFailed) {
      const { path, clock = Date } = this.#options;
      list = new SharedList(this.#client, {
        path,
        query: { _integrationId: key === "" ? undefined : key },
        clock,
      });
      this.#lists.set(key, list);
    }
    return list;
  }

  async #batch(wanted: readonly Wanted[]): Promise<(JsonObject | undefined | Error)[]> {
    this.#asked += wanted.length;
    const listed =
      this.#options.shared && this.#asked >= MANY
        ? await this.#listed(wanted)
        : new Map<string, JsonObject>();
    const results = await Promise.all(
      wanted.map(
        async ({ id }) =>
          listed.get(id) ?? (await this.#single(id).catch((error: unknown) => error as Error)),
      ),
    );
    const answered = wanted.map(({ id }, index) => [id, results[index]] as const);
    const batch = new Map(
      answered.filter(
        (entry): entry is readonly [string, JsonObject | undefined] => !(entry[1] instanceof Error),
      ),
    );
    try {
      this.#options.afterBatch?.(batch);
    } catch (error) {
      return results.map((result) => result ?? (error as Error));
    }
    return results;
  }

  /** Listed documents that are whole: a list may show less than a document has (`api-facts.md` 1.5). */
  async #listed(wanted: readonly Wanted[]): Promise<Map<string, JsonObject>> {
    const integrations = new Set(wanted.map(({ integrationId }) => integrationId ?? ""));
    const [only = ""] = integrations;
    const key = integrations.size > 1 || this.#lists.has("") ? "" : only;
    const ids = wanted.map(({ id }) => id);
    const found = await this.#ask(key, (list) => list.find(ids));
    // A field that any of them shows is one that the list shows: where it lacks, it is gone.
    const shown = new Set([...(found ?? [])].flatMap(([, document]) => Object.keys(document)));
    const whole = wanted.flatMap(({ id, has = [] }) => {
      const document = found?.get(id);
      return document !== undefined && has.every((field) => shown.has(field))
        ? [[id, document] as const]
        : [];
    });
    return new Map(whole);
  }

  async #single(id: string): Promise<JsonObject | undefined> {
    try {
      return await this.#client.getDocument(`${this.#options.path}/${encodeURIComponent(id)}`);
    } catch (error) {
      if (isApiError(error, "notFound")) return undefined;
      throw error;
    }
  }
}
