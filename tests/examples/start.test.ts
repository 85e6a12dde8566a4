import { execFileSync } from "node:child_process";
import { mkdtemp, readdir } from "node:fs/promises";
import path from "node:path";

import { packageFolder } from "../../sdk/engine/package-folder";
import type { CommandResult } from "../../sdk/engine/run-command";
import { runCommand } from "../../sdk/engine/run-command";
import { testEngine } from "../support/engine";
import { runFolder } from "../support/run-folder";

const root = packageFolder();

/** What `npm start` runs once everything is built. */
function start(env: Readonly<Record<string, string>>, ...args: string[]): Promise<CommandResult> {
  const script = path.join(root, "dist", "tools", "start.js");
  return runCommand(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...testEngine().env, ...env },
  });
}

function changedFiles(): string {
  return execFileSync("git", ["status", "--porcelain"], { cwd: root }).toString("utf8");
}

describe("npm start", () => {
  it("deploys, shows the flows, proves them, and leaves nothing behind, twice at once too", async () => {
    const before = changedFiles();
    const folder = await mkdtemp(path.join(runFolder(), "start-"));
    const results = await Promise.all([start({ TMPDIR: folder }), start({ TMPDIR: folder })]);
    for (const { code, stdout, stderr } of results) {
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(/Customer Sync +[0-9a-f]{24} +0 \*\/6 \* \* \* +America\/Los_Angeles/);
      expect(stdout).toContain("Nothing differs");
      expect(stdout).toContain("pulumi config set --secret celigo:apiToken");
      expect(stdout).not.toContain("\u001b"); // plain where it is piped
    }
    expect(await readdir(folder)).toEqual([]);
    expect(changedFiles()).toBe(before);
  });

  it("says what is missing for an account of one's own", async () => {
    const { code, stderr } = await start({ CELIGO_API_TOKEN: "" }, "--account");
    expect([code, stderr.trim()]).toEqual([
      1,
      expect.stringContaining("CELIGO_API_TOKEN is not set"),
    ]);
  });
});
