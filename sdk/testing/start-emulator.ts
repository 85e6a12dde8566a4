import { once, setMaxListeners } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { World } from "./account";
import { addAdmin } from "./admin";
import { createApp } from "./app";
import { createControl } from "./control";
import type { Emulator } from "./emulator";
import { settingsFrom } from "./settings";
import type { EmulatorOptions } from "./options";

/**
 * Starts the Flows API on this machine, with memory: what is written is there in the next read. It knows the operations
 * of `flows-api.md` and answers 501 to any other; it reads no environment variable and talks to nobody.
 * @throws Error for an option or a seed that is wrong, and where the port is taken.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const world = new World(settingsFrom(options));
  const control = createControl(world, options.seed ?? {});
  const closing = new AbortController();
  // Every slow request waits for it.
  setMaxListeners(0, closing.signal);
  const app = createApp(world, closing.signal);
  addAdmin(app, control);

  // Without this, the listener would replace the global Request and Response of the process under test.
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((incoming, outgoing) => {
    server.keepAliveTimeout = world.settings.idleCloseMs;
    void listener(incoming, outgoing);
  });
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  const host = options.host ?? "127.0.0.1";
  server.listen(options.port ?? 0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const close = async (): Promise<void> => {
    if (!server.listening) return;
    closing.abort();
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const own = { url: `http://${host}:${String(port)}`, port, close };
  return Object.defineProperties(own, Object.getOwnPropertyDescriptors(control)) as typeof own &
    typeof control;
}
