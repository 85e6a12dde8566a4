import type { FlowDocument, JsonObject } from "../../provider/api/types";
import type { World } from "./account";
import type { Author } from "./audit";
import type { EditOptions, Emulator } from "./emulator";
import { jobDocument } from "./jobs";
import { objectsIn, textOf } from "./json";
import { plant } from "./seed";
import type { Seed } from "./seed";
import type { Found } from "./store";

/** The part of an emulator that needs no server. */
export type Control = Omit<Emulator, "url" | "port" | "close">;

function authorOf({ by = "Somebody", source = "ui" }: EditOptions = {}): Author {
  return { by: typeof by === "string" ? { name: by } : by, source };
}

function found(world: World, id: string): Found {
  const place = world.account().store.find(id);
  if (!place) throw new Error(`emulator: no document with the id ${id}`);
  return place;
}

function edit(world: World, id: string, patch: JsonObject, options?: EditOptions): FlowDocument {
  const { kind, document: before } = found(world, id);
  const entries = Object.entries({ ...before, ...structuredClone(patch) }).filter(
    ([, value]) => value !== null,
  );
  const after = { ...Object.fromEntries(entries), _id: id };
  const author = authorOf(options);
  return structuredClone(
    world.account().save({ kind, before, after }, author, world.settings.now()),
  );
}

function startJob(world: World, flowId: string, durationMs: number): string {
  const account = world.account();
  const flow = account.store.get("flows", flowId);
  if (!flow) throw new Error(`emulator: no flow with the id ${flowId}`);
  const first = objectsIn(flow["pageGenerators"]).flatMap(
    (member) => textOf(member["_exportId"]) ?? [],
  )[0];
  const plan = {
    flowId,
    integrationId: textOf(flow["_integrationId"]),
    exportIds: first === undefined ? [] : [first],
    isParallel: false,
    outcome: account.outcomes.get(flowId) ?? {},
    durationMs,
    queuedMs: 0,
  };
  const [job] = account.jobs.start(plan, world.settings.now());
  if (!job) throw new Error("startJob: the run has no job");
  return job.id;
}

/** Direct access to a world's memory, for tests and the admin area. */
export function createControl(world: World, seed: Seed): Control {
  const { log, faults, settings } = world;
  const account = (): ReturnType<World["account"]> => world.account();
  const plantSeed = (documents: Seed): void => {
    plant(account().store, documents, settings.now());
  };
  plantSeed(seed);
  return {
    get token() {
      return settings.token;
    },
    options: settings,
    log: log.entries,
    get fired() {
      return faults.fired;
    },
    reset() {
      world.reset();
      plantSeed(seed);
    },
    requests: (method, path) => log.select(method, path),
    writes: () => log.writes(),
    clearLog: () => {
      log.clear();
    },
    fault: (fault) => faults.add(fault),
    clearFaults: () => {
      faults.clear();
    },
    intercept: (match, action) => world.interceptions.add(match, action),
    flows: () => structuredClone(account().store.all("flows")),
    flow: (id) => structuredClone(account().store.get("flows", id)),
    documents: (kind) => structuredClone(account().store.all(kind)),
    seedDocuments: plantSeed,
    edit: (id, patch, options) => edit(world, id, patch, options),
    remove(id, options) {
      const { kind, document } = found(world, id);
      account().discard(kind, document, authorOf(options), settings.now());
    },
    restore(id) {
      if (!account().store.restore(id))
        throw new Error(`emulator: no deleted document with the id ${id}`);
    },
    outcome(flowId, outcome) {
      account().outcomes.set(flowId, outcome);
    },
    startJob: (flowId, { durationMs = Infinity } = {}) => startJob(world, flowId, durationMs),
    finishJobs(flowId) {
      account().jobs.endAll(flowId, settings.now());
    },
    jobs: (flowId) => {
      const now = settings.now();
      return account()
        .jobs.of(flowId, now)
        .map((job) => jobDocument(job, now));
    },
  };
}
