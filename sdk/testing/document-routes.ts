import type { Account } from "./account";
import { withAdditions } from "./additions";
import { dependentsOf } from "./dependents";
import { checkFlow } from "./flow-rules";
import type { StoredDocument } from "./json";
import { listAnswer, listQuery } from "./list";
import { refuse } from "./refusal";
import { nameOf, shown, wanted } from "./route";
import type { Answer, Call, Route } from "./route";
import { KINDS } from "./store";
import type { Kind } from "./store";
import { checkTypes, masksIn, writtenDocument } from "./written";

function refuseRunning(): never {
  return refuse(409, "conflict", "Flow is currently running");
}

/** Refuses a change of a running flow, where the settings say so. */
export function checkNotRunning(call: Call, flow: StoredDocument): void {
  const isRunning = call.account.jobs.isRunning(flow._id, call.now);
  if (isRunning && call.world.settings.putRunning === "conflict") refuseRunning();
}

function complete(
  call: Call,
  kind: Kind,
  next: StoredDocument,
  old?: StoredDocument,
): StoredDocument {
  if (kind !== "flows") {
    checkTypes(call, next, {
      name: "string",
      description: "string",
      _integrationId: "string",
      _connectionId: "string",
    });
    return next;
  }
  checkFlow(call, next, old);
  const complete = withAdditions(next, old, call.world.settings);
  // A group belongs to an integration: a flow that moves leaves it (`api-facts.md` 1.2).
  if (old && old["_integrationId"] !== next["_integrationId"]) delete complete["_flowGroupingId"];
  return complete;
}

function noteMasks(call: Call): void {
  const masks = masksIn(call.body);
  if (masks) call.entry.masksSent = masks;
}

function create(call: Call, kind: Kind): Answer {
  noteMasks(call);
  const after = complete(call, kind, writtenDocument(call, kind));
  const stored = call.account.save({ kind, after }, call.author, call.now);
  return { status: 201, body: shown(call, stored) };
}

function replace(call: Call, kind: Kind): Answer {
  noteMasks(call);
  const before = wanted(call, kind);
  if (kind === "flows") checkNotRunning(call, before);
  const after = complete(call, kind, writtenDocument(call, kind, before), before);
  const stored = call.account.save({ kind, before, after }, call.author, call.now);
  return { status: 200, body: shown(call, stored) };
}

function checkUnused(call: Call, kind: Kind, id: string): void {
  const { deleteReferenced, deleteReferencedStatus, deleteReferencedCode } = call.world.settings;
  if (deleteReferenced === "allow") return;
  const count = dependentsOf(call.account, id).length;
  if (count === 0) return;
  const users = count === 1 ? "1 other resource" : `${String(count)} other resources`;
  refuse(deleteReferencedStatus, deleteReferencedCode, `${nameOf(kind)} ${id} is used by ${users}`);
}

function endRuns(account: Account, call: Call, id: string): void {
  const { deleteRunning } = call.world.settings;
  if (!account.jobs.isRunning(id, call.now)) return;
  if (deleteRunning === "conflict") refuseRunning();
  if (deleteRunning === "cancel") account.jobs.endAll(id, call.now, "system");
}

function discard(call: Call, kind: Kind): Answer {
  const document = wanted(call, kind);
  checkUnused(call, kind, document._id);
  if (kind === "flows") endRuns(call.account, call, document._id);
  call.account.discard(kind, document, call.author, call.now);
  return { status: 204 };
}

function routesOf(kind: Kind): Route[] {
  const one = `/${kind}/:id`;
  return [
    {
      method: "GET",
      path: `/${kind}`,
      query: listQuery(kind),
      handle: (call) => listAnswer(call, kind),
    },
    { method: "POST", path: `/${kind}`, handle: (call) => create(call, kind) },
    {
      method: "GET",
      path: one,
      handle: (call) => ({ status: 200, body: shown(call, wanted(call, kind)) }),
    },
    { method: "PUT", path: one, handle: (call) => replace(call, kind) },
    { method: "DELETE", path: one, handle: (call) => discard(call, kind) },
  ];
}

const IN_INTEGRATIONS = ["flows", "exports", "imports", "connections"] as const;

function integrationRoute(kind: (typeof IN_INTEGRATIONS)[number]): Route {
  const handle = (call: Call): Answer => {
    const { _id } = wanted(call, "integrations");
    const query = new URLSearchParams(call.query);
    query.set("_integrationId", _id);
    const members = call.account.store
      .all(kind)
      .filter((document) => document["_integrationId"] === _id);
    return listAnswer({ ...call, query }, kind, members);
  };
  return { method: "GET", path: `/integrations/:id/${kind}`, query: listQuery(kind), handle };
}

/** List, read, create, replace and delete for every type, and the lists inside an integration. */
export const DOCUMENT_ROUTES: readonly Route[] = [
  ...KINDS.flatMap((kind) => routesOf(kind)),
  ...IN_INTEGRATIONS.map((kind) => integrationRoute(kind)),
];
