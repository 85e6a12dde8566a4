import { readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import { packageFolder } from "../../sdk/engine/package-folder";
import type { Emulator, Seed } from "../../sdk/testing/index";
import { startEmulator } from "../../sdk/testing/index";
import { createLocalStack } from "../../tools/local-stack";
import { testEngine } from "../support/engine";
import { createProject } from "../support/pulumi-project";
import { runFolder } from "../support/run-folder";

const root = packageFolder();
/** Places are tried with one example; every-example.test.ts deploys all of them. */
const examples = ["quickstart"];

type Run = (args: string[]) => Promise<{ readonly code: number; readonly stdout: string }>;

/** An account that has what the example names, in a file beside it. */
function accountOf(example: string): Promise<Emulator> {
  const file = path.join(root, "examples", example, "account.json");
  return startEmulator({ seed: JSON.parse(readFileSync(file, "utf8")) as Seed });
}

function settingsFor({ url, token }: Emulator): string[] {
  return ["--plaintext", `celigo:baseUrl=${url}`, "--secret", `celigo:apiToken=${token}`];
}

/** Deploys, proves that nothing differs, destroys, and asks the service each time. */
async function expectLifecycle(run: Run, emulator: Emulator): Promise<void> {
  const succeed = async (...args: string[]): Promise<void> => {
    const { code, stdout } = await run(args);
    expect([args[0], code, code === 0 ? "" : stdout]).toEqual([args[0], 0, ""]);
  };
  await succeed("up", "--yes");
  expect(emulator.flows()).not.toEqual([]);
  await succeed("preview", "--refresh", "--expect-no-changes");
  await succeed("destroy", "--yes", "--skip-preview");
  expect(emulator.flows()).toEqual([]);
}

describe.each(examples)("the example %s", (example) => {
  it.each([
    ["its own folder", path.join(root, "examples", example)],
    ...(example === "quickstart" ? [["the root of the repository", root]] : []),
  ])("is deployed from %s, and nothing differs afterwards", async (_, project = root) => {
    const emulator = await accountOf(example);
    const home = path.join(runFolder(), "home");
    const stack = await createLocalStack({
      engine: testEngine(),
      project,
      parent: runFolder(),
      home,
    });
    await stack.run(["config", "set-all", ...settingsFor(emulator)]);
    await expectLifecycle((args) => stack.run(args), emulator);
    await emulator.close();
  });

  it.each(["typescript", "javascript"] as const)(
    "is deployed from an empty folder with the packed tarball, in %s",
    async (language) => {
      const emulator = await accountOf(example);
      const source = readFileSync(path.join(root, "examples", example, "index.ts"), "utf8");
      const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
      const program =
        language === "typescript" ? source : ts.transpile(source, compilerOptions, "index.ts");
      const project = await createProject({ program, language });
      await project.cli(["config", "set-all", ...settingsFor(emulator)]);
      await expectLifecycle((args) => project.cli(args), emulator);
      await emulator.close();
    },
  );
});
