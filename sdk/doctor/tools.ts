import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { builtEngine } from "../engine/build-engine";
import { type EngineFinding, type Environment, MINIMUM_ENGINE_VERSION } from "../engine/engine";
import { installedEngine } from "../engine/install-engine";
import { findExecutable, isAtLeast, pathFolders, probeEngine } from "../engine/probe-engine";
import { runCommand } from "../engine/run-command";
import type { Finding } from "./finding";

/** Oldest Node.js that the package runs on (contract.md 1). */
const MINIMUM_NODE = "20.0.0";
/** Oldest `@pulumi/pulumi` whose provider process may return inputs from `read` (contract.md 1). */
const MINIMUM_SDK = "3.216.0";
const INSTALL_CLI = `install Pulumi ${MINIMUM_ENGINE_VERSION} or newer (https://www.pulumi.com/docs/install/).`;

/** Whether this Node.js is new enough. Pure. */
export function checkNode(version: string): Finding {
  const check = "Node.js";
  if (isAtLeast(version, MINIMUM_NODE)) return { check, status: "ok", found: version };
  const next = `install Node.js ${MINIMUM_NODE} or newer.`;
  return { check, status: "failed", found: `${version}, older than ${MINIMUM_NODE}`, next };
}

/** What a look for a CLI came to, and the one to go on with. */
export interface CliFinding {
  readonly finding: Finding;
  /** Path of the binary; absent where there is none. */
  readonly pulumi?: string;
}

/** Whether there is a Pulumi CLI that is new enough and has what TypeScript programs need; installs nothing. */
export async function checkCli(env: Environment, cacheDir: string): Promise<CliFinding> {
  const check = "Pulumi CLI";
  const onPath = await findExecutable("pulumi", pathFolders(env));
  const first: EngineFinding =
    onPath === undefined
      ? { reason: "there is no pulumi on PATH" }
      : await probeEngine(onPath, env);
  if (first.found !== undefined) {
    const { pulumi, version } = first.found;
    return { finding: { check, status: "ok", found: `${version} (${pulumi})` }, pulumi };
  }
  for (const look of [installedEngine, builtEngine]) {
    const { found } = await look(cacheDir, env);
    if (found === undefined) continue;
    const text = `${first.reason}; \`pulumi-celigo\` itself uses ${found.version} (${found.pulumi})`;
    const finding: Finding = { check, status: "warning", found: text, next: INSTALL_CLI };
    return { finding, pulumi: found.pulumi };
  }
  return { finding: { check, status: "failed", found: first.reason, next: INSTALL_CLI } };
}

/** Whether the program's folder has a `@pulumi/pulumi` that the package works with. */
export function checkSdk(folder: string): Finding {
  const check = "@pulumi/pulumi";
  const next = `run \`npm install @pulumi/pulumi\` in ${folder}.`;
  const version = versionIn(folder);
  if (version === undefined) {
    return { check, status: "failed", found: `not installed in ${folder}`, next };
  }
  const fits = isAtLeast(version, MINIMUM_SDK) && !isAtLeast(version, "4.0.0");
  if (fits) return { check, status: "ok", found: version };
  return { check, status: "failed", found: `${version}, not >=${MINIMUM_SDK} <4`, next };
}

function versionIn(folder: string): string | undefined {
  try {
    const file = createRequire(path.join(folder, "index.js")).resolve(
      "@pulumi/pulumi/package.json",
    );
    return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version;
  } catch {
    return undefined;
  }
}

/** What Pulumi stores for each flow, run as the engine's plugin process runs it. */
const LOAD = `
const { flow } = require("node:module").createRequire(process.cwd() + "/")("pulumi-celigo/runtime");
process.exit(typeof flow?.read === "function" ? 0 : 3);
`;

/** Whether the program's folder can load the runtime, by which the engine's plugin process works. */
export async function checkRuntime(folder: string, env: Environment): Promise<Finding> {
  const check = "runtime";
  const { code, stderr } = await runCommand(process.execPath, ["-e", LOAD], { cwd: folder, env });
  if (code === 0) {
    return { check, status: "ok", found: `pulumi-celigo/runtime loads in ${folder}` };
  }
  const reason = /^(?:\w*Error.*)$/m.exec(stderr)?.[0] ?? "it has no flows";
  return {
    check,
    status: "failed",
    found: `pulumi-celigo/runtime cannot be loaded in ${folder}: ${reason}`,
    next: `run \`npm install pulumi-celigo\` in ${folder}, where the engine's plugin process looks for it.`,
  };
}
