import { type ClientRequest, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { Socket } from "node:net";

import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";

/** Where a transport gets its connections from, as axios takes them. */
export interface Agents {
  /** For `http:`. */
  readonly httpAgent: HttpAgent;
  /** For `https:`, through the proxy that the environment names for the base URL, if any. */
  readonly httpsAgent: HttpAgent;
}

/** Sockets of which it is known whether they ever connected, and those that did. */
const watched = new WeakSet<object>();
const connected = new WeakSet<object>();

/**
 * Connections to the service: kept alive and used again, or a new one for each request (whose TLS session is resumed).
 */
export function createAgents(baseUrl: string, keepAlive: boolean): Agents {
  const proxy = getProxyForUrl(baseUrl);
  return {
    httpAgent: watch(new HttpAgent({ keepAlive }), "connect"),
    httpsAgent:
      proxy === ""
        ? watch(new HttpsAgent({ keepAlive }), "secureConnect")
        : throughProxy(proxy, keepAlive),
  };
}

/**
 * Connections through a proxy. What it says in place of making one is no answer of the service: its 404 would be a flow that
 * is gone, and its 5xx a POST that may have arrived.
 */
function throughProxy(proxy: string, keepAlive: boolean): HttpAgent {
  const agent = new HttpsProxyAgent(proxy, { keepAlive });
  agent.on("proxyConnect", ({ statusCode }: { statusCode: number }, request: ClientRequest) => {
    if (statusCode === 200) return;
    const refusal = `the proxy refused to connect, status ${String(statusCode)}`;
    request.destroy(Object.assign(new Error(refusal), { code: refusal, syscall: "connect" }));
  });
  return agent;
}

/** Whether nothing can have been said on a socket, since it never connected; false where that is not known. */
export function neverConnected(socket: object): boolean {
  return watched.has(socket) && !connected.has(socket);
}

type Connect = (...args: unknown[]) => object | null | undefined;

/** Node documents `createConnection` of an agent; its types leave it out. */
function watch(agent: HttpAgent, event: "connect" | "secureConnect"): HttpAgent {
  const connect = Reflect.get(agent, "createConnection") as Connect;
  const watching: Connect = (...args) => {
    const socket = connect.apply(agent, args);
    if (socket instanceof Socket) {
      watched.add(socket);
      socket.once(event, () => connected.add(socket));
    }
    return socket;
  };
  Object.assign(agent, { createConnection: watching });
  return agent;
}
