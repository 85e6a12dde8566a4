import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { buildEngine } from "../../../sdk/engine/build-engine";
import type { EngineFinding } from "../../../sdk/engine/engine";
import { ENGINE_VERSION } from "../../../sdk/engine/engine";
import { packageFolder } from "../../../sdk/engine/package-folder";
import { linesOf, namesIn, temporaryFolder, withCommands } from "./temporary";

/** Writes down its arguments, then what `-o` names: a pulumi that tells its version. */
const GO = `
echo "$@" >> "$GO_LOG"
while [ "$1" != "-o" ]; do shift; done
printf '#!/bin/sh\\necho v${ENGINE_VERSION}\\n' > "$2"
chmod +x "$2"
`;

async function build(
  cache: string,
  go: string,
): Promise<{ finding: EngineFinding; calls: string[]; bin: string }> {
  const folder = await withCommands(await temporaryFolder(), { go });
  const log = path.join(cache, "go.log");
  const env = { PATH: `${folder}:/usr/bin:/bin`, GO_LOG: log };
  const finding = await buildEngine(cache, env, () => undefined);
  return {
    finding,
    calls: await linesOf(log),
    bin: path.join(cache, "engine", ENGINE_VERSION, "bin"),
  };
}

describe("buildEngine", () => {
  it("builds both programs from the pinned modules, as they are pinned", async () => {
    const { finding, calls, bin } = await build(await temporaryFolder(), GO);
    expect(finding).toEqual({ found: { pulumi: `${bin}/pulumi`, version: ENGINE_VERSION } });
    expect(calls).toEqual([
      expect.stringMatching(/^build -C \S+\/language -mod=readonly .*pulumi-language-nodejs$/),
      expect.stringMatching(/^build -C \S+\/cli -mod=readonly .*cmd\/pulumi$/),
    ]);
  });

  it("puts the script that starts dynamic providers beside them", async () => {
    const { bin } = await build(await temporaryFolder(), GO);
    expect(await namesIn(bin)).toEqual([
      "pulumi",
      "pulumi-language-nodejs",
      "pulumi-resource-pulumi-nodejs",
    ]);
  });

  it("leaves nothing that looks finished when go fails, and says what go said", async () => {
    const { finding, bin } = await build(
      await temporaryFolder(),
      `${GO}\necho "go: downloading x" >&2; echo "cannot find module" >&2; exit 1`,
    );
    expect(finding).toEqual({
      reason: "go build of pulumi-language-nodejs failed: cannot find module",
    });
    expect((await namesIn(bin)).filter((name) => !name.endsWith(".partial"))).toEqual([]);
  });

  it("clears away what a build that was killed has left", async () => {
    const cache = await temporaryFolder();
    await build(cache, "exit 1");
    const bin = path.join(cache, "engine", ENGINE_VERSION, "bin");
    await writeFile(path.join(bin, "pulumi.1.partial"), "half");
    await build(cache, GO);
    expect(await namesIn(bin)).not.toContain("pulumi.1.partial");
  });

  it("builds once where two ask at once", async () => {
    const cache = await temporaryFolder();
    const both = await Promise.all([build(cache, GO), build(cache, GO)]);
    expect(both.map(({ finding }) => finding.found?.version)).toEqual([
      ENGINE_VERSION,
      ENGINE_VERSION,
    ]);
    expect((await linesOf(path.join(cache, "go.log"))).length).toBe(2);
  });

  it("is pinned to the version that it claims", async () => {
    const file = path.join(packageFolder(), "tools", "engine", "cli", "go.mod");
    const pinned = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(await readFile(file, "utf8"));
    expect(pinned?.[1]).toBe(ENGINE_VERSION);
  });
});
