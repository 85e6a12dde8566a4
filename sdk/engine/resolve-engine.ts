import { homedir } from "node:os";
import path from "node:path";

import { buildEngine, builtEngine } from "./build-engine";
import type {
  Engine,
  EngineFinding,
  EngineSource,
  Environment,
  FoundEngine,
  LogLine,
} from "./engine";
import { MINIMUM_ENGINE_VERSION } from "./engine";
import { installedEngine, installEngine } from "./install-engine";
import { findExecutable, pathFolders, probeEngine } from "./probe-engine";

const SOURCE_LABELS: Readonly<Record<EngineSource, string>> = {
  path: "PATH",
  installer: "Pulumi's installer",
  build: "built with Go",
};

/** How {@link resolveEngine} looks for an engine. */
export interface ResolveEngineOptions {
  /** Takes the line that says which engine was taken and why, and the progress of a long build. */
  readonly log: LogLine;
  /** The environment in which the engine will run; PATH, HOME and XDG_CACHE_HOME are read here. */
  readonly env: Environment;
  /** Folder for engines that are installed or built. @defaultValue `pulumi-celigo` in the user's cache folder */
  readonly cacheDir?: string | undefined;
}

/** Thrown by {@link resolveEngine} where no engine can be had; its message is for people and names every reason. */
export class EngineMissingError extends Error {
  override readonly name = "EngineMissingError";

  constructor(reasons: ReadonlyMap<EngineSource, string>) {
    super(
      [
        "There is no Pulumi engine, and none can be had:",
        ...[...reasons].map(([source, reason]) => `  - ${SOURCE_LABELS[source]}: ${reason}`),
        `Install the Pulumi CLI ${MINIMUM_ENGINE_VERSION} or newer (https://www.pulumi.com/docs/install/), or Go, and run this again.`,
      ].join("\n"),
    );
  }
}

interface Attempt {
  readonly source: EngineSource;
  readonly look: () => Promise<EngineFinding>;
}

/**
 * Finds a Pulumi engine, or gets one: `pulumi` on PATH, else Pulumi's own installer, else a build with Go.
 * What was installed or built once is kept in the cache and costs nothing the next time.
 *
 * @throws EngineMissingError when none of the three works.
 */
export async function resolveEngine(options: ResolveEngineOptions): Promise<Engine> {
  const { env, log } = options;
  const cacheDir = options.cacheDir ?? defaultCacheFolder(env);
  const attempts: Attempt[] = [
    { source: "path", look: () => engineOnPath(env) },
    { source: "installer", look: () => installedEngine(cacheDir, env) },
    { source: "build", look: () => builtEngine(cacheDir, env) },
    { source: "installer", look: () => installEngine(cacheDir, env, log) },
    { source: "build", look: () => buildEngine(cacheDir, env, log) },
  ];

  const reasons = new Map<EngineSource, string>();
  for (const { source, look } of attempts) {
    const finding = await look();
    if (finding.found !== undefined) {
      reasons.delete(source);
      log(describe(finding.found, source, reasons));
      return toEngine(finding.found, source, env);
    }
    reasons.set(source, finding.reason);
  }
  throw new EngineMissingError(reasons);
}

async function engineOnPath(env: Environment): Promise<EngineFinding> {
  const pulumi = await findExecutable("pulumi", pathFolders(env));
  return pulumi === undefined ? { reason: "there is no pulumi" } : probeEngine(pulumi, env);
}

function describe(
  found: FoundEngine,
  source: EngineSource,
  reasons: ReadonlyMap<EngineSource, string>,
): string {
  const order: EngineSource[] = ["path", "installer", "build"];
  const earlier = order.slice(0, order.indexOf(source));
  const why = earlier.map((one) => `; ${SOURCE_LABELS[one]}: ${reasons.get(one) ?? "not asked"}`);
  return `engine: pulumi ${found.version} (${SOURCE_LABELS[source]}: ${found.pulumi})${why.join("")}`;
}

function toEngine(
  { pulumi, version }: FoundEngine,
  source: EngineSource,
  env: Environment,
): Engine {
  const binDir = path.dirname(pulumi);
  const folders = [binDir, ...pathFolders(env).filter((folder) => folder !== binDir)];
  return {
    pulumi,
    version,
    source,
    binDir,
    env: { ...env, PATH: folders.join(path.delimiter) },
  };
}

/** Where engines that were installed or built are kept: `pulumi-celigo` in the user's cache folder. */
export function defaultCacheFolder(env: Environment): string {
  const caches = env["XDG_CACHE_HOME"] ?? path.join(env["HOME"] ?? homedir(), ".cache");
  return path.join(caches, "pulumi-celigo");
}
