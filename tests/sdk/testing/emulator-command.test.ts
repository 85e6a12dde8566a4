import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommanderError } from "commander";
import { emulatorCommand } from "../../../sdk/cli/emulator-command";
import { ask } from "./use-emulator";

let folder: string;
let out = "";
let err = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "emulator-command-"));
  out = "";
  err = "";
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function run(...args: string[]): Promise<unknown> {
  const command = emulatorCommand()
    .exitOverride()
    .configureOutput({ writeErr: (text) => (err += text), writeOut: (text) => (out += text) });
  return command.parseAsync(args, { from: "user" });
}

async function announced(): Promise<void> {
  while (out === "") await new Promise((resolve) => setTimeout(resolve, 5));
}

test("prints what to export, serves with the options given, and stops on a signal", async () => {
  const seed = join(folder, "seed.json");
  writeFileSync(seed, JSON.stringify({ flows: ["f1", "f2"] }));
  const done = run(
    "--seed",
    seed,
    "--token",
    "secret",
    "--put",
    "merge",
    "--page-size",
    "1",
    "--latency",
    "1",
    "--set",
    "emptyList=200",
    "--set",
    "auditShape=audit",
  );
  await announced();
  const url = /^export CELIGO_BASE_URL=(\S+)$/m.exec(out)?.[1] ?? "";
  expect(out).toContain(`listens on ${url}`);
  expect(out).toContain("\nexport CELIGO_API_TOKEN=secret\n");
  const list = await ask({ url, token: "secret" }, "GET /flows");
  expect(list.body.length).toBe(1);
  expect((await ask({ url, token: "secret" }, "GET /exports")).status).toBe(200);
  expect((await ask({ url, token: "secret" }, "PUT /flows/f1", { disabled: true })).body.name).toBe(
    "flow f1",
  );
  process.emit("SIGTERM", "SIGTERM");
  await done;
  await expect(fetch(url)).rejects.toThrow();
});

test("prints one line of JSON with --json, and stops on SIGINT", async () => {
  const done = run("--json");
  await announced();
  expect(JSON.parse(out)).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    token: expect.any(String),
  });
  expect(out.trim()).not.toContain("\n");
  process.emit("SIGINT", "SIGINT");
  await done;
});

test.each([
  ["a file that is not there", undefined, "ENOENT"],
  ["no JSON", "{", "JSON"],
  ["an unknown type", '{"flow":[]}', 'seed: unknown type "flow"'],
])("a seed with %s is one clear error and exit code 1", async (_title, text, message) => {
  const seed = join(folder, "seed.json");
  if (text !== undefined) writeFileSync(seed, text);
  await expect(run("--seed", seed)).rejects.toMatchObject({ exitCode: 1 });
  expect(err).toContain(seed);
  expect(err).toContain(message);
  expect(err.trim().split("\n").length).toBe(1);
});

test.each([
  [["--port", "x"], "Not a whole number"],
  [["--put", "both"], "Allowed choices are replace, merge"],
  [["--set", "banana=1"], "no such option: banana"],
  [["--set", "put"], "Not of the form name=value"],
  [["--banana"], "unknown option"],
])("%j is an error", async (args, message) => {
  await expect(run(...args)).rejects.toBeInstanceOf(CommanderError);
  expect(err).toContain(message);
});

test("the help shows examples", async () => {
  await expect(run("--help")).rejects.toMatchObject({ exitCode: 0 });
  expect(out).toContain("$ pulumi-celigo emulator --port 8089 --seed account.json");
});
