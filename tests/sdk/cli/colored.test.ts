import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import path from "node:path";

import { packageFolder } from "../../../sdk/engine/package-folder";

const bin = path.join(packageFolder(), "dist", "sdk", "cli", "main.js");

it("prints plain text into a pipe, in CI too", async () => {
  const { NO_COLOR: _no, FORCE_COLOR: _force, CELIGO_API_TOKEN: _token, ...env } = process.env;
  const stdout = await new Promise<string>((resolve) => {
    const args = [bin, "doctor", "--cwd", tmpdir()];
    execFile(process.execPath, args, { env: { ...env, CI: "true" } }, (_error, text) => {
      resolve(text);
    });
  });
  expect(stdout).toMatch(/^ok {7}Node\.js/);
  expect(stdout).not.toContain("\u001b");
});
