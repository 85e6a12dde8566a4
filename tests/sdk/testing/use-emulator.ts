import type { JsonObject } from "../../../provider/api/types";
import { startEmulator } from "../../../sdk/testing/index";
import type { Emulator, EmulatorOptions } from "../../../sdk/testing/index";

export interface Reply {
  status: number;
  headers: Headers;
  /** The parsed body, or its text. Any: tests look into answers freely. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export interface Asked {
  token?: string | null;
  type?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** One request as a client makes it; a string body is sent as it is. */
export async function ask(
  emulator: { url: string; token: string },
  request: string,
  body?: unknown,
  { token = emulator.token, type = "application/json", headers = {}, signal }: Asked = {},
): Promise<Reply> {
  const [method = "GET", path = "/"] = request.split(" ");
  const response = await fetch(emulator.url + (path.startsWith("/__") ? path : `/v1${path}`), {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": type }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const text = await response.text();
  const isJson =
    text !== "" && response.headers.get("content-type")?.startsWith("application/json") === true;
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : text,
  };
}

/** Starts emulators for the tests of a file and stops them after each. */
export function useEmulators(): (options?: EmulatorOptions) => Promise<Emulator> {
  let started: Emulator[] = [];
  afterEach(async () => {
    await Promise.all(started.map((emulator) => emulator.close()));
    started = [];
  });
  return async (options = {}) => {
    const emulator = await startEmulator(options);
    started.push(emulator);
    return emulator;
  };
}

/** A clock that stands still until it is moved. */
export function aClock(start = Date.parse("2024-01-15T10:00:00.000Z")): {
  now: () => number;
  pass: (ms: number) => void;
} {
  let time = start;
  return {
    now: () => time,
    pass: (ms) => {
      time += ms;
    },
  };
}

/** What the flows of the tests are made of. */
export const STEPS = { exports: ["exp123", "exp456"], imports: ["imp123", "imp456"] };

/** A flow as a client writes it. */
export function aFlow(overrides: object = {}): JsonObject {
  return {
    name: "Customer Sync",
    pageGenerators: [{ _exportId: "exp123" }],
    pageProcessors: [{ type: "import", _importId: "imp123" }],
    ...overrides,
  };
}
