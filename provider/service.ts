import { type Client, createClient } from "./api/client";
import { type Clock, REAL_CLOCK } from "./api/pace";
import type { Transport } from "./api/transport";
import { AllGoneError } from "./all-gone";
import { engineStands } from "./engine-watch";
import { say } from "./log";
import { type Batch, Reads } from "./reads";
import { type Settings, settingsKey } from "./settings";

/** One account as this process knows it: connections, shared reads, and what its creates have made. */
export interface Service {
  /** The settings it was made from. */
  readonly settings: Settings;
  /** The API. */
  readonly client: Client;
  /** Flows, read together. */
  readonly flows: Reads;
  /** Exports, for checks of references. */
  readonly exports: Reads;
  /** Imports, for checks of references. */
  readonly imports: Reads;
  /** Time. */
  readonly clock: Clock;
  /** Ids of flows that belong to some resource: made, read or adopted in this process. */
  readonly claimed: Set<string>;
  /** The last create per name and integration; equal ones go one after the other. */
  readonly creates: Map<string, Promise<unknown>>;
}

const services = new Map<string, Service>();

/** The service for these settings; the same one for the same settings, so that reads and pace are shared. */
export function serviceFor(settings: Settings): Service {
  const key = settingsKey(settings);
  let service = services.get(key);
  if (service === undefined) {
    service = createService(settings);
    services.set(key, service);
  }
  return service;
}

/** A service of its own, for tests and for callers that must not share. */
export function createService(
  settings: Settings,
  clock: Clock = REAL_CLOCK,
  transport?: Transport,
): Service {
  const debug = settings.debug ? say : undefined;
  const client = createClient({ ...settings, clock, transport, beforeWrite: engineStands, debug });
  const shared = settings.sharedReads;
  return {
    settings,
    client,
    flows: new Reads(client, {
      path: "/flows",
      shared,
      clock,
      afterBatch: refuseAllGone(settings),
    }),
    exports: new Reads(client, { path: "/exports", shared: true }),
    imports: new Reads(client, { path: "/imports", shared: true }),
    clock,
    claimed: new Set(),
    creates: new Map(),
  };
}

/**
 * A token of another account answers 404 to everything. Where two or more flows were asked for and none is there, that is
 * not taken for two deletions (contract.md 5.8).
 */
function refuseAllGone({ allowAllGone, origin }: Settings): (batch: Batch) => void {
  let found = 0;
  const gone = new Set<string>();
  return (batch) => {
    for (const [id, document] of batch) {
      if (document === undefined) gone.add(id);
      else found += 1;
    }
    if (found === 0 && gone.size >= 2 && !allowAllGone) throw new AllGoneError([...gone], origin);
  };
}
