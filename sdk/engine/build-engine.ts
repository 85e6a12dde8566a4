import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";

import { placeDynamicProvider } from "./dynamic-provider-script";
import type { EngineFinding, Environment, LogLine } from "./engine";
import { ENGINE_VERSION } from "./engine";
import { withLock } from "./lock";
import { packageFolder } from "./package-folder";
import { findExecutable, pathFolders, probeEngine } from "./probe-engine";
import { withProgress } from "./progress";
import { runCommand } from "./run-command";
import { partialName } from "./write-whole";

interface GoProgram {
  readonly name: string;
  /** Folder of its `go.mod`, under `tools/engine`. */
  readonly module: string;
  readonly package: string;
  readonly ldflags: string;
}

/** In the order of building: where `pulumi` stands, the rest does too. */
const PROGRAMS: readonly GoProgram[] = [
  {
    name: "pulumi-language-nodejs",
    module: "language",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    ldflags: "-s -w",
  },
  {
    name: "pulumi",
    module: "cli",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    ldflags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${ENGINE_VERSION}`,
  },
];

/** The engine that an earlier {@link buildEngine} left in the cache, if there is one. */
export async function builtEngine(cacheDir: string, env: Environment): Promise<EngineFinding> {
  const binDir = buildFolder(cacheDir);
  const pulumi = await findExecutable("pulumi", [binDir]);
  if (pulumi === undefined) return { reason: "nothing built yet" };
  await placeDynamicProvider(binDir);
  return probeEngine(pulumi, env);
}

/**
 * Builds the engine with Go into the cache, from the modules that `tools/engine` pins: minutes with empty
 * caches, seconds afterwards. Processes take turns. Throws nothing that a missing or failing Go causes.
 */
export async function buildEngine(
  cacheDir: string,
  env: Environment,
  log: LogLine,
): Promise<EngineFinding> {
  if (process.platform === "win32") return { reason: "not done on Windows" };
  if ((await findExecutable("go", pathFolders(env))) === undefined) {
    return { reason: "there is no go on PATH" };
  }
  const binDir = buildFolder(cacheDir);
  await mkdir(binDir, { recursive: true });
  const onWait = (): void => {
    log("another process is building the engine: waiting for it");
  };
  return withLock(
    path.join(path.dirname(binDir), "build.lock"),
    async () => {
      const built = await builtEngine(cacheDir, env); // by the process that was waited for
      if (built.found !== undefined) return built;
      await removePartials(binDir);
      for (const program of PROGRAMS) {
        const failure = await build(program, binDir, env, log);
        if (failure !== undefined) return { reason: failure };
      }
      return builtEngine(cacheDir, env);
    },
    { onWait },
  );
}

async function build(
  program: GoProgram,
  binDir: string,
  env: Environment,
  log: LogLine,
): Promise<string | undefined> {
  const file = path.join(binDir, program.name);
  const module = path.join(packageFolder(), "tools", "engine", program.module);
  const args = ["build", "-C", module, "-mod=readonly", "-buildvcs=false"];
  args.push("-ldflags", program.ldflags, "-o", partialName(file), program.package);

  const label = `building ${program.name} with go`;
  log(`${label} (once per version; minutes with empty caches)`);
  const running = runCommand("go", args, { env: { ...env, GOWORK: "off" } });
  const { code, stderr } = await withProgress(label, log, running);
  if (code !== 0) return `go build of ${program.name} failed: ${lastLines(stderr)}`;
  await rename(partialName(file), file);
  return undefined;
}

function lastLines(text: string): string {
  const lines = text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("go: downloading"));
  return lines.slice(-3).join(" | ");
}

/** What a build that was killed left behind. */
async function removePartials(binDir: string): Promise<void> {
  const names = (await readdir(binDir)).filter((name) => name.endsWith(".partial"));
  await Promise.all(names.map((name) => rm(path.join(binDir, name), { force: true })));
}

function buildFolder(cacheDir: string): string {
  return path.join(cacheDir, "engine", ENGINE_VERSION, "bin");
}
