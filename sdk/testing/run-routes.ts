import type { JsonObject } from "../../provider/api/types";
import { isObject, objectsIn, textOf, textsIn } from "./json";
import type { StoredDocument } from "./json";
import { refuse } from "./refusal";
import { invalid, wanted } from "./route";
import type { Answer, Call, Route } from "./route";

function runBody(call: Call): JsonObject {
  if (call.body === undefined) return {};
  if (isObject(call.body)) return call.body;
  return refuse(400, "invalid_body", "/run takes a JSON object or nothing");
}

function checkWindow(call: Call, window: JsonObject, at: string): void {
  for (const field of ["startDate", "endDate"]) {
    const value = window[field];
    if (value === undefined) continue;
    const isDate =
      typeof value === "string" &&
      /^\d{4}-\d\d-\d\dT/.test(value) &&
      !Number.isNaN(Date.parse(value));
    if (!isDate) invalid(call, at + field, `${at}${field} is not an ISO 8601 date`);
  }
  const [start, end] = [textOf(window["startDate"]), textOf(window["endDate"])];
  if (start && end && Date.parse(end) < Date.parse(start))
    invalid(call, `${at}endDate`, "endDate is before startDate");
}

function checkBody(call: Call, body: JsonObject): void {
  const { runWindow } = call.world.settings;
  const known = ["_exportIds", "runKey"];
  if (runWindow !== "nested") known.push("startDate", "endDate");
  if (runWindow !== "top") known.push("export");
  for (const field of Object.keys(body)) {
    if (!known.includes(field)) invalid(call, field, `/run does not take ${field}`);
  }
  checkWindow(call, body, "");
  const nested = body["export"];
  if (nested === undefined) return;
  if (!isObject(nested)) return invalid(call, "export", "export has to be an object");
  checkWindow(call, nested, "export.");
}

function checkRunnable(call: Call, flow: StoredDocument): void {
  const { disabledRun, disabledRunStatus, runRunning } = call.world.settings;
  if (flow["disabled"] === true && disabledRun === "refuse") {
    refuse(disabledRunStatus, "inactive_flow", "The flow is disabled and cannot be run");
  }
  if (flow["isAbstract"] === true) invalid(call, "isAbstract", "An abstract flow cannot be run");
  if (runRunning === "conflict" && call.account.jobs.isRunning(flow._id, call.now)) {
    refuse(409, "conflict", "Flow is currently running");
  }
}

function chosenExports(call: Call, flow: StoredDocument, body: JsonObject): string[] {
  const { referenceStatus, referenceCode } = call.world.settings;
  const all = objectsIn(flow["pageGenerators"]).flatMap(
    (member) => textOf(member["_exportId"]) ?? [],
  );
  if (all.length === 0) invalid(call, "pageGenerators", "The flow has no page generator to run");
  const named = body["_exportIds"];
  if (named === undefined) return all;
  const chosen = textsIn(named);
  if (!Array.isArray(named) || chosen.length < named.length || chosen.length === 0) {
    invalid(call, "_exportIds", "_exportIds has to be a list of ids");
  }
  const stranger = chosen.find((id) => !all.includes(id));
  if (stranger !== undefined)
    refuse(referenceStatus, referenceCode, `Export not found: ${stranger}`);
  return all.filter((id) => chosen.includes(id));
}

function run(call: Call): Answer {
  const flow = wanted(call, "flows");
  const body = runBody(call);
  checkBody(call, body);
  checkRunnable(call, flow);
  const outcome = call.account.outcomes.get(flow._id) ?? {};
  const jobs = call.account.jobs.start(
    {
      flowId: flow._id,
      integrationId: textOf(flow["_integrationId"]),
      exportIds: chosenExports(call, flow, body),
      isParallel: flow["runPageGeneratorsInParallel"] === true,
      outcome,
      durationMs: outcome.durationMs ?? call.world.settings.jobDurationMs,
    },
    call.now,
  );
  // A run is no edit: neither `lastModified` nor the audit log shows it.
  call.account.store.put("flows", { ...flow, lastExecutedAt: new Date(call.now).toISOString() });
  const [first] = jobs;
  if (!first?.exportId) throw new Error("run: a flow with page generators has made no job");
  return {
    status: 201,
    body: { _jobId: first.id, _exportId: first.exportId, flowExecutionGroupId: first.groupId },
  };
}

/** POST /flows/{id}/run (`flows-api.md`, "Run Flow"; `api-facts.md` 1.7). */
export const RUN_ROUTES: readonly Route[] = [
  { method: "POST", path: "/flows/:id/run", handle: run },
];
