import { mkdtemp, readFile } from "node:fs/promises";
import path from "node:path";

import type { DriftReport } from "../../sdk/drift/report";
import type { CommandResult } from "../../sdk/engine/run-command";
import { type Emulator, startEmulator } from "../../sdk/testing/index";
import { runPackageCommand } from "../support/package-cli";
import { createProject, type PulumiProject } from "../support/pulumi-project";
import { runFolder } from "../support/run-folder";
import {
  githubAnnotations,
  jsonFaults,
  junitFaults,
  parseMarkdown,
  sarifFaults,
} from "../sdk/drift/judges";

const SECRET = "hush-hush-secret";
const MOVED = "moved-hush-secret";

const PROGRAM = `const pulumi = require("@pulumi/pulumi");
const celigo = require("pulumi-celigo");
const steps = {
  pageGenerators: [{ exportId: "exp123" }],
  pageProcessors: [{ type: "import", importId: "imp123" }],
};
new celigo.Flow("orders", {
  ...steps,
  integrationId: "int123",
  schedule: "0 1 * * *",
  timezone: "UTC",
  settings: { key: pulumi.secret("${SECRET}"), plain: 1 },
});
new celigo.Flow(
  "ignoring",
  { ...steps, integrationId: "int123", description: "as declared" },
  { ignoreChanges: ["description", "pageGenerators[0].skipRetries"] },
);
celigo.Flow.get("looked-at", "flowRead");
class Foreign extends pulumi.dynamic.Resource {}
new Foreign({
  create: async () => ({ id: "1", outs: {} }),
  read: async () => { throw new Error("credentials of another service are missing"); },
}, "foreign", {});
const other = new celigo.Provider("other", { apiToken: "tok-second" });
new celigo.Flow("second", { ...steps, integrationId: "int124" }, { provider: other });
`;

/** Line of `new celigo.Flow("orders"` in the program. */
const ORDERS_LINE = 7;

let emulator: Emulator;
let project: PulumiProject;
const rows: string[][] = [["kind of change", "formats", "exit"]];

interface Run extends CommandResult {
  readonly report: DriftReport;
  readonly files: Readonly<Record<string, string>>;
}

/** One run of the command in all formats, each judged, with what it found. */
async function drift(kind: string, args: readonly string[] = [], env = {}): Promise<Run> {
  const folder = await mkdtemp(path.join(runFolder(), "drift-"));
  const names = {
    json: "d.json",
    markdown: "d.md",
    junit: "d.xml",
    sarif: "d.sarif",
    github: "d.gh",
  };
  const formats = Object.entries(names).map(
    ([format, name]) => `${format}=${path.join(folder, name)}`,
  );
  const all = [
    "drift",
    "--format",
    "text",
    ...formats.flatMap((one) => ["--format", one]),
    ...args,
  ];
  const result = await runPackageCommand(project, all, { CELIGO_MAX_RETRIES: "0", ...env });
  const texts = await Promise.all(
    Object.entries(names).map(async ([format, name]) => [
      format,
      await readFile(path.join(folder, name), "utf8"),
    ]),
  );
  const files = Object.fromEntries(texts) as Record<string, string>;
  const faults = [
    ...jsonFaults(files["json"] ?? ""),
    ...sarifFaults(files["sarif"] ?? ""),
    ...(await junitFaults(files["junit"] ?? "")),
    ...githubAnnotations(files["github"] ?? "").faults,
    ...parseMarkdown(files["markdown"] ?? "").smuggled,
  ];
  const shown = [result.stdout, result.stderr, ...Object.values(files)].join("\n");
  for (const secret of [SECRET, MOVED, emulator.token, "tok-second"]) {
    expect(shown).not.toContain(secret);
  }
  expect(faults).toEqual([]);
  rows.push([kind, "text json markdown junit sarif github", String(result.code)]);
  return { ...result, report: JSON.parse(files["json"] ?? "") as DriftReport, files };
}

const changesOf = ({ report }: Run, resource: string): unknown[] =>
  (report.flows.find((flow) => flow.resource === resource)?.changes ?? []).map(
    ({ path: at, kind, declared, live }) => [at, kind, declared, live],
  );

const idOf = (name: string): string => {
  const flow = emulator.flows().find((one) => one["name"] === name);
  if (flow === undefined) throw new Error(`The emulator has no flow ${name}.`);
  return flow._id;
};

beforeAll(async () => {
  emulator = await startEmulator({
    tokens: [{ token: "tok-second" }, { token: "tok-empty", account: "another" }],
    seed: {
      exports: ["exp123", "exp124"],
      imports: ["imp123"],
      integrations: ["int123", "int124"],
      flows: [
        { _id: "flowRead", name: "Read", _integrationId: "int123" },
        { _id: "flowHand", name: "By hand", _integrationId: "int123" },
      ],
    },
  });
  project = await createProject({
    program: PROGRAM,
    config: { "celigo:baseUrl": emulator.url },
    env: { CELIGO_API_TOKEN: emulator.token },
  });
  const { code, output } = await project.up();
  if (code !== 0) throw new Error(output);
});

afterAll(async () => {
  console.log(
    rows.map((row) => row.map((cell, at) => cell.padEnd([40, 42, 0][at] ?? 0)).join("")).join("\n"),
  );
  await project.dispose();
  await emulator.close();
});

/** The command with the token that the deployment had. */
const look = (kind: string, args: readonly string[] = [], env = {}): Promise<Run> =>
  drift(kind, args, { CELIGO_API_TOKEN: emulator.token, ...env });

describe("pulumi-celigo drift", () => {
  it("ends with 0 where nothing drifted, and changes nothing", async () => {
    emulator.clearLog();
    const run = await look("none");
    expect([run.code, run.report.result, run.stderr]).toEqual([0, "in-sync", ""]);
    expect(run.stdout).toBe("In sync: test-project/local, 3 flows in sync.\n");
    expect(emulator.writes()).toEqual([]);
  });

  it("calls neither ignored fields nor what is only read drift", async () => {
    emulator.edit("flowRead", { description: "moved" });
    emulator.edit(idOf("ignoring"), {
      description: "by hand",
      pageGenerators: [{ _exportId: "exp123", skipRetries: true }],
    });
    const run = await look("ignored field, flow only read");
    expect([run.code, run.report.result]).toEqual([0, "in-sync"]);
  });

  it("names every changed place, a secret one without its value, and who did it", async () => {
    emulator.edit(
      idOf("orders"),
      {
        schedule: "0 2 * * *",
        description: "By hand",
        pageGenerators: [{ _exportId: "exp123", skipRetries: true }, { _exportId: "exp124" }],
        settings: { key: MOVED, plain: 1 },
      },
      { by: "Mallory" },
    );
    const run = await look("fields, nested, undeclared, secret", ["--blame"]);
    expect([run.code, run.report.result]).toEqual([2, "drift"]);
    expect(changesOf(run, "orders")).toEqual([
      ["description", "added", undefined, "By hand"],
      ["schedule", "changed", "0 1 * * *", "0 2 * * *"],
      ["pageGenerators[exportId=exp123].skipRetries", "added", undefined, true],
      ["pageGenerators[exportId=exp124]", "added", undefined, { exportId: "exp124" }],
      ["settings", "changed", undefined, undefined],
    ]);
    const [orders] = run.report.flows.filter(({ resource }) => resource === "orders");
    expect(orders?.changes.map(({ blame }) => [blame?.by, blame?.through])).toEqual(
      Array(5).fill(["Mallory", "ui"]),
    );
    expect(orders?.source).toEqual({ file: "index.js", line: ORDERS_LINE, column: 1 });
    const [annotation] = githubAnnotations(run.files["github"] ?? "").annotations;
    expect(annotation?.properties).toMatchObject({ file: "index.js", line: String(ORDERS_LINE) });
    expect(run.stdout).toContain("Mallory <mallory@example.test> through ui");
  });

  it("leaves a secret out that has not moved", async () => {
    emulator.edit(idOf("orders"), { settings: { key: SECRET, plain: 1 } });
    const run = await look("fields beside an unmoved secret");
    expect(changesOf(run, "orders").map((change) => (change as string[])[0])).not.toContain(
      "settings",
    );
    expect(run.code).toBe(2);
    emulator.edit(idOf("orders"), {
      schedule: "0 1 * * *",
      description: null,
      pageGenerators: [{ _exportId: "exp123" }],
    });
  });

  it("tells unmanaged flows with the coverage, in the accounts of all providers", async () => {
    const run = await look("unmanaged flow", ["--unmanaged", "--blame"]);
    expect([run.code, run.report.result]).toEqual([2, "drift"]);
    expect(run.report.unmanaged?.flows).toMatchObject([
      { id: "flowHand", name: "By hand", integrationId: "int123" },
    ]);
    expect(run.report.unmanaged?.coverage).toEqual({ managed: 3, total: 5, percent: 60 });
    expect(run.report.unmanaged?.integrations).toEqual([
      { integrationId: "int123", managed: 2, total: 4, percent: 50 },
      { integrationId: "int124", managed: 1, total: 1, percent: 100 },
    ]);
  });

  it("tells a flow that was deleted elsewhere, though it is the only one of its provider", async () => {
    const second = idOf("second");
    emulator.remove(second);
    const run = await look("flow deleted elsewhere", ["--blame"]);
    expect([run.code, run.report.result]).toEqual([2, "drift"]);
    expect(run.report.flows.map(({ resource, status }) => [resource, status]).sort()).toEqual([
      ["ignoring", "in-sync"],
      ["orders", "in-sync"],
      ["second", "missing"],
    ]);
    emulator.restore(second);
  });
});

describe("could not tell is neither in sync nor drift", () => {
  const cases: readonly [
    kind: string,
    prepare: () => readonly [readonly string[], object],
    words: RegExp,
  ][] = [
    [
      "outage",
      () => {
        emulator.fault({ kind: "status", status: 503, times: Infinity });
        return [[], {}];
      },
      /a fault of its own/,
    ],
    ["refused token", () => [[], { CELIGO_API_TOKEN: "wrong" }], /does not accept the API token/],
    ["another account", () => [[], { CELIGO_API_TOKEN: "tok-empty" }], /None of the 2 flows/],
    [
      "unreadable list",
      () => {
        emulator.fault({ kind: "status", status: 500, path: /^\/flows\?/, times: Infinity });
        return [["--unmanaged"], {}];
      },
      /a fault of its own/,
    ],
    [
      "half a list of a managed integration",
      () => {
        emulator.options.pageSize = 1;
        emulator.fault({ kind: "status", status: 500, path: /skip=1/, times: Infinity });
        return [["--unmanaged"], {}];
      },
      /a fault of its own/,
    ],
    ["missing stack", () => [["--stack", "nope"], {}], /no stack named 'nope'/],
    ["wrong passphrase", () => [[], { PULUMI_CONFIG_PASSPHRASE: "wrong" }], /passphrase/],
    ["no project", () => [["--cwd", runFolder()], {}], /cannot be read/],
  ];

  afterEach(() => {
    emulator.clearFaults();
    emulator.options.pageSize = 100;
  });

  it.each(cases)("%s", async (kind, prepare, words) => {
    const [args, env] = prepare();
    const run = await look(kind, args, env);
    expect([run.code, run.report.result]).toEqual([1, "unknown"]);
    expect(run.stderr).toMatch(words);
    expect(run.report.error).toMatch(words);
    expect(run.stderr).not.toMatch(/^\s+at /m);
    expect(emulator.flows().length).toBeGreaterThan(2);
  });
});

it("is not told from half of the list that a refresh of many flows reads", async () => {
  const many = await createProject({
    program: `const celigo = require("pulumi-celigo");
for (let n = 0; n < 8; n++) new celigo.Flow("many-" + n, {
  pageGenerators: [{ exportId: "exp123" }],
  pageProcessors: [{ type: "import", importId: "imp123" }],
});`,
    config: { "celigo:baseUrl": emulator.url, "celigo:maxRetries": "0" },
    env: { CELIGO_API_TOKEN: emulator.token },
  });
  try {
    expect((await many.up()).code).toBe(0);
    emulator.options.pageSize = 4;
    emulator.fault({ kind: "status", status: 500, path: /skip=4/, times: Infinity });
    const env = { CELIGO_API_TOKEN: emulator.token };
    const result = await runPackageCommand(many, ["drift", "--json"], env);
    rows.push(["half a list in the refresh of many", "json", String(result.code)]);
    expect([result.code, JSON.parse(result.stdout).result]).toEqual([1, "unknown"]);
    expect(emulator.requests("GET", /skip=4/).length).toBeGreaterThan(0);
  } finally {
    emulator.clearFaults();
    emulator.options.pageSize = 100;
    await many.dispose();
  }
});
