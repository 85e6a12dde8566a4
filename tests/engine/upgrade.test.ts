import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { type Seed, startEmulator } from "../../sdk/testing/index";
import { aFlow, createFlowStack, type DeclaredFlow, expectCode, SEED } from "../support/flow-stack";
import { FROZEN } from "../fixtures/state/frozen";

const FOLDER = path.join(__dirname, "../fixtures/state");
const TOKEN = "the-token-of-frozen-states";
const FILES = ["program.json", "documents.json", "state.json"] as const;

/** What a frozen state is made of: every kind of entry that later code has to understand. */
const PROGRAM: readonly DeclaredFlow[] = [
  { name: "plain", args: aFlow() },
  {
    name: "full",
    args: aFlow({
      name: "Customer Sync",
      description: "with much",
      integrationId: "int123",
      schedule: "0 */6 * * *",
      timezone: "America/Los_Angeles",
      pageGenerators: [{ exportId: "exp123", schedule: "? 5 0 ? * *", unheardOf: 1 }],
      pageProcessors: [
        { type: "export", exportId: "exp124", proceedOnFailure: true },
        {
          type: "import",
          importId: "imp123",
          responseMapping: { fields: [{ extract: "a", generate: "b" }], lists: [] },
        },
      ],
      runNextFlowIds: [{ $ref: "plain" }],
      settings: { token: { $secret: "frozen-secret" }, list: [1, 2] },
      additionalFields: { rawOne: { a: [1] } },
      logging: { mode: "basic" },
    }),
  },
  {
    name: "routed",
    args: aFlow({
      pageProcessors: undefined,
      routers: [
        {
          id: "r1",
          branches: [{ name: "all", pageProcessors: [{ type: "import", importId: "imp124" }] }],
        },
      ],
    }),
  },
  {
    name: "adopted",
    args: aFlow({ name: "Adopted", description: "as it was" }),
    opts: { import: "live1" },
  },
  {
    name: "half-adopted",
    args: aFlow({ name: "Half", description: "of the program" }),
    opts: { import: "live2", ignoreChanges: ["description"] },
  },
];

const LIVE = ["live1", "live2"].map((_id) => ({
  _id,
  name: _id === "live1" ? "Adopted" : "Half",
  description: "as it was",
  disabled: false,
  pageGenerators: [{ _id: "pg", _exportId: "exp123", skipRetries: false }],
  pageProcessors: [{ type: "import", _importId: "imp123" }],
  wizardState: "done",
}));

const read = (commit: string, file: string): string =>
  readFileSync(path.join(FOLDER, commit, file), "utf8");

describe("state written by earlier code", () => {
  it("is frozen: no file has changed since, and none is missing from the list", () => {
    const commits = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(commits.map(({ name }) => name).sort()).toEqual(Object.keys(FROZEN).sort());
    for (const [commit, sums] of Object.entries(FROZEN)) {
      const now = FILES.map((file) =>
        createHash("sha256").update(read(commit, file)).digest("hex").slice(0, 16),
      );
      expect({ commit, sums: now }).toEqual({ commit, sums });
    }
  });

  it.each(Object.keys(FROZEN))("previews with no change: %s", async (commit) => {
    const emulator = await startEmulator({
      token: TOKEN,
      seed: JSON.parse(read(commit, "documents.json")) as Seed,
    });
    const stack = await createFlowStack({}, {}, { emulator, fromEnvironment: true });
    try {
      await stack.declare(...(JSON.parse(read(commit, "program.json")) as DeclaredFlow[]));
      const file = path.join(stack.project.folder, "state.json");
      writeFileSync(file, read(commit, "state.json"));
      expectCode(await stack.project.cli(["stack", "import", "--file", file]), 0);
      expectCode(await stack.project.preview(["--expect-no-changes"]), 0);
      expectCode(await stack.refreshedPreview(), 0);
      expectCode(await stack.refreshPreview(), 0);
      expectCode(await stack.project.up(["--refresh", "--expect-no-changes"]), 0);
      expect(emulator.writes()).toEqual([]);
      expectCode(await stack.project.destroy(), 0);
      expect(emulator.flows()).toEqual([]);
    } finally {
      await stack.close();
    }
  });

  // Run once per format of the state: `FREEZE_STATE=1 npx jest --selectProjects engine --testPathPatterns upgrade`.
  if (process.env["FREEZE_STATE"] === "1") {
    it("is frozen now, under the commit that wrote it", async () => {
      const commit = execFileSync("git", ["rev-parse", "--short=10", "HEAD"], {
        encoding: "utf8",
      }).trim();
      const folder = path.join(FOLDER, commit);
      expect(existsSync(folder)).toBe(false);
      const emulator = await startEmulator({
        token: TOKEN,
        seed: { ...SEED, flows: LIVE },
        alsoAdds: { autoResolveMatchingTraceKeys: true, wizardState: "done" },
      });
      const stack = await createFlowStack({}, {}, { emulator, fromEnvironment: true });
      try {
        await stack.deploy(...PROGRAM);
        mkdirSync(folder, { recursive: true });
        const documents = { ...SEED, flows: emulator.flows() };
        const texts = [PROGRAM, documents, await stack.project.state()].map((value) =>
          // Where this machine keeps its packages is nobody's business.
          `${JSON.stringify(value, null, 1)}\n`.replace(
            /project:\/\/\/(?:\.\.\/)+[^"]*?node_modules/g,
            "project:///node_modules",
          ),
        );
        FILES.forEach((file, index) => {
          writeFileSync(path.join(folder, file), texts[index] ?? "");
        });
        const sums = texts.map((text) =>
          createHash("sha256").update(text).digest("hex").slice(0, 16),
        );
        console.log(`add to tests/fixtures/state/frozen.ts: "${commit}": ${JSON.stringify(sums)},`);
      } finally {
        await stack.close();
      }
    });
  }
});
