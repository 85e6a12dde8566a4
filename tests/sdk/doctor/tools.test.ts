import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { programFolder, projectFileOf } from "../../../sdk/doctor/program-folder";
import { checkCli, checkNode, checkRuntime, checkSdk } from "../../../sdk/doctor/tools";
import { packageFolder } from "../../../sdk/engine/package-folder";

const scratch = (): string => mkdtempSync(path.join(tmpdir(), "pulumi-celigo-doctor-"));

/** A folder that holds a `pulumi` of some version, with its companions or without. */
function fakeCli(version: string, companions: readonly string[]): string {
  const folder = scratch();
  for (const name of ["pulumi", ...companions]) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\necho v${version}\n`);
    chmodSync(path.join(folder, name), 0o755);
  }
  return folder;
}

const COMPANIONS = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

describe("doctor", () => {
  it("refuses an old Node.js", () => {
    expect(checkNode("18.20.1")).toMatchObject({
      status: "failed",
      next: expect.stringContaining("20.0.0"),
    });
    expect(checkNode("22.1.0")).toMatchObject({ status: "ok", found: "22.1.0" });
  });

  it.each([
    ["3.259.0", COMPANIONS, "ok", /^3\.259\.0/],
    ["3.100.0", COMPANIONS, "failed", /older than 3\.227\.0/],
    ["3.259.0", [], "failed", /without pulumi-language-nodejs/],
  ])("looks at a CLI %s with %j: %s", async (version, companions, status, found) => {
    const { finding } = await checkCli({ PATH: `${fakeCli(version, companions)}:/bin` }, scratch());
    expect(finding).toMatchObject({ status, found: expect.stringMatching(found) });
  });

  it("says how to get a CLI where there is none", async () => {
    const { finding, pulumi } = await checkCli({ PATH: scratch() }, scratch());
    expect([finding.status, pulumi]).toEqual(["failed", undefined]);
    expect(finding.next).toContain("install Pulumi 3.227.0 or newer");
  });

  it("finds the SDK and the runtime where the program can load them", async () => {
    const root = packageFolder();
    expect(checkSdk(root)).toMatchObject({ status: "ok" });
    expect(checkSdk(scratch())).toMatchObject({ status: "failed" });
    const missing = await checkRuntime(scratch(), process.env);
    expect(missing.status).toBe("failed");
    expect(missing.found).toContain("Cannot find module 'pulumi-celigo/runtime'");
    expect(missing.next).toContain("npm install pulumi-celigo");
  });

  it("refuses an SDK out of range", () => {
    const folder = scratch();
    const sdk = path.join(folder, "node_modules", "@pulumi", "pulumi");
    mkdirSync(sdk, { recursive: true });
    writeFileSync(path.join(sdk, "package.json"), '{ "version": "3.100.0" }');
    expect(checkSdk(folder)).toMatchObject({
      status: "failed",
      found: "3.100.0, not >=3.216.0 <4",
    });
  });

  it.each([
    ["name: x\n", "."],
    ["name: x\nmain: src/index.ts\n", "src"],
    ['name: x\nmain: "src"   # here\n', "src"],
  ])("knows where the program of %j runs", (text, folder) => {
    const project = scratch();
    mkdirSync(path.join(project, "src"));
    writeFileSync(path.join(project, "Pulumi.yaml"), text);
    const file = projectFileOf(path.join(project, "src"));
    expect(file).toBe(path.join(project, "Pulumi.yaml"));
    expect(programFolder(file ?? "")).toBe(path.join(project, folder));
  });
});
