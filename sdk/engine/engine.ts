/** Oldest Pulumi CLI that this package works with: the first whose `--expect-no-changes` exits with 7. */
export const MINIMUM_ENGINE_VERSION = "3.227.0";

/** The Pulumi CLI that is installed or built where none is on PATH; `tools/engine` pins the same. */
export const ENGINE_VERSION = "3.259.0";

/** Where an engine came from: `pulumi` on PATH, Pulumi's own installer, or a build with Go. */
export type EngineSource = "path" | "installer" | "build";

/** The environment of a child process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Takes one line of text for a person, without its line end. */
export type LogLine = (line: string) => void;

/** A Pulumi CLI that can run programs of this package. */
export interface Engine {
  /** Path of the `pulumi` binary. */
  readonly pulumi: string;
  /** Its version, without a leading `v`, e.g. `3.259.0`. */
  readonly version: string;
  /** Which of the three ways it came by. */
  readonly source: EngineSource;
  /** Folder of the binary, where its language host and its dynamic provider stand too. */
  readonly binDir: string;
  /** The caller's environment with `binDir` first on PATH, for running it. */
  readonly env: Environment;
}

/** What a look for an engine in one place came to: the engine, or why there is none. */
export type EngineFinding =
  { readonly found: FoundEngine } | { readonly found?: undefined; readonly reason: string };

/** A usable `pulumi` binary. */
export interface FoundEngine {
  /** Path of the `pulumi` binary. */
  readonly pulumi: string;
  /** Its version, without a leading `v`. */
  readonly version: string;
}
