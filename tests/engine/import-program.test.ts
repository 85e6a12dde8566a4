import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

import type { Emulator } from "../../sdk/testing/index";
import { startEmulator } from "../../sdk/testing/index";
import { createLocalStack, type LocalStack } from "../../tools/local-stack";
import { anAccount, FLOWS } from "../fixtures/adopt/account";
import { testEngine } from "../support/engine";
import { installFolder } from "../support/installed-package";
import { runFolder } from "../support/run-folder";

const execute = promisify(execFile);
const { NODE_ENV: _jestSets, ...inherited } = process.env;
const MASKS = ["settings.api.key"];

interface Report {
  readonly flows: readonly { readonly id: string; readonly resourceName: string }[];
  readonly secrets: readonly { readonly key: string }[];
  readonly written: readonly string[];
}

/** Runs a script of an installed package; what it prints, or an error with it. */
async function run(script: string, args: readonly string[], options: object): Promise<string> {
  const file = path.join(installFolder(), "node_modules", script);
  const result = await execute(process.execPath, [file, ...args], options).catch(
    (error: unknown) => {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${script} failed:\n${stdout}${stderr}`);
    },
  );
  expect(result.stderr).toBe("");
  return result.stdout;
}

/** The command of the packed package, as a user's shell runs it. */
async function importInto(
  folder: string,
  { token, url }: Emulator,
  ...args: string[]
): Promise<Report> {
  const env = { ...inherited, CELIGO_API_TOKEN: token, CELIGO_BASE_URL: url };
  const bin = "pulumi-celigo/dist/sdk/cli/main.js";
  return JSON.parse(
    await run(bin, ["import", "--json", "--out", folder, ...args], { env }),
  ) as Report;
}

/** All files of a program, markers left out, since they hold a hash of the rest. */
async function linesOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => name.endsWith(".ts"))
    .sort();
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8")));
  return texts
    .flatMap((text) => text.split("\n"))
    .filter((line) => !line.startsWith("// Written by"));
}

describe("a program that import has written into a new folder", () => {
  let emulator: Emulator;
  let folder: string;
  let stack: LocalStack | undefined;
  const figures: Record<string, number> = {};

  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const start = Date.now();
    const result = await work();
    figures[`${name}, s`] = Math.round((Date.now() - start) / 100) / 10;
    return result;
  };
  const pulumi = async (...args: string[]): Promise<void> => {
    const lines: string[] = [];
    const result = await stack?.run(args, { onLine: (line) => lines.push(line) });
    expect(result?.code === 0 ? "" : lines.join("\n")).toBe("");
  };

  beforeAll(async () => {
    emulator = await startEmulator({ seed: anAccount(), masks: MASKS, descendantsBranches: false });
    const projects = path.join(installFolder(), "projects");
    await mkdir(projects, { recursive: true });
    folder = await mkdtemp(path.join(projects, "Imported Flows-"));
  });

  afterAll(async () => {
    await stack?.dispose();
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("type-checks, adopts every flow without a write, and previews empty with refresh", async () => {
    const report = await timed("import", () => importInto(folder, emulator, "--all", "--diagram"));
    figures["flows"] = report.flows.length;
    figures["requests of the import"] = emulator.log.length;
    // A second program, small enough for one file, is checked along with it.
    await importInto(path.join(folder, "one"), emulator, "--name", "C*", "Masked");
    await timed("tsc", () =>
      run("typescript/bin/tsc", ["-p", ".", "--noEmit", "--noUnusedLocals"], { cwd: folder }),
    );

    stack = await createLocalStack({
      engine: testEngine(),
      project: folder,
      parent: runFolder(),
      home: path.join(runFolder(), "home"),
    });
    const secrets = report.secrets.map(({ key }) => `${key}=the value of ${key}`);
    const settings = [
      "--plaintext",
      `celigo:baseUrl=${emulator.url}`,
      "--secret",
      `celigo:apiToken=${emulator.token}`,
    ];
    await pulumi(
      "config",
      "set-all",
      ...settings,
      ...secrets.flatMap((pair) => ["--secret", pair]),
    );
    await timed("up", () => pulumi("up", "--yes", "--skip-preview"));
    await timed("preview --refresh", () => pulumi("preview", "--refresh", "--expect-no-changes"));
    figures["writes"] = emulator.writes().length;
    console.log(figures);
    expect(report.flows).toHaveLength(FLOWS.length);
    expect(emulator.writes()).toEqual([]);
  }, 300_000);

  it("comes out the same again, for a shuffled account too, and a flow that is added only adds", async () => {
    const before = await linesOf(folder);
    expect((await importInto(folder, emulator, "--all")).written).toEqual([]);

    const added = {
      _id: "64f0f2000000000000000001",
      name: "Customer Sync",
      pageGenerators: [{ _exportId: "64f0e1000000000000000000" }],
      createdAt: "2025-01-01T00:00:00.000Z",
    };
    const other = await startEmulator({
      seed: anAccount([added, ...[...FLOWS].reverse()]),
      masks: MASKS,
    });
    await importInto(folder, other, "--all");
    await other.close();
    const after = await linesOf(folder);
    const grown = new Set(after);
    expect(before.filter((line) => !grown.has(line))).toEqual([]);
    expect(after.length - before.length).toBe(9);
    expect(after.join("\n")).toContain('"customer-sync-000001",');
  }, 120_000);
});
