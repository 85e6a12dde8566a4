import { readFileSync } from "node:fs";
import path from "node:path";

import { packageFolder } from "../sdk/engine/package-folder";
import type { Seed } from "../sdk/testing/index";
import { startEmulator } from "../sdk/testing/index";
import type { LocalStack } from "./local-stack";
import { deploy, quickstartStack } from "./quickstart";
import { heading, say } from "./screen";

const NEXT = `In a project of your own (README.md), two settings lead to your account:
  pulumi config set --secret celigo:apiToken      (asks for the token)
  pulumi config set celigo:region us      (or eu, au, ca)
To preview this example against it, put your ids at the top of examples/quickstart/index.ts, then:
  CELIGO_API_TOKEN=<token> CELIGO_REGION=us npm start -- --account`;

/** The quickstart against the emulator: nothing is needed, nothing is left behind. */
export async function onEmulator(): Promise<void> {
  const stack = await quickstartStack({ NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" });
  try {
    await deployToEmulator(stack);
  } finally {
    await stack.dispose();
  }
  heading("Next");
  say(NEXT);
}

async function deployToEmulator(stack: LocalStack): Promise<void> {
  const emulator = await startEmulator({ seed: quickstartSeed() });
  try {
    heading(`The emulator, with the exports and imports that the flows name: ${emulator.url}`);
    const address = ["--plaintext", `celigo:baseUrl=${emulator.url}`];
    const token = ["--secret", `celigo:apiToken=${emulator.token}`];
    await stack.run(["config", "set-all", ...address, ...token]);
    await deploy(stack);
  } finally {
    await emulator.close();
  }
}

function quickstartSeed(): Seed {
  const file = path.join(packageFolder(), "examples", "quickstart", "account.json");
  return JSON.parse(readFileSync(file, "utf8")) as Seed;
}
