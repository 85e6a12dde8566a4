import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

import type { Emulator } from "../../sdk/testing/index";
import { startEmulator } from "../../sdk/testing/index";
import { anAccount, FLOWS } from "../fixtures/adopt/account";
import { installFolder } from "../support/installed-package";
import { createProject, type PulumiProject } from "../support/pulumi-project";

const execute = promisify(execFile);

interface Report {
  readonly ok: boolean;
  readonly flows: readonly { readonly id: string; readonly resourceName: string }[];
  readonly secrets: readonly { readonly key: string }[];
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
}

/** The command of the packed package, as a user's shell runs it. */
async function importInto(folder: string, emulator: Emulator, ...args: string[]): Promise<Report> {
  const bin = path.join(
    installFolder(),
    "node_modules",
    "pulumi-celigo",
    "dist",
    "sdk",
    "cli",
    "main.js",
  );
  const { NODE_ENV: _jestSets, ...inherited } = process.env;
  const env = { ...inherited, CELIGO_API_TOKEN: emulator.token, CELIGO_BASE_URL: emulator.url };
  const { stdout, stderr } = await execute(
    process.execPath,
    [bin, "import", "--json", "--out", folder, ...args],
    { env },
  );
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Report;
}

describe("a program that import has written", () => {
  let emulator: Emulator;
  let project: PulumiProject;

  beforeAll(async () => {
    emulator = await startEmulator({ seed: anAccount(), masks: ["settings.api.key"] });
    project = await createProject({
      program: { "index.ts": "" },
      language: "typescript",
      name: "adopted",
      config: { "celigo:baseUrl": emulator.url },
      secrets: { "celigo:apiToken": emulator.token },
    });
    await rm(path.join(project.folder, "index.ts"));
  }, 120_000);

  afterAll(async () => {
    await project.dispose();
    await emulator.close();
  });

  it("type-checks, adopts every flow without a write, previews empty with refresh, and comes out the same again", async () => {
    const times: Record<string, number> = {};
    const timed = async <T>(name: string, work: Promise<T>): Promise<T> => {
      const start = Date.now();
      const result = await work;
      times[name] = Math.round((Date.now() - start) / 100) / 10;
      return result;
    };
    const report = await timed(
      "import",
      importInto(project.folder, emulator, "--all", "--diagram"),
    );
    const requests = emulator.log.length;
    expect(report.flows).toHaveLength(FLOWS.length);

    const tsc = path.join(installFolder(), "node_modules", "typescript", "bin", "tsc");
    await timed(
      "tsc",
      execute(process.execPath, [tsc, "--noEmit", "--strict", "--noUnusedLocals"], {
        cwd: project.folder,
      }).catch((error: unknown) => {
        throw new Error((error as { stdout: string }).stdout);
      }),
    );

    await project.setConfig(
      {},
      Object.fromEntries(report.secrets.map(({ key }) => [key, `the value of ${key}`])),
    );
    const up = await timed("up", project.up());
    expect(up.code === 0 ? "" : up.output).toBe("");
    expect(emulator.writes()).toEqual([]);

    const preview = await timed("preview", project.preview(["--refresh", "--expect-no-changes"]));
    expect(preview.code === 0 ? "" : preview.output).toBe("");
    expect(emulator.writes()).toEqual([]);

    const again = await importInto(project.folder, emulator, "--all", "--diagram");
    expect(again.written).toEqual([]);
    console.log({
      flows: report.flows.length,
      requests,
      writes: emulator.writes().length,
      ...times,
    });
  }, 300_000);

  it("stays the same for a shuffled account, and only grows when a flow is added", async () => {
    const texts = async (): Promise<string> =>
      (
        await Promise.all(
          ["ids.ts", "flows/standalone.ts"].map((file) =>
            readFile(path.join(project.folder, file), "utf8"),
          ),
        )
      ).join("");
    const before = (await texts()).split("\n").filter((line) => !line.startsWith("// Written by"));
    emulator.reset();
    const added = {
      _id: "64f0f2000000000000000001",
      name: "Customer Sync",
      pageGenerators: [{ _exportId: "64f0e100000000000000001a" }],
      createdAt: "2025-01-01T00:00:00.000Z",
    };
    const account = anAccount([added, ...[...FLOWS].reverse()]);
    const other = await startEmulator({ seed: account, masks: ["settings.api.key"] });
    await importInto(project.folder, other, "--all");
    const after = new Set((await texts()).split("\n"));
    expect(before.filter((line) => !after.has(line))).toEqual([]);
    await other.close();
  }, 120_000);
});
