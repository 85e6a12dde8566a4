/** `npm start`: the quickstart on the real engine. tools/on-emulator.ts and tools/on-account.ts say where to. */

import { parseArgs } from "node:util";

import { onAccount } from "./on-account";
import { onEmulator } from "./on-emulator";
import { interrupt } from "./quickstart";

const USAGE = `npm start                      deploys examples/quickstart to the emulator
npm start -- --account         previews it against your own account; needs CELIGO_API_TOKEN
npm start -- --account --yes   deploys it there, proves it, and destroys it again`;

async function start(): Promise<void> {
  const options = {
    account: { type: "boolean", default: false },
    yes: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) process.stdout.write(`${USAGE}\n`);
  else if (values.account) await onAccount(process.env, values.yes);
  else await onEmulator();
}

// The engine hears Ctrl-C too: what runs ends in good order, then everything is cleaned up.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupt);

start().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
