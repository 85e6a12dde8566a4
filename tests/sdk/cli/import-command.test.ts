import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { packageFolder } from "../../../sdk/engine/package-folder";
import { startEmulator } from "../../../sdk/testing/index";
import type { Emulator } from "../../../sdk/testing/index";
import { anAccount, FLOWS, flowId } from "../../fixtures/adopt/account";

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const bin = path.join(packageFolder(), "dist", "sdk", "cli", "main.js");
const few = FLOWS.slice(12, 15);

let emulator: Emulator;
let folder: string;

beforeEach(async () => {
  if (!existsSync(bin)) throw new Error("The command is not built: npm run build.");
  emulator = await startEmulator({ seed: anAccount(few) });
  folder = mkdtempSync(path.join(tmpdir(), "import-command-"));
});
afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

/** Runs the built command as a shell does, in the test's folder, whether it fails or not. */
function run(args: readonly string[], token = emulator.token): Promise<Result> {
  const { NODE_ENV: _jestSets, CELIGO_API_TOKEN: _token, ...inherited } = process.env;
  const env = {
    ...inherited,
    ...(token !== "" && { CELIGO_API_TOKEN: token }),
    CELIGO_BASE_URL: emulator.url,
    CELIGO_MAX_RETRIES: "0",
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bin, "import", ...args],
      { cwd: folder, env },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

function read(file: string): string {
  return readFileSync(path.join(folder, file), "utf8");
}

describe("pulumi-celigo import", () => {
  it("makes a project of a new folder, says what it did and what comes next", async () => {
    const { code, stdout, stderr } = await run(["--all", "--diagram", "--out", "My Flows"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(readdirSync(path.join(folder, "My Flows")).sort()).toEqual([
      "Pulumi.yaml",
      "diagram.md",
      "index.ts",
      "package.json",
      "tsconfig.json",
    ]);
    expect(read("My Flows/Pulumi.yaml")).toContain("name: my-flows\n");
    expect(read("My Flows/diagram.md")).toContain("```mermaid\nflowchart LR\n");
    expect(stdout).toContain("Read 3 flows, 3 exports and 3 imports");
    expect(stdout).toContain("  cd 'My Flows'\n  npm install\n  pulumi stack init dev\n");
    expect(stdout).toContain("pulumi config set --secret celigo:apiToken");
    expect(stdout + read("My Flows/index.ts")).not.toContain(emulator.token);
    expect(emulator.writes()).toEqual([]);
  });

  it("prints the program alone on standard output in a dry run, and writes nothing", async () => {
    const { code, stdout, stderr } = await run(["--flow", flowId(14), "--dry-run"]);
    expect([code, readdirSync(folder)]).toEqual([0, []]);
    expect(stderr).toMatch(/^Read 1 flow, 1 export and 1 import in \S+ s; wrote nothing\.\n$/);
    expect(stdout).toMatch(
      /^\/\/ Written by .*\n\nimport \* as celigo from "pulumi-celigo";\n[^]*\{ import: "\w+", protect: true \},\n\);\n$/,
    );
  });

  it("prints only JSON with --json, secrets to set among it", async () => {
    await emulator.close();
    emulator = await startEmulator({ seed: anAccount(FLOWS.slice(28, 30)) });
    const { code, stdout, stderr } = await run(["--all", "--json"]);
    expect([code, stderr]).toEqual([0, ""]);
    const report = JSON.parse(stdout) as { secrets: { key: string }[]; written: string[] };
    expect(report.written).toContain("index.ts");
    expect(report.secrets.map(({ key }) => key)).toContain("maskedSettingsApiKey");
  });

  it("goes on when one flow fails, lists it, and exits with 1", async () => {
    emulator.fault({
      method: "GET",
      path: `/flows/${flowId(13)}/descendants`,
      kind: "status",
      status: 500,
    });
    const { code, stdout, stderr } = await run(["--all"]);
    expect([code, stdout.includes("Read 2 flows, 2 exports and 2 imports in")]).toEqual([1, true]);
    expect(stderr).toContain(`1 could not be read:\n  - flow "Chain B" (${flowId(13)}):`);
    expect(read("index.ts")).toContain('"chain-c"');
  });

  it("does not overwrite what a person has edited or written, unless forced", async () => {
    await run(["--all"]);
    const ours = read("index.ts");
    const edited = ours.replace('name: "Chain C"', 'name: "Chain D"');
    for (const text of [edited, "console.log(1);\n"]) {
      writeFileSync(path.join(folder, "index.ts"), text);
      const { code, stderr } = await run(["--all"]);
      expect([code, stderr.includes("index.ts")]).toEqual([1, true]);
      expect(read("index.ts")).toBe(text);
    }
    expect((await run(["--all", "--force"])).code).toBe(0);
    expect(read("index.ts")).toBe(ours);
    writeFileSync(path.join(folder, "index.ts"), ours.replaceAll("\n", "\r\n"));
    expect((await run(["--all"])).code).toBe(0);
  });

  it("leaves a project's own files alone", async () => {
    writeFileSync(path.join(folder, "package.json"), "{}");
    const first = await run(["--all"]);
    expect(first.stdout).toMatch(
      /\n {2}npm install @pulumi\/pulumi@3 pulumi-celigo@\d+ @types\/node@20 typescript@6\n/,
    );
    expect([read("package.json"), existsSync(path.join(folder, "Pulumi.yaml"))]).toEqual([
      "{}",
      true,
    ]);
    rmSync(path.join(folder, "tsconfig.json"));
    await run(["--all"]);
    expect(existsSync(path.join(folder, "tsconfig.json"))).toBe(false);
  });

  it("keeps the flows that the program has already, drops those that are gone, and refuses to lose one that fails", async () => {
    await run(["--flow", flowId(14)]);
    await run(["--flow", flowId(13)]);
    expect(read("index.ts").match(/new celigo\.Flow/g)).toHaveLength(2);
    expect(read("index.ts")).toContain("runNextFlowIds: [chainCFlow.id]");

    emulator.fault({
      method: "GET",
      path: `/flows/${flowId(14)}/descendants`,
      kind: "status",
      status: 500,
    });
    const refused = await run(["--flow", flowId(12)]);
    expect([refused.code, refused.stderr.includes("would be missing from it")]).toEqual([1, true]);

    emulator.remove(flowId(14));
    const { code, stdout } = await run(["--flow", flowId(12)]);
    expect([code, stdout.includes(`Flow ${flowId(14)} is gone from the service`)]).toEqual([
      0,
      true,
    ]);
    expect(stdout).toContain(
      `The service has no flow ${flowId(14)}, which flow "Chain A" (${flowId(12)}) and flow "Chain B" (${flowId(13)}) name.`,
    );
  });

  it("takes an account that has none of the program's flows for the wrong one, unless forced", async () => {
    await run(["--all"]);
    const ours = read("index.ts");
    await emulator.close();
    emulator = await startEmulator({ seed: anAccount(FLOWS.slice(0, 2)) });
    const refused = await run(["--all"]);
    expect([refused.code, read("index.ts")]).toEqual([1, ours]);
    expect(refused.stderr).toMatch(/none of this program's 3 flows is at [^]*CELIGO_API_TOKEN/);
    expect((await run(["--all", "--force"])).code).toBe(0);
    expect(read("index.ts").match(/new celigo\.Flow/g)).toHaveLength(2);
  });

  it("goes from one file to many and takes away what it no longer needs", async () => {
    await run(["--all"]);
    emulator.seedDocuments({ flows: FLOWS });
    await run(["--all"]);
    expect(readdirSync(path.join(folder, "flows")).sort()).toEqual([
      "netsuite-salesforce.ts",
      "shopify-eu.ts",
      "shopify-us.ts",
      "standalone.ts",
    ]);
    for (const { _id } of FLOWS.slice(15)) emulator.remove(_id);
    await run(["--all"]);
    expect([
      readdirSync(path.join(folder, "flows")),
      existsSync(path.join(folder, "ids.ts")),
    ]).toEqual([[], false]);
  });

  it.each([
    [[], "which flows?", undefined],
    [["--all"], "CELIGO_API_TOKEN", ""],
    [["--all"], "reads the variables only, not a stack's config", ""],
    [["--flow", ""], "`--flow` was given an empty text", undefined],
    [["--all", "--out", bin], "main.js is no folder", undefined],
    [["--all"], "does not accept the API token", "wrong"],
    [["--flow", "nope"], "the service has no such thing", undefined],
    [["--name", "no such name"], "No flow was found", undefined],
    [["--integration", "nope"], "no flow is in integration nope", undefined],
  ])("exits with 1 and writes nothing for %j: %s", async (args, words, token) => {
    const { code, stdout, stderr } = await run(args, token);
    expect([code, readdirSync(folder)]).toEqual([1, []]);
    expect(stdout + stderr).toContain(words);
    expect(stderr).not.toMatch(/\n {4}at |wrong/);
  });
});
