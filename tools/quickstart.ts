import { resolveEngine } from "../sdk/engine/resolve-engine";
import type { Environment } from "../sdk/engine/engine";
import { packageFolder } from "../sdk/engine/package-folder";
import { flowTable } from "./flow-table";
import type { LocalStack } from "./local-stack";
import { createLocalStack } from "./local-stack";
import { echo, heading, say } from "./screen";

let isInterrupted = false;

/** Ends the quickstart after the command that runs now. */
export function interrupt(): void {
  isInterrupted = true;
}

/** Makes a stack of the project at the root of the repository, outside of it; `env` is the program's. */
export async function quickstartStack(env: Environment): Promise<LocalStack> {
  heading("The Pulumi engine");
  const engine = await resolveEngine({ env: process.env, log: say });
  return createLocalStack({ engine, project: packageFolder(), env });
}

/**
 * Runs `pulumi` as a user would, and shows it. `more` are flags that only make it print less.
 *
 * @throws Error when the command fails.
 */
export async function pulumi(
  stack: LocalStack,
  command: string,
  more: readonly string[] = [],
): Promise<void> {
  if (isInterrupted) throw new Error("Interrupted.");
  heading(`$ pulumi ${command}`);
  const { code } = await stack.run([...command.split(" "), ...more], { onLine: echo });
  if (code !== 0) throw new Error(`\`pulumi ${command}\` ended with exit code ${code}.`);
}

/** Deploys the flows, shows them, and proves that the service has what the program says. */
export async function deploy(stack: LocalStack): Promise<void> {
  const quiet = ["--suppress-progress", "--suppress-outputs"];
  await pulumi(stack, "up --yes", ["--skip-preview", ...quiet]);
  const { stdout } = await stack.run(["stack", "export"]);
  heading("The flows, as they are deployed");
  say(flowTable(stdout));
  await pulumi(stack, "preview --refresh --expect-no-changes", quiet);
  say("Nothing differs: the service has what the program says.");
}
