import { connect } from "node:net";

/** Where the engine listens; absent outside of the engine's plugin process. */
let engine: { readonly host: string; readonly port: number } | undefined;

/** How often the engine is looked at while nothing is written. */
const EVERY_MS = 2000;

/**
 * Ends this process when the engine is gone. A CLI that was killed leaves its plugins behind: they would go on for ever, and
 * send writes that still wait for their turn, whose results nobody could record.
 *
 * @param address - `host:port` on this machine, the argument with which the engine starts its plugins; anything else, as in
 * a program or a test, starts no watch
 */
export function watchEngine(address: string | undefined = process.argv[2]): void {
  const [, host, port] = /^(127\.0\.0\.1|localhost|\[::1\]):(\d+)$/.exec(address ?? "") ?? [];
  if (engine !== undefined || host === undefined) return;
  engine = { host: host.replace(/[[\]]/g, ""), port: Number(port) };
  setInterval(() => void engineStands(), EVERY_MS).unref();
}

/** Resolves where the engine is there, or none is watched; does not return otherwise. To be asked before each write. */
export async function engineStands(): Promise<void> {
  if (engine === undefined) return;
  const { host, port } = engine;
  await new Promise<void>((resolve) => {
    const socket = connect({ host, port });
    const done = (): void => {
      socket.destroy();
      resolve();
    };
    socket.on("connect", done);
    socket.on("error", ({ code }: NodeJS.ErrnoException) => {
      // Nothing but a port on which nobody listens says that the engine is gone.
      if (code === "ECONNREFUSED") process.exit(1);
      done();
    });
  });
}
