import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import type { Answer } from "./route";

/** What a request came in on, as far as faults have to reach it. */
export interface Wire {
  readonly incoming: HttpBindings["incoming"];
  readonly outgoing: HttpBindings["outgoing"];
  /** Headers that every answer carries. */
  readonly headers: Readonly<Record<string, string>>;
  /** Aborted when the emulator is closed. */
  readonly closing: AbortSignal;
}

/** Waits; never comes back when the emulator is closed before. */
export async function pause(ms: number, closing: AbortSignal): Promise<void> {
  if (ms <= 0) return;
  try {
    await sleep(ms, undefined, { signal: closing });
  } catch {
    await new Promise(() => undefined);
  }
}

/** Text of an answer's body; undefined where it has none. */
function textOfAnswer(answer: Answer): string | undefined {
  return answer.body === undefined ? undefined : JSON.stringify(answer.body);
}

/** An answer as a response. */
export function toResponse(answer: Answer, wire: Wire): Response {
  const text = textOfAnswer(answer);
  const type = text === undefined ? {} : { "content-type": "application/json; charset=utf-8" };
  return new Response(text ?? null, {
    status: answer.status,
    headers: { ...type, ...wire.headers, ...answer.headers },
  });
}

/** Sends half of an answer under the length of the whole, then cuts the connection. */
export function sendTruncated(answer: Answer, wire: Wire): void {
  const bytes = Buffer.from(textOfAnswer(answer) ?? "");
  const headers = {
    "content-type": "application/json; charset=utf-8",
    ...wire.headers,
    ...answer.headers,
  };
  wire.outgoing.writeHead(answer.status, { ...headers, "content-length": String(bytes.length) });
  wire.outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
    wire.incoming.socket.destroy();
  });
}
