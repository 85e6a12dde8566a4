import type { Environment } from "../sdk/engine/engine";
import type { LocalStack } from "./local-stack";
import { deploy, pulumi, quickstartStack } from "./quickstart";
import { heading, say } from "./screen";

/**
 * The quickstart against the account that the environment names: a preview, which writes nothing. With `yes` it is
 * deployed and proven, and destroyed again, since the stack of a trial does not outlive it.
 */
export async function onAccount(env: Environment, yes: boolean): Promise<void> {
  if ((env["CELIGO_API_TOKEN"] ?? "") === "") {
    throw new Error(
      "CELIGO_API_TOKEN is not set. It holds an API token of your account; CELIGO_REGION (us, eu, au, ca) says where that is.",
    );
  }
  const settings = Object.entries(env).filter(([name]) => name.startsWith("CELIGO_"));
  const stack = await quickstartStack(Object.fromEntries(settings));
  if (yes) return deployAndDestroy(stack);
  try {
    await pulumi(stack, "preview", ["--suppress-progress"]);
    say("Nothing was written. `npm start -- --account --yes` deploys, proves and destroys it.");
  } finally {
    await stack.dispose();
  }
}

async function deployAndDestroy(stack: LocalStack): Promise<void> {
  try {
    await deploy(stack);
  } finally {
    heading("$ pulumi destroy --yes");
    const { code, stdout, stderr } = await stack.run(["destroy", "--yes", "--skip-preview"]);
    if (code === 0) {
      say("The flows are gone from the account again.");
      await stack.dispose();
    } else {
      say(`${stdout}${stderr}`);
      say(`Not everything could be destroyed. The stack is kept in ${stack.folder}.`);
    }
  }
}
