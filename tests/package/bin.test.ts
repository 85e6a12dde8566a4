import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

import { createConsumer, runNode } from "../support/consumer";
import { installFolder } from "../support/installed-package";

const bin = (): string =>
  path.join(installFolder(), "node_modules", "pulumi-celigo", "dist", "sdk", "cli", "main.js");

describe("the command pulumi-celigo", () => {
  it.each([
    ["says its version", ["--version"], 0, /^\d+\.\d+\.\d+\n$/],
    ["explains itself, with examples", ["--help"], 0, /Usage: [^]*emulator[^]*Examples:/],
    ["explains a command", ["emulator", "--help"], 0, /--seed <file>/],
    ["does not know other commands", ["deploy"], 1, /^error: unknown command 'deploy'\n$/],
    ["does not know other options", ["emulator", "--prot", "1"], 1, /^error: unknown option .*\n/],
    [
      "names the file that it cannot read",
      ["emulator", "--seed", "no.json"],
      1,
      /^error: no\.json: .*\n$/,
    ],
  ])("%s", async (_, args, code, output) => {
    const result = await runNode(await createConsumer({}), bin(), ...args);
    expect(result.stdout + result.stderr).toMatch(output);
    expect(result.code).toBe(code);
  });

  it("runs the emulator until it is interrupted, and ends with 0", async () => {
    const child = spawn(process.execPath, [bin(), "emulator", "--json"]);
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const { url, token } = JSON.parse(line.toString("utf8")) as Record<"url" | "token", string>;
    const answer = await fetch(`${url}/v1/flows`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(answer.ok).toBe(true);
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});
