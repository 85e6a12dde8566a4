import { mkdtemp } from "node:fs/promises";
import path from "node:path";

import type { Finding } from "../../sdk/doctor/finding";
import { type Emulator, startEmulator } from "../../sdk/testing/index";
import { runPackageCommand } from "../support/package-cli";
import { createProject, type PulumiProject } from "../support/pulumi-project";
import { runFolder } from "../support/run-folder";

let emulator: Emulator;
let project: PulumiProject;

beforeAll(async () => {
  emulator = await startEmulator();
  project = await createProject({
    program: `require("pulumi-celigo");`,
    config: { "celigo:baseUrl": emulator.url },
    secrets: { "celigo:apiToken": emulator.token },
  });
});

afterAll(async () => {
  await project.dispose();
  await emulator.close();
});

describe("pulumi-celigo doctor", () => {
  it("finds nothing to repair where all is well, by the stack's own settings", async () => {
    const { code, stdout, stderr } = await runPackageCommand(project, ["doctor"]);
    console.log(stdout);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/ok +token +accepted at http/);
    expect(stdout).not.toContain(emulator.token);
  });

  it("prints only JSON with --json, and says what to repair", async () => {
    const { token } = emulator;
    emulator.options.token = "tok-rotated";
    const { code, stdout } = await runPackageCommand(project, ["doctor", "--json"]);
    emulator.options.token = token;
    const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: Finding[] };
    expect([code, ok]).toEqual([1, false]);
    expect(findings.filter(({ status }) => status !== "ok")).toEqual([
      expect.objectContaining({ check: "token", status: "failed", next: expect.any(String) }),
    ]);
  });

  it("fails where there is no project, and where the stack is missing", async () => {
    const elsewhere = await mkdtemp(path.join(runFolder(), "elsewhere-"));
    const nowhere = await runPackageCommand(project, ["doctor", "--cwd", elsewhere]);
    expect(nowhere.code).toBe(1);
    expect(nowhere.stdout).toContain("no Pulumi.yaml");
    const missing = await runPackageCommand(project, ["doctor", "--stack", "nope"]);
    expect(missing.code).toBe(1);
    expect(missing.stdout).toMatch(/FAILED +stack +nope cannot be read/);
  });
});
