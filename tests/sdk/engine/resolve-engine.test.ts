import path from "node:path";

import type { Environment } from "../../../sdk/engine/engine";
import { ENGINE_VERSION } from "../../../sdk/engine/engine";
import { resolveEngine } from "../../../sdk/engine/resolve-engine";
import { anEngine, temporaryFolder, withCommands } from "./temporary";

/** Node itself does not start with this: the installer fails at once, also where there is internet. */
const WITHOUT_INSTALLER = { NODE_OPTIONS: "--no-such-option" };

async function resolve(
  env: Environment,
  cache?: string,
): Promise<{ engine: Awaited<ReturnType<typeof resolveEngine>>; lines: string[] }> {
  const lines: string[] = [];
  const engine = await resolveEngine({
    env: { ...WITHOUT_INSTALLER, ...env },
    cacheDir: cache ?? (await temporaryFolder()),
    log: (line) => lines.push(line),
  });
  return { engine, lines };
}

describe("resolveEngine", () => {
  it("takes pulumi on PATH, and says so in one line", async () => {
    const bin = await withCommands(await temporaryFolder(), anEngine("3.300.1"));
    const { engine, lines } = await resolve({ PATH: bin });
    expect(engine).toMatchObject({ source: "path", version: "3.300.1", binDir: bin });
    expect(lines).toEqual([`engine: pulumi 3.300.1 (PATH: ${bin}/pulumi)`]);
  });

  it("puts the engine's folder first on PATH, once, and keeps the rest of the environment", async () => {
    const bin = await withCommands(await temporaryFolder(), anEngine("3.300.1"));
    const { engine } = await resolve({ PATH: `/nowhere:${bin}`, ANYTHING: "else" });
    expect(engine.env).toMatchObject({ PATH: `${bin}:/nowhere`, ANYTHING: "else" });
  });

  it.each([
    ["is too old", { ...anEngine("3.226.9") }, /3\.226\.9, older than 3\.227\.0/],
    ["does not run", { pulumi: "exit 3" }, /does not tell its version/],
    ["comes alone", { pulumi: "echo v3.300.0" }, /without pulumi-language-nodejs/],
  ])(
    "takes the build in the cache where pulumi on PATH %s, and says why",
    async (_, scripts, why) => {
      const bin = await withCommands(await temporaryFolder(), scripts);
      const cache = await temporaryFolder();
      const built = path.join(cache, "engine", ENGINE_VERSION, "bin");
      await withCommands(built, anEngine(ENGINE_VERSION));
      const { engine, lines } = await resolve({ PATH: bin }, cache);
      expect(engine).toMatchObject({ source: "build", version: ENGINE_VERSION, binDir: built });
      expect(lines).toEqual([expect.stringMatching(why)]);
    },
  );

  it("prefers what Pulumi's installer has left in the cache to a build", async () => {
    const cache = await temporaryFolder();
    const installed = path.join(cache, "engine", `${ENGINE_VERSION}-installed`, "bin");
    await withCommands(installed, anEngine(ENGINE_VERSION));
    await withCommands(path.join(cache, "engine", ENGINE_VERSION, "bin"), anEngine(ENGINE_VERSION));
    const { engine } = await resolve({ PATH: "" }, cache);
    expect(engine).toMatchObject({ source: "installer", binDir: installed });
  });

  it("names all three reasons where none can be had", async () => {
    await expect(resolve({ PATH: await temporaryFolder() })).rejects.toMatchObject({
      name: "EngineMissingError",
      message: expect.stringMatching(
        /PATH: there is no pulumi[^]*Pulumi's installer: .+[^]*built with Go: there is no go on PATH/,
      ),
    });
  });
});
