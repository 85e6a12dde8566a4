import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import type { Environment } from "../../sdk/engine/engine";
import type { CommandResult } from "../../sdk/engine/run-command";
import type { LocalRunOptions } from "../../tools/local-stack";
import { createLocalStack } from "../../tools/local-stack";
import { testEngine } from "./engine";
import { installFolder } from "./installed-package";
import { runFolder } from "./run-folder";
import type { ExportedState } from "./stack-state";

/** What {@link createProject} writes. */
export interface ProjectOptions {
  /** Text of the program, or files by name of which the first is the program. */
  readonly program: string | Readonly<Record<string, string>>;
  /** JavaScript starts faster; TypeScript is what most users write. @defaultValue `"javascript"` */
  readonly language?: "javascript" | "typescript" | undefined;
  /** @defaultValue `"test-project"` */
  readonly name?: string | undefined;
  /** Settings with their full keys, e.g. `celigo:baseUrl`. */
  readonly config?: Readonly<Record<string, string>> | undefined;
  /** Settings that are stored encrypted. */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  /** Added to the environment of each command. */
  readonly env?: Environment | undefined;
}

/** What a command of the CLI came to. */
export interface ProjectResult extends CommandResult {
  /** Both streams, in the order in which their lines came. */
  readonly output: string;
}

/** A command's own options. */
export interface ProjectRunOptions extends LocalRunOptions {
  /** Whether `up`, `refresh` and `destroy` preview first. @defaultValue `false` */
  readonly preview?: boolean | undefined;
}

/** A Pulumi project in a temporary folder that has the packed `pulumi-celigo` installed, and its stack. */
export interface PulumiProject {
  /** The program's folder. */
  readonly folder: string;
  /** Where state, history and settings stand. */
  readonly stackFolder: string;
  up(args?: readonly string[], options?: ProjectRunOptions): Promise<ProjectResult>;
  preview(args?: readonly string[], options?: ProjectRunOptions): Promise<ProjectResult>;
  refresh(args?: readonly string[], options?: ProjectRunOptions): Promise<ProjectResult>;
  destroy(args?: readonly string[], options?: ProjectRunOptions): Promise<ProjectResult>;
  /** Any other command, as it is. */
  cli(args: readonly string[], options?: LocalRunOptions): Promise<ProjectResult>;
  /** `pulumi stack export`: secrets stay encrypted. */
  state(): Promise<ExportedState>;
  /** The stack's outputs, secrets in the clear. */
  outputs(): Promise<Record<string, unknown>>;
  setConfig(
    config: Readonly<Record<string, string>>,
    secrets?: Readonly<Record<string, string>>,
  ): Promise<void>;
  /** Replaces the program's text. */
  writeProgram(text: string): Promise<void>;
  /** Removes the folders; what was deployed stays. */
  dispose(): Promise<void>;
}

/** Makes a project and its stack. Tests may make as many at once as they like. */
export async function createProject(options: ProjectOptions): Promise<PulumiProject> {
  const folder = await writeProject(options);
  const stack = await createLocalStack({
    engine: testEngine(),
    project: folder,
    parent: runFolder(),
    home: path.join(runFolder(), "home"),
    env: options.env,
  });
  const program = Object.keys(programFiles(options))[0] ?? "";

  const cli = async (
    args: readonly string[],
    runOptions: LocalRunOptions = {},
  ): Promise<ProjectResult> => {
    const lines: string[] = [];
    const onLine = (line: string, stream: "stdout" | "stderr"): void => {
      lines.push(line);
      runOptions.onLine?.(line, stream);
    };
    const result = await stack.run(args, { ...runOptions, onLine });
    return { ...result, output: lines.join("\n") };
  };
  const change =
    (verb: string) =>
    (args: readonly string[] = [], { preview, ...runOptions }: ProjectRunOptions = {}) =>
      cli([verb, "--yes", ...(preview === true ? [] : ["--skip-preview"]), ...args], runOptions);
  const setConfig: PulumiProject["setConfig"] = async (config, secrets = {}) => {
    const args = [...pairs("--plaintext", config), ...pairs("--secret", secrets)];
    if (args.length > 0) await succeed(cli(["config", "set-all", ...args]));
  };

  await setConfig(options.config ?? {}, options.secrets);
  return {
    folder,
    stackFolder: stack.folder,
    up: change("up"),
    refresh: change("refresh"),
    destroy: change("destroy"),
    preview: (args = [], runOptions = {}) => cli(["preview", ...args], runOptions),
    cli,
    setConfig,
    state: async () => JSON.parse(await succeed(cli(["stack", "export"]))) as ExportedState,
    outputs: async () =>
      JSON.parse(await succeed(cli(["stack", "output", "--json", "--show-secrets"]))) as Record<
        string,
        unknown
      >,
    writeProgram: (text) => writeFile(path.join(folder, program), text),
    dispose: async () => {
      await stack.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function writeProject(options: ProjectOptions): Promise<string> {
  const { name = "test-project", language = "javascript" } = options;
  const projects = path.join(installFolder(), "projects");
  await mkdir(projects, { recursive: true });
  const folder = await mkdtemp(path.join(projects, `${name}-`));
  const program = programFiles(options);
  const files: Record<string, string> = {
    ...program,
    "Pulumi.yaml": [
      `name: ${name}`,
      "runtime:",
      "  name: nodejs",
      "  options:",
      `    typescript: ${String(language === "typescript")}`,
      "",
    ].join("\n"),
    "package.json": JSON.stringify({ name, private: true, main: Object.keys(program)[0] }),
  };
  if (language === "typescript") files["tsconfig.json"] = TSCONFIG;
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(folder, file), text);
  return folder;
}

/** As `pulumi new typescript` writes it, apart from the module system, which has to know `exports` maps. */
const TSCONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    target: "es2022",
    module: "node16",
    moduleResolution: "node16",
    outDir: "bin",
    types: ["node"],
  },
});

function programFiles({ program, language }: ProjectOptions): Readonly<Record<string, string>> {
  if (typeof program !== "string") return program;
  return { [language === "typescript" ? "index.ts" : "index.js"]: program };
}

function pairs(flag: string, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${value}`]);
}

/** Standard output of a command that must not fail. */
async function succeed(running: Promise<ProjectResult>): Promise<string> {
  const { code, stdout, output } = await running;
  if (code !== 0) throw new Error(`The CLI ended with ${code}:\n${output}`);
  return stdout;
}
