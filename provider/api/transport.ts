import axios, { type AxiosInstance, type AxiosResponse } from "axios";
import { getProxyForUrl } from "proxy-from-env";

import { createAgents } from "./agents";
import { codeOf, NoAnswer, wasSent } from "./no-answer";

/** Where and how requests go. */
export interface TransportSettings {
  /** Base of all paths, with `/v1` and without a slash at the end. */
  readonly baseUrl: string;
  /** Bearer token. */
  readonly apiToken: string;
  /** Milliseconds that one attempt may take as a whole, from connecting to the last byte. */
  readonly requestTimeoutMs: number;
}

/** One request. */
export interface Request {
  /** HTTP verb, in capitals. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path below the base URL, e.g. `/flows/64f0`; or a whole URL of the same origin, as a `Link` header gives it. */
  readonly path: string;
  /** Query parameters; `undefined` ones are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** JSON body. Absent: none is sent. */
  readonly body?: unknown;
  /** Whether to connect anew in place of taking a connection that was used before. A POST always does. @defaultValue false */
  readonly fresh?: boolean | undefined;
}

/** What came back from one attempt: text, not yet read as JSON. */
export interface RawAnswer {
  /** HTTP status. */
  readonly status: number;
  /** Headers with lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it came; empty when there was none. */
  readonly text: string;
}

/** Makes one attempt; throws {@link NoAnswer} when none came. */
export type Transport = (request: Request) => Promise<RawAnswer>;

/**
 * A transport on axios with connections kept alive. The token never leaves it in an error: what axios throws, which
 * carries the whole request, is dropped, and only its code goes on.
 *
 * A POST connects anew each time: a service may close an idle connection at the very moment at which a request goes out on
 * it, and then nobody knows whether it was read. Reads, PUT and DELETE are just sent again; a POST would have to be looked
 * for. It costs 0.3 ms on this machine and two round trips over TLS, whose session is resumed.
 */
export function createTransport(settings: TransportSettings): Transport {
  const client = createClient(settings);
  const kept = createAgents(settings.baseUrl, true);
  const single = createAgents(settings.baseUrl, false);
  return async ({ method, path, query, body, fresh = method === "POST" }) => {
    const deadline = AbortSignal.timeout(settings.requestTimeoutMs);
    try {
      const answer = await client.request<string>({
        method,
        url: path,
        signal: deadline,
        ...(fresh ? single : kept),
        ...(query !== undefined && { params: query }),
        ...(body !== undefined && {
          data: JSON.stringify(body),
          headers: { "Content-Type": "application/json" },
        }),
      });
      return { status: answer.status, headers: plainHeaders(answer), text: bodyText(answer.data) };
    } catch (error) {
      throw noAnswer(error, deadline.aborted, settings.requestTimeoutMs);
    }
  };
}

function createClient({ baseUrl, apiToken }: TransportSettings): AxiosInstance {
  const proxy = getProxyForUrl(baseUrl);
  const secure = baseUrl.startsWith("https:");
  const through = proxy === "" ? undefined : new URL(proxy);
  return axios.create({
    baseURL: baseUrl,
    headers: {
      Accept: "application/json",
      Authorization: `Bearer ${apiToken}`,
      "User-Agent": "pulumi-celigo",
    },
    proxy: through === undefined || secure ? false : httpProxy(through),
    // A redirect could carry the token to another host; the API sends none.
    maxRedirects: 0,
    maxContentLength: Infinity,
    maxBodyLength: Infinity,
    responseType: "text",
    transformResponse: [(data: unknown) => data],
    validateStatus: () => true,
  });
}

function httpProxy(url: URL): {
  protocol: string;
  host: string;
  port: number;
  auth?: { username: string; password: string };
} {
  return {
    protocol: url.protocol.replace(":", ""),
    host: url.hostname,
    port: Number(url.port === "" ? "80" : url.port),
    ...(url.username !== "" && {
      auth: {
        username: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password),
      },
    }),
  };
}

function plainHeaders(answer: AxiosResponse): Record<string, string> {
  const entries = Object.entries(answer.headers as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function bodyText(data: unknown): string {
  return typeof data === "string" ? data : "";
}

function noAnswer(error: unknown, timedOut: boolean, ms: number): NoAnswer {
  const sent = wasSent(error);
  if (timedOut)
    return new NoAnswer(`no ${sent ? "answer" : "connection"} within ${String(ms)} ms`, {
      sent,
      timedOut,
    });
  return new NoAnswer(codeOf(error) ?? "connection failed", { sent, timedOut });
}
