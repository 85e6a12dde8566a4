import type { Environment } from "../engine/engine";
import { defaultCacheFolder } from "../engine/resolve-engine";
import { checkAccount } from "./account";
import type { Finding } from "./finding";
import { programFolder, projectFileOf } from "./program-folder";
import { NO_CONFIG, readStackConfig, type StackConfig } from "./stack-config";
import { checkCli, checkNode, checkRuntime, checkSdk } from "./tools";

/** What to look at. */
export interface DiagnoseOptions {
  /** Folder of the project, absolute. */
  readonly cwd: string;
  /** Stack whose config counts. Absent: the selected one, if there is any. */
  readonly stack?: string | undefined;
  /** The environment in which programs run. */
  readonly env: Environment;
  /** Version of Node.js. */
  readonly node: string;
}

/**
 * Looks at everything that a deployment needs before it begins: Node.js, CLI, SDK, the program's folder, settings, region and
 * token. Changes nothing, installs nothing; each finding says what to repair.
 */
export async function diagnose({ cwd, stack, env, node }: DiagnoseOptions): Promise<Finding[]> {
  const { finding: cli, pulumi } = await checkCli(env, defaultCacheFolder(env));
  const file = projectFileOf(cwd);
  const folder = file === undefined ? cwd : programFolder(file);
  const config = await configOf(file === undefined ? undefined : pulumi, { cwd, stack, env });
  return [
    checkNode(node),
    cli,
    projectFinding(file, folder),
    checkSdk(folder),
    await checkRuntime(folder, env),
    ...stackFindings(stack, config),
    ...(await checkAccount(config, env)),
  ];
}

async function configOf(
  pulumi: string | undefined,
  choice: { readonly cwd: string; readonly stack?: string | undefined; readonly env: Environment },
): Promise<StackConfig> {
  return pulumi === undefined ? NO_CONFIG : readStackConfig({ pulumi, ...choice });
}

function projectFinding(file: string | undefined, folder: string): Finding {
  const check = "project";
  if (file !== undefined) return { check, status: "ok", found: `the program runs in ${folder}` };
  const next = "run this in the folder of a Pulumi project, or name it with --cwd.";
  return { check, status: "warning", found: `no Pulumi.yaml in ${folder} or above`, next };
}

/** What came of reading the stack's config. Pure. */
export function stackFindings(
  stack: string | undefined,
  { unread, values }: StackConfig,
): Finding[] {
  const check = "stack";
  if (unread === undefined) {
    const count = Object.keys(values).filter((key) => key.startsWith("celigo:")).length;
    return count === 0
      ? []
      : [{ check, status: "ok", found: `settings of celigo in its config: ${String(count)}` }];
  }
  if (stack === undefined && unread.startsWith("no stack selected")) {
    return [{ check, status: "skipped", found: `${unread}; the environment counts` }];
  }
  const next =
    "name an existing stack, and see that the backend's login and the passphrase are there.";
  // Who has not logged in may have no stack yet; one that is there and cannot be decrypted cannot be deployed either.
  const isThere = stack !== undefined || /passphrase|decrypt/i.test(unread);
  const found = `${stack ?? "the selected stack"} cannot be read: ${unread}`;
  return [{ check, status: isThere ? "failed" : "warning", found, next }];
}
