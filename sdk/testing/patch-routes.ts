import type { Json, JsonObject } from "../../provider/api/types";
import { withAdditions } from "./additions";
import { checkNotRunning } from "./document-routes";
import { checkFlow } from "./flow-rules";
import { isObject } from "./json";
import type { StoredDocument } from "./json";
import { refuse } from "./refusal";
import { invalid, wanted } from "./route";
import type { Answer, Call, Route } from "./route";
import { masksIn } from "./written";

const ALLOWED: Record<"doc" | "cli", readonly RegExp[]> = {
  doc: [
    /^\/(name|description|schedule|timezone|disabled|runPageGeneratorsInParallel|aliases)$/,
    /^\/pageGenerators\/\d+\/(schedule|skipRetries)$/,
    /^\/routers\/\d+\/name$/,
    /^\/routers\/\d+\/branches\/\d+\/(name|description)$/,
  ],
  cli: [
    /^\/(name|description|aiDescription|disabled|runPageGeneratorsInParallel)$/,
    /^\/logging\/(debugUntil|mode)$/,
    /^\/schedule(\/(cron|days|endDate|frequency|startDate))?$/,
  ],
};

interface Operation {
  readonly op: "add" | "replace" | "remove";
  readonly path: string;
  readonly value: Json | undefined;
}

function operationsIn(call: Call): Operation[] {
  if (!Array.isArray(call.body))
    return refuse(400, "invalid_body", "PATCH takes a list of JSON Patch operations");
  return call.body.map((member) => {
    const { op, path, value } = isObject(member) ? member : {};
    if (typeof path !== "string" || (op !== "add" && op !== "replace" && op !== "remove")) {
      return refuse(400, "invalid_body", `Not a JSON Patch operation: ${JSON.stringify(member)}`);
    }
    if (op !== "remove" && value === undefined)
      return refuse(400, "invalid_body", `${op} ${path} has no value`);
    return { op, path, value };
  });
}

function apply(call: Call, target: JsonObject, { op, path, value }: Operation): void {
  const steps = path.slice(1).split("/");
  const last = steps.pop() ?? "";
  let place: Json | undefined = target;
  for (const step of steps)
    place = typeof place === "object" && place !== null ? (place as JsonObject)[step] : undefined;
  if (!isObject(place)) invalid(call, path, `There is nothing at ${path}`);
  if (op === "remove" || value === undefined || value === null) Reflect.deleteProperty(place, last);
  else place[last] = value;
}

function change(call: Call): Answer {
  const masks = masksIn(call.body);
  if (masks) call.entry.masksSent = masks;
  const before = wanted(call, "flows");
  const operations = operationsIn(call);
  checkNotRunning(call, before);
  const next: StoredDocument = structuredClone(before);
  for (const operation of operations) {
    const isAllowed = ALLOWED[call.world.settings.patchPaths].some((pattern) =>
      pattern.test(operation.path),
    );
    if (!isAllowed) invalid(call, operation.path, `PATCH does not take ${operation.path}`);
    apply(call, next, operation);
  }
  if (typeof next["name"] !== "string") invalid(call, "name", "name is required");
  checkFlow({ ...call, body: {} }, next, before);
  const after = withAdditions(next, before, call.world.settings);
  call.account.save({ kind: "flows", before, after }, call.author, call.now);
  return { status: 204 };
}

/** PATCH of a flow: JSON Patch over an allow-list, answered without a body (`api-facts.md` 1.4). */
export const PATCH_ROUTES: readonly Route[] = [
  { method: "PATCH", path: "/flows/:id", handle: change },
];
