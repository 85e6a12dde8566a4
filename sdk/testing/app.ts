import { randomUUID } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import type { Context } from "hono";
import type { Json } from "../../provider/api/types";
import type { World } from "./account";
import { AUDIT_ROUTES } from "./audit-routes";
import { DOCUMENT_ROUTES } from "./document-routes";
import { cut, idleFaultOn, perform } from "./fault-effects";
import { admit, checkQuery, parseBody, refusalAnswer, throttle } from "./gate";
import { JOB_ROUTES } from "./job-routes";
import type { OpenEntry } from "./log";
import { PATCH_ROUTES } from "./patch-routes";
import { RELATION_ROUTES } from "./relation-routes";
import type { Answer, Call, Route } from "./route";
import { RUN_ROUTES } from "./run-routes";
import { DOWNLOADS, TEMPLATE_ROUTES } from "./template-routes";
import { pause, toResponse } from "./wire";
import type { Wire } from "./wire";

/** What a request's handlers find in hono's context. */
export interface AppEnv {
  Bindings: HttpBindings;
}

type AppContext = Context<AppEnv>;

const ROUTES: readonly Route[] = [
  ...DOCUMENT_ROUTES,
  ...PATCH_ROUTES,
  ...RUN_ROUTES,
  ...JOB_ROUTES,
  ...RELATION_ROUTES,
  ...AUDIT_ROUTES,
  ...TEMPLATE_ROUTES,
];

/** A request on its way through the emulator. */
interface Passage {
  readonly world: World;
  readonly context: AppContext;
  readonly wire: Wire;
  readonly entry: OpenEntry;
  readonly url: URL;
  readonly text: string;
}

function bodyForLog(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function callOf(passage: Passage, route: Route, rule: Call["rule"]): Call {
  const { world, context, entry, url, text } = passage;
  checkQuery(route, url.searchParams);
  const body = parseBody(text, context.req.header("content-type"), route.method);
  const by = rule.user ?? { name: "API token" };
  return {
    world,
    account: world.account(rule.account),
    rule,
    author: { by, source: "api" },
    entry,
    origin: url.origin,
    path: url.pathname,
    params: context.req.param(),
    query: url.searchParams,
    body,
    now: world.settings.now(),
  };
}

async function carryOut(passage: Passage, route: Route): Promise<Answer> {
  const { world, context, entry, wire } = passage;
  const rule = admit(context.req.header("authorization"), world);
  if ("status" in rule) return rule;
  const refused = throttle(rule, world);
  if (refused) return refused;
  await pause(world.settings.latencyMs, wire.closing);
  try {
    const answer = route.handle(callOf(passage, route, rule));
    entry.carriedOut = true;
    return answer;
  } catch (error) {
    return refusalAnswer(error, world.settings.errorShape);
  }
}

async function receive(
  world: World,
  context: AppContext,
  closing: AbortSignal,
  route?: Route,
): Promise<Response> {
  const { incoming, outgoing } = context.env;
  const at = new Date(world.settings.now());
  const url = new URL(context.req.url);
  const requestId = randomUUID();
  const text = await context.req.text();
  const entry = world.log.open({
    method: context.req.method,
    path: url.pathname + url.search,
    at: at.toISOString(),
    requestId,
  });
  if (text !== "") entry.body = bodyForLog(text);
  const wire: Wire = {
    incoming,
    outgoing,
    closing,
    headers: { "x-request-id": requestId, date: at.toUTCString() },
  };
  const idle = idleFaultOn(wire);
  if (idle) {
    world.faults.record(idle, entry, entry.at);
    return cut(wire);
  }
  if (!route) {
    entry.status = 501;
    return toResponse(unknownRoute(entry), wire);
  }
  world.interceptions.take(entry)?.(entry);
  const passage: Passage = { world, context, wire, entry, url, text };
  const proceed = async (): Promise<Answer> => carryOut(passage, route);
  const fault = world.faults.take(entry);
  if (fault) {
    // An idle close has hit only when the next request comes in.
    if (fault.kind !== "idleClose") world.faults.record(fault, entry, entry.at);
    return perform({ fault, entry, wire, carryOut: proceed });
  }
  const answer = await proceed();
  entry.status = answer.status;
  return toResponse(answer, wire);
}

function unknownRoute(entry: OpenEntry): Answer {
  const hint = entry.path.startsWith("/v1/") ? "" : " (paths of the API begin with /v1)";
  const message = `The emulator has no ${entry.method} ${entry.path}${hint}`;
  return { status: 501, body: { errors: [{ code: "not_implemented", message }] } };
}

function download(world: World, context: AppContext): Response {
  if (context.req.header("authorization") !== undefined) {
    return context.text(
      "A signed URL has to be fetched without an Authorization header: the token would leak\n",
      403,
    );
  }
  const file = world.downloads.get(context.req.path);
  if (!file || !context.req.query("signature"))
    return context.text("No such file, or no signature\n", 403);
  return new Response(new Uint8Array(file), { headers: { "content-type": "application/zip" } });
}

/** The API as an application: every known route, downloads, and 501 for whatever else is asked. */
export function createApp(world: World, closing: AbortSignal): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get(`${DOWNLOADS}/*`, (context) => download(world, context));
  for (const route of ROUTES) {
    app.on(route.method, `/v1${route.path}`, async (context) => {
      // Hono answers HEAD from GET routes; the API knows no HEAD.
      const isHead = context.req.method === "HEAD";
      return receive(world, context, closing, isHead ? undefined : route);
    });
  }
  app.onError((error, context) => {
    // Also a client that goes away in the middle of its body ends here: nobody reads the answer then.
    return context.json({ errors: [{ code: "emulator_defect", message: error.message }] }, 500);
  });
  app.notFound(async (context) => receive(world, context, closing));
  return app;
}
