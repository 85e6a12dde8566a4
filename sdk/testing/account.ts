import { AuditTrail } from "./audit";
import type { Author, Change } from "./audit";
import { Faults } from "./faults";
import { Jobs } from "./jobs";
import type { Outcome } from "./jobs";
import { textOf } from "./json";
import type { StoredDocument } from "./json";
import { RequestLog } from "./log";
import type { LogEntry } from "./log";
import { Bucket } from "./rate-limit";
import type { EmulatorSettings } from "./options";
import { Store } from "./store";
import type { Kind } from "./store";
import { MAIN_ACCOUNT } from "./tokens";
import { Triggers } from "./trigger";

/** What one account of the service holds. */
export class Account {
  readonly store = new Store();
  readonly jobs = new Jobs();
  readonly audit = new AuditTrail();
  readonly bucket = new Bucket();
  /** How the runs of a flow end, by its id. */
  readonly outcomes = new Map<string, Outcome>();

  /** Takes a change of a document in: time stamps, audit entry and all. Returns what is stored. */
  save(change: Change & { after: StoredDocument }, author: Author, now: number): StoredDocument {
    const { kind, before, after } = change;
    // Two writes within a millisecond still have to be told apart by `lastModified`.
    const earliest = before ? Date.parse(textOf(before["lastModified"]) ?? "") + 1 : 0;
    const modified = new Date(Math.max(now, Number.isNaN(earliest) ? 0 : earliest)).toISOString();
    const createdAt = before ? before["createdAt"] : modified;
    const stored: StoredDocument = {
      ...after,
      ...(createdAt === undefined ? {} : { createdAt }),
      lastModified: modified,
    };
    this.store.put(kind, stored);
    this.audit.record({ ...change, after: stored }, author, now);
    return stored;
  }

  /** Moves a document to the recycle bin and notes it in the audit log. */
  discard(kind: Kind, document: StoredDocument, author: Author, now: number): void {
    this.store.discard(kind, document._id);
    this.audit.record({ kind, before: document }, author, now);
  }
}

/** Everything the emulator remembers. */
export class World {
  readonly settings: EmulatorSettings;
  readonly log = new RequestLog();
  readonly faults = new Faults();
  /** What tests do when a request comes in. */
  readonly interceptions = new Triggers<(entry: LogEntry) => void>();
  /** Contents of template links that were given out, by path. */
  readonly downloads = new Map<string, Buffer>();
  #accounts = new Map<string, Account>();

  constructor(settings: EmulatorSettings) {
    this.settings = settings;
  }

  /** The account of a name; a new name is an empty account. */
  account(name: string = MAIN_ACCOUNT): Account {
    const known = this.#accounts.get(name);
    if (known) return known;
    const account = new Account();
    this.#accounts.set(name, account);
    return account;
  }

  /** Forgets documents, jobs, audit entries, requests, faults and interceptions. */
  reset(): void {
    this.#accounts = new Map();
    this.downloads.clear();
    this.log.clear();
    this.faults.reset();
    this.interceptions.clear();
  }
}
