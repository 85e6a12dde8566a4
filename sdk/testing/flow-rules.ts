import type { JsonObject } from "../../provider/api/types";
import { isCron } from "./cron";
import { objectsIn, textOf } from "./json";
import type { StoredDocument } from "./json";
import { exportIdsOf, importIdsOf, stepsOf } from "./references";
import { refuse } from "./refusal";
import { invalid, nameOf } from "./route";
import type { Call } from "./route";
import { checkTypes } from "./written";

const FLOW_TYPES = {
  name: "string",
  description: "string",
  _integrationId: "string",
  disabled: "boolean",
  timezone: "string",
  pageGenerators: "list",
  pageProcessors: "list",
  routers: "list",
  _runNextFlowIds: "list",
  _runNextExportIds: "list",
  runPageGeneratorsInParallel: "boolean",
  skipRetries: "boolean",
  autoResolveMatchingTraceKeys: "boolean",
  settings: "object",
  _flowGroupingId: "string",
  aliases: "list",
  logging: "object",
};

const GENERATOR_TYPES = { _exportId: "string", skipRetries: "boolean" };
const STEP_TYPES = {
  type: "string",
  _exportId: "string",
  _importId: "string",
  proceedOnFailure: "boolean",
  responseMapping: "object",
};

function checkSchedules(call: Call, flow: JsonObject): void {
  const { cron, validationStatus } = call.world.settings;
  for (const owner of [flow, ...objectsIn(flow["pageGenerators"])]) {
    const schedule = owner["schedule"];
    if (schedule === undefined || schedule === null) continue;
    if (typeof schedule === "string" && isCron(schedule, cron)) continue;
    refuse(validationStatus, "validation_error", "Invalid cron expression", "schedule");
  }
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function checkSteps(call: Call, flow: JsonObject): void {
  for (const generator of objectsIn(flow["pageGenerators"])) {
    checkTypes(call, generator, GENERATOR_TYPES, "pageGenerators[].");
    const isOpen = generator["setupInProgress"] === true;
    if (!isOpen && generator["_exportId"] === undefined)
      invalid(call, "pageGenerators", "_exportId is required in a page generator");
  }
  for (const step of stepsOf(flow)) {
    checkTypes(call, step, STEP_TYPES, "pageProcessors[].");
    if (step["setupInProgress"] === true) continue;
    const type = step["type"];
    if (type !== "import" && type !== "export")
      invalid(call, "pageProcessors", "type has to be import or export in a page processor");
    const field = type === "import" ? "_importId" : "_exportId";
    if (step[field] === undefined)
      invalid(call, "pageProcessors", `${field} is required in a page processor of type ${type}`);
  }
}

function checkRouters(call: Call, flow: JsonObject): void {
  const routers = objectsIn(flow["routers"]);
  if (routers.length > 0 && objectsIn(flow["pageProcessors"]).length > 0) {
    invalid(call, "routers", "A flow has either pageProcessors or routers, not both");
  }
  const ids = routers.map((router) => textOf(router["id"]));
  if (ids.includes(undefined) || new Set(ids).size < ids.length)
    invalid(call, "routers", "Each router needs an id of its own");
  for (const branch of routers.flatMap((router) => objectsIn(router["branches"]))) {
    if (typeof branch["name"] !== "string")
      invalid(call, "routers", "name is required in a branch");
    const next = branch["nextRouterId"];
    if (next !== undefined && next !== null && !ids.includes(textOf(next))) {
      invalid(
        call,
        "routers",
        `nextRouterId names no router of this flow: ${JSON.stringify(next)}`,
      );
    }
  }
}

function checkReferences(call: Call, sent: JsonObject): void {
  const { strictReferences, referenceStatus, referenceCode } = call.world.settings;
  if (!strictReferences) return;
  const named = [
    ...exportIdsOf(sent).map((id) => ({ kind: "exports", id }) as const),
    ...importIdsOf(sent).map((id) => ({ kind: "imports", id }) as const),
  ];
  const missing = named.filter(({ kind, id }) => call.account.store.get(kind, id) === undefined);
  for (const { kind, id } of missing)
    refuse(referenceStatus, referenceCode, `${nameOf(kind)} not found: ${id}`);
}

function checkMove(call: Call, next: StoredDocument, old: StoredDocument | undefined): void {
  const [from, to] = [old?.["_integrationId"], next["_integrationId"]];
  const { integrationIds } = call.rule;
  if (integrationIds && !integrationIds.includes(textOf(to) ?? "")) {
    refuse(403, "access_restricted", "The token does not reach this integration", "_integrationId");
  }
  if (
    old &&
    from !== undefined &&
    from !== to &&
    call.world.settings.integrationMove === "refuse"
  ) {
    refuse(
      call.world.settings.validationStatus,
      "detach_failed",
      "The flow cannot be detached from its integration",
      "aliases",
    );
  }
}

/**
 * Refuses a flow that the service would not take: types, steps, routers, schedules, time zone, references, integration.
 * References are only looked up where the request itself names them.
 */
export function checkFlow(call: Call, next: StoredDocument, old?: StoredDocument): void {
  checkTypes(call, next, FLOW_TYPES);
  checkSchedules(call, next);
  const timezone = textOf(next["timezone"]);
  if (timezone !== undefined && !isTimezone(timezone))
    invalid(call, "timezone", `Unknown time zone: ${timezone}`);
  checkSteps(call, next);
  checkRouters(call, next);
  checkReferences(call, call.body as JsonObject);
  checkMove(call, next, old);
}
