import { writeFile } from "node:fs/promises";
import path from "node:path";

import { type Emulator, type EmulatorOptions, startEmulator } from "../../sdk/testing/index";
import { createProject, type ProjectResult, type PulumiProject } from "./pulumi-project";
import { dynamicResources, type ExportedResource } from "./stack-state";

/** One `new celigo.Flow(name, args, opts)`; `{ $ref: name }` stands for another flow's id, `{ $secret: value }` for a secret. */
export interface DeclaredFlow {
  readonly name: string;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly opts?: Readonly<Record<string, unknown>>;
}

/** A project whose program declares flows from a list, with an emulator that has what they name. */
export interface FlowStack {
  readonly project: PulumiProject;
  readonly emulator: Emulator;
  /** Sets what the program declares. */
  declare(...flows: DeclaredFlow[]): Promise<void>;
  /** `up`, which must succeed; the log of requests is cleared before it. */
  deploy(...flows: DeclaredFlow[]): Promise<ProjectResult>;
  /** `refresh --preview-only --expect-no-changes`: 0 where nothing drifted, 7 otherwise. */
  refreshPreview(): Promise<ProjectResult>;
  /** `preview --refresh --expect-no-changes`. */
  refreshedPreview(): Promise<ProjectResult>;
  /** Id of a flow in the state. */
  idOf(name: string): Promise<string>;
  /** The flow's entry in the exported state. */
  entry(name: string): Promise<ExportedResource>;
  /** Verbs and paths that arrived since the log was cleared, without the host and `/v1`. */
  arrived(): string[];
  close(): Promise<void>;
}

/** What the declared flows may name. */
export const SEED = {
  exports: ["exp123", "exp124", "exp125"].map((_id) => ({
    _id,
    name: `Export ${_id}`,
    isLookup: true,
  })),
  imports: ["imp123", "imp124", "imp125"].map((_id) => ({ _id, name: `Import ${_id}` })),
  integrations: ["int123", "int124"].map((_id) => ({ _id, name: `Integration ${_id}` })),
};

/** Arguments of a flow with one source and one step. */
export function aFlow(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    pageGenerators: [{ exportId: "exp123" }],
    pageProcessors: [{ type: "import", importId: "imp123" }],
    ...more,
  };
}

const PROGRAM = `
const fs = require("fs");
const pulumi = require("@pulumi/pulumi");
const celigo = require("pulumi-celigo");
const made = {};
const build = (value) => {
  if (Array.isArray(value)) return value.map(build);
  if (typeof value !== "object" || value === null) return value;
  if ("$ref" in value) return made[value.$ref].id;
  if ("$resource" in value) return made[value.$resource];
  if ("$secret" in value) return pulumi.secret(value.$secret);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, build(member)]));
};
for (const { name, args, opts, get } of JSON.parse(fs.readFileSync("flows.json", "utf8"))) {
  made[name] = get === undefined ? new celigo.Flow(name, build(args), build(opts)) : celigo.Flow.get(name, get);
}
module.exports = Object.fromEntries(Object.entries(made).map(([name, flow]) => [name, flow.id]));
`;

/** What is not a matter of the emulator or of the config. */
export interface FlowStackOptions {
  /** An emulator that runs already. */
  readonly emulator?: Emulator;
  /** Token and URL come from the environment, so that neither is in the state. */
  readonly fromEnvironment?: boolean;
}

/** Starts an emulator and makes the stack. */
export async function createFlowStack(
  options: EmulatorOptions = {},
  config: Readonly<Record<string, string>> = {},
  more: FlowStackOptions = {},
): Promise<FlowStack> {
  const emulator = more.emulator ?? (await startEmulator({ seed: SEED, ...options }));
  const project = await createProject({
    program: PROGRAM,
    ...(more.fromEnvironment === true
      ? { config, env: { CELIGO_BASE_URL: emulator.url, CELIGO_API_TOKEN: emulator.token } }
      : {
          config: { "celigo:baseUrl": emulator.url, ...config },
          secrets: { "celigo:apiToken": emulator.token },
        }),
  });
  const declare: FlowStack["declare"] = (...flows) =>
    writeFile(path.join(project.folder, "flows.json"), JSON.stringify(flows));
  const entry: FlowStack["entry"] = async (name) => {
    const found = dynamicResources(await project.state()).find(({ urn }) =>
      urn.endsWith(`::${name}`),
    );
    if (found === undefined) throw new Error(`The state has no flow ${name}.`);
    return found;
  };
  return {
    project,
    emulator,
    declare,
    async deploy(...flows) {
      await declare(...flows);
      emulator.clearLog();
      const result = await project.up();
      if (result.code !== 0)
        throw new Error(`up ended with ${String(result.code)}:\n${result.output}`);
      return result;
    },
    refreshPreview: () => project.cli(["refresh", "--preview-only", "--expect-no-changes"]),
    refreshedPreview: () => project.preview(["--refresh", "--expect-no-changes"]),
    idOf: async (name) => (await entry(name)).id ?? "",
    entry,
    arrived: () =>
      emulator.log.map(({ method, path: at }) => `${method} ${at.replace(/^\/v1/, "")}`),
    async close() {
      await project.dispose();
      await emulator.close();
    },
  };
}

/** Fails with the command's output unless it ended as expected. */
export function expectCode({ code, output }: ProjectResult, expected: number): void {
  if (code !== expected)
    throw new Error(`expected exit code ${String(expected)}, got ${String(code)}:\n${output}`);
}
