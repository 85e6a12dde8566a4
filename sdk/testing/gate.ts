import type { Json } from "../../provider/api/types";
import type { World } from "./account";
import { retryHeaders } from "./rate-limit";
import { Refusal, refuse } from "./refusal";
import type { Answer, Route } from "./route";
import { ruleOf } from "./tokens";
import type { TokenRule } from "./tokens";

/** The rule of a request's token, or the answer to one that has none. Such answers have no `errors` list (`api-facts.md` 3.1). */
export function admit(header: string | undefined, world: World): TokenRule | Answer {
  const rule = ruleOf(header, world.settings);
  if (rule) return rule;
  const message = rule === null ? "Bearer Authentication Failed" : "Unauthorized";
  return { status: 401, body: { message } };
}

/** The 429 of an account whose bucket is empty. */
export function throttle(rule: TokenRule, world: World): Answer | undefined {
  const { rateLimit, now } = world.settings;
  if (!rateLimit) return undefined;
  const waitMs = world.account(rule.account).bucket.take(rateLimit, now());
  if (waitMs === undefined) return undefined;
  const body = { errors: [{ code: "rate_limited", message: "Too many requests" }] };
  return { status: 429, body, headers: retryHeaders(rateLimit, waitMs, now()) };
}

/** Refuses query parameters that the route does not know. */
export function checkQuery(route: Route, query: URLSearchParams): void {
  const unknown = [...query.keys()].filter((name) => !route.query?.includes(name));
  if (unknown.length === 0) return;
  refuse(400, "invalid_query_params", `Unknown query parameter: ${unknown.join(", ")}`, unknown[0]);
}

function isJsonType(type: string | undefined, method: string): boolean {
  const essence = type?.split(";")[0]?.trim().toLowerCase();
  return (
    essence === "application/json" ||
    (method === "PATCH" && essence === "application/json-patch+json")
  );
}

/** The parsed body of a request: undefined where it is empty. */
export function parseBody(
  text: string,
  type: string | undefined,
  method: string,
): Json | undefined {
  if (text === "") return undefined;
  if (method === "GET" || method === "DELETE")
    refuse(400, "invalid_body", `${method} takes no body`);
  if (!isJsonType(type, method)) {
    refuse(
      415,
      "unsupported_media_type",
      `The body has to be application/json, not ${type ?? "of no type"}`,
    );
  }
  try {
    return JSON.parse(text) as Json;
  } catch {
    return refuse(400, "invalid_json", "The body is not valid JSON");
  }
}

/** The answer to a refused request; anything else that was thrown is a defect of the emulator, and says so. */
export function refusalAnswer(error: unknown, shape: "errors" | "bare"): Answer {
  if (!(error instanceof Refusal)) {
    const message = `The emulator failed: ${error instanceof Error ? error.message : String(error)}`;
    return { status: 500, body: { errors: [{ code: "emulator_defect", message }] } };
  }
  const complaints = error.complaints.map((complaint) => ({ ...complaint }));
  const [first = {}] = complaints;
  return { status: error.status, body: shape === "bare" ? first : { errors: complaints } };
}
