import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { packageFolder } from "../../sdk/engine/package-folder";
import type { Emulator, Seed } from "../../sdk/testing/index";
import { startEmulator } from "../../sdk/testing/index";
import { table } from "../../tools/table";
import { createProject, type ProjectResult, type PulumiProject } from "../support/pulumi-project";

const FOLDER = path.join(packageFolder(), "examples");
const EXAMPLES = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** An example with an emulator in the place of each of its accounts. */
interface Deployed {
  readonly project: PulumiProject;
  /** By the name in `account.<name>.json`; that of `account.json` is empty. */
  readonly accounts: ReadonlyMap<string, Emulator>;
}

let open: Deployed[] = [];
afterEach(async () => {
  for (const { project, accounts } of open) {
    await project.dispose();
    for (const emulator of accounts.values()) await emulator.close();
  }
  open = [];
});

/** Sets an example up as its README says, a copy of its program beside the packed package. */
async function setUp(example: string, main = ""): Promise<Deployed> {
  const text = (file: string): string => readFileSync(path.join(FOLDER, example, file), "utf8");
  const accounts = new Map<string, Emulator>();
  const config: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  const name = /^name: (\S+)$/m.exec(text("Pulumi.yaml"))?.[1] ?? "";
  for (const file of readdirSync(path.join(FOLDER, example))) {
    const account = /^account\.(?:(\w+)\.)?json$/.exec(file);
    if (account === null) continue;
    const [, key = ""] = account;
    const seed = JSON.parse(text(file)) as Seed;
    const emulator = await startEmulator({ seed, jobDurationMs: 100 });
    accounts.set(key, emulator);
    const [url, token] =
      key === main
        ? ["celigo:baseUrl", "celigo:apiToken"]
        : [`${name}:${key}BaseUrl`, `${name}:${key}ApiToken`];
    config[url] = emulator.url;
    secrets[token] = emulator.token;
  }
  const program = { "index.ts": text("index.ts") };
  // The repository's own tier checks the types; the program here only has to run.
  const env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
  const project = await createProject({
    program,
    language: "typescript",
    name,
    config,
    secrets,
    env,
  });
  const deployed = { project, accounts };
  open.push(deployed);
  return deployed;
}

async function succeeds(running: Promise<ProjectResult>): Promise<ProjectResult> {
  const result = await running;
  if (result.code !== 0)
    throw new Error(`The CLI ended with ${String(result.code)}:\n${result.output}`);
  return result;
}

const rows = [["example", "accounts", "flows", "runs", "preview after up", "left after destroy"]];
afterAll(() => {
  console.log(table(rows));
});

test.each(EXAMPLES)("%s is previewed, applied, in sync and destroyed", async (example) => {
  const { project, accounts } = await setUp(example);
  const emulators = [...accounts.values()];
  const flows = (): number[] => emulators.map((emulator) => emulator.flows().length);
  // The preview comes first and writes nothing.
  let written: number | undefined;
  const onLine = (line: string): void => {
    if (line.startsWith("Updating (")) written ??= emulators.flatMap((one) => one.writes()).length;
  };
  await succeeds(project.up([], { preview: true, onLine }));
  expect(written).toBe(0);
  const made = flows();
  const asked = emulators.filter((emulator) => emulator.log.length > 0);
  expect(asked.filter((emulator) => emulator.flows().length === 0)).toEqual([]);
  expect(asked).not.toEqual([]);
  await succeeds(project.preview(["--refresh", "--expect-no-changes"]));
  const runs = emulators.flatMap((emulator) => emulator.requests("POST", /run$/)).length;
  await succeeds(project.destroy());
  expect(Math.max(...flows())).toBe(0);
  rows.push([
    example,
    String(asked.length),
    made.join(" + "),
    String(runs),
    "empty",
    flows().join(" + "),
  ]);
});

test("multi-environment has other ids in production, and no other text", async () => {
  const { project, accounts } = await setUp("multi-environment", "production");
  await project.setConfig({ enabled: "true", schedule: "0 */6 * * *" });
  await succeeds(project.up());
  expect(accounts.get("production")?.flows()).toMatchObject([
    {
      _integrationId: "int-live",
      disabled: false,
      schedule: "0 */6 * * *",
      pageGenerators: [{ _exportId: "exp-live-1" }],
      pageProcessors: [{ _exportId: "exp-live-2" }, { _importId: "imp-live-1" }],
    },
  ]);
  expect(accounts.get("")?.log).toEqual([]);
});

test("run-after-deploy runs the flow again after a deployment that wrote it", async () => {
  const { project, accounts } = await setUp("run-after-deploy");
  const emulator = accounts.get("");
  const runs = (): number | undefined => emulator?.requests("POST", /run$/).length;
  await succeeds(project.up());
  expect(runs()).toBe(1);
  const program = readFileSync(path.join(FOLDER, "run-after-deploy", "index.ts"), "utf8");
  await project.writeProgram(program.replace("0 4 * * *", "0 5 * * *"));
  await succeeds(project.up());
  expect(runs()).toBe(2);
});
