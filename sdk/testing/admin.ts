import type { Hono } from "hono";
import type { Json, JsonObject } from "../../provider/api/types";
import type { AppEnv } from "./app";
import type { AuditSource } from "./audit";
import type { Control } from "./control";
import type { Fault } from "./faults";
import { isObject, textOf } from "./json";
import { seedFrom } from "./seed";
import { changeSettings } from "./settings";
import { KINDS } from "./store";

/** Where the emulator is controlled from another process, with its token. */
const ADMIN = "/__emulator";

function text(body: JsonObject, field: string): string {
  const value = body[field];
  if (typeof value !== "string") throw new Error(`${field} has to be a string`);
  return value;
}

/** JSON knows neither patterns nor infinity: `pathPattern` stands for the one, `"times": "always"` for the other. */
function faultFrom(body: JsonObject): Fault {
  const { pathPattern, times, ...rest } = body;
  const path = typeof pathPattern === "string" ? { path: new RegExp(pathPattern) } : {};
  const always = times === "always" ? { times: Infinity } : times === undefined ? {} : { times };
  text(body, "kind");
  return { ...rest, ...path, ...always } as unknown as Fault;
}

type Action = (control: Control, body: JsonObject) => Json | undefined;

const ACTIONS: Readonly<Record<string, Action>> = {
  fault: (control, body) => {
    control.fault(faultFrom(body));
    return undefined;
  },
  "clear-faults": (control) => {
    control.clearFaults();
    return undefined;
  },
  "clear-log": (control) => {
    control.clearLog();
    return undefined;
  },
  edit: (control, body) => {
    const patch = isObject(body["patch"]) ? body["patch"] : {};
    const by = textOf(body["by"]);
    const source = textOf(body["source"]) as AuditSource | undefined;
    return control.edit(text(body, "id"), patch, {
      ...(by ? { by } : {}),
      ...(source ? { source } : {}),
    });
  },
  remove: (control, body) => {
    control.remove(text(body, "id"));
    return undefined;
  },
  restore: (control, body) => {
    control.restore(text(body, "id"));
    return undefined;
  },
  reset: (control) => {
    control.reset();
    return undefined;
  },
  seed: (control, body) => {
    control.seedDocuments(seedFrom(body));
    return undefined;
  },
  options: (control, body) => {
    changeSettings(control.options, body);
    return undefined;
  },
  outcome: (control, body) => {
    control.outcome(text(body, "flowId"), body);
    return undefined;
  },
  "start-job": (control, body) => {
    const durationMs = body["durationMs"];
    const jobId = control.startJob(
      text(body, "flowId"),
      typeof durationMs === "number" ? { durationMs } : {},
    );
    return { jobId };
  },
  "finish-jobs": (control, body) => {
    control.finishJobs(text(body, "flowId"));
    return undefined;
  },
};

function views(control: Control): Record<string, () => unknown> {
  return {
    log: () => control.log,
    fired: () => control.fired,
    options: () => control.options,
    documents: () => Object.fromEntries(KINDS.map((kind) => [kind, control.documents(kind)])),
  };
}

/**
 * Adds the admin area: GET `log`, `fired`, `options`, `documents`; POST the actions above, each with a JSON object. An
 * action answers 204, or 200 with what it made; a mistake is a 400 with `message`. Nothing here is in the request log.
 */
export function addAdmin(app: Hono<AppEnv>, control: Control): void {
  app.use(`${ADMIN}/*`, async (context, next) => {
    if (context.req.header("authorization") === `Bearer ${control.token}`) return next();
    return context.json({ message: "The admin area takes the emulator's token" }, 401);
  });
  for (const [name, view] of Object.entries(views(control))) {
    app.get(`${ADMIN}/${name}`, (context) =>
      context.body(JSON.stringify(view()), 200, { "content-type": "application/json" }),
    );
  }
  for (const [name, act] of Object.entries(ACTIONS)) {
    app.post(`${ADMIN}/${name}`, async (context) => {
      try {
        const sent = await context.req.text();
        const body = sent === "" ? {} : (JSON.parse(sent) as Json);
        const made = act(control, isObject(body) ? body : {});
        return made === undefined ? context.body(null, 204) : context.json(made as JsonObject);
      } catch (error) {
        return context.json(
          { message: error instanceof Error ? error.message : String(error) },
          400,
        );
      }
    });
  }
}
