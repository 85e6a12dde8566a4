import path from "node:path";

import type { EngineFinding, Environment, LogLine } from "./engine";
import { ENGINE_VERSION } from "./engine";
import { findExecutable, probeEngine } from "./probe-engine";
import { withProgress } from "./progress";
import { runCommand } from "./run-command";

/**
 * In a process of its own, so that it can be ended when it hangs, and so that the Automation API with its
 * many modules is loaded only where it is needed. The connection comes first: the installer has no time limit.
 */
const INSTALL_SCRIPT = `
const net = require("node:net");
const { createRequire } = require("node:module");
const [root, version] = process.argv.slice(1);
const fail = (error) => { console.error(error.message); process.exit(1); };
const socket = net.connect({ host: "get.pulumi.com", port: 443, timeout: 5000 });
socket.on("error", fail);
socket.on("timeout", () => fail(new Error("no answer from get.pulumi.com within 5 s")));
socket.on("connect", () => {
  socket.destroy();
  const automation = require.resolve("@pulumi/pulumi/automation");
  const { SemVer } = createRequire(automation)("semver");
  require(automation).PulumiCommand.install({ root, version: new SemVer(version) }).catch(fail);
});
`;

const LIMIT_MS = 5 * 60_000;

/** The engine that an earlier {@link installEngine} left in the cache, if there is one. */
export async function installedEngine(cacheDir: string, env: Environment): Promise<EngineFinding> {
  const pulumi = await findExecutable("pulumi", [path.join(installRoot(cacheDir), "bin")]);
  return pulumi === undefined ? { reason: "nothing installed yet" } : probeEngine(pulumi, env);
}

/**
 * Has Pulumi's own installer, that of the Automation API, put the CLI into the cache.
 * Without internet it fails within seconds. Throws nothing.
 */
export async function installEngine(
  cacheDir: string,
  env: Environment,
  log: LogLine,
): Promise<EngineFinding> {
  const args = ["-e", INSTALL_SCRIPT, installRoot(cacheDir), ENGINE_VERSION];
  const installing = runCommand(process.execPath, args, {
    cwd: __dirname, // where `@pulumi/pulumi` is found from
    env,
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const { code, stderr } = await withProgress(
    `installing pulumi ${ENGINE_VERSION}`,
    log,
    installing,
  );
  if (code !== 0) return { reason: stderr.trim().split("\n")[0] ?? `exit code ${code}` };
  return installedEngine(cacheDir, env);
}

/** Not the folder of the builds: what one of the two left there must not pass for the other's. */
function installRoot(cacheDir: string): string {
  return path.join(cacheDir, "engine", `${ENGINE_VERSION}-installed`);
}
