import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { LogEntry } from "../../sdk/testing/index";
import {
  aFlow,
  createFlowStack,
  type DeclaredFlow,
  expectCode,
  type FlowStack,
} from "../support/flow-stack";
import type { ProjectResult } from "../support/pulumi-project";
import { dynamicResources } from "../support/stack-state";
import { ACTED, type Aim, aim, CASES, FAULTS, hasStruck, type Strike } from "./fault-plan";

/** One flow for each fault, with fields that only a whole write keeps. */
const flows = (description: string): DeclaredFlow[] =>
  CASES.map((name) => ({
    name: `flow-${name}`,
    args: aFlow({
      description: `${description} ${name}`,
      integrationId: "int123",
      timezone: "UTC",
      settings: { owner: name },
    }),
  }));

const TOKEN = "fault-suite-token-5f1c93aa";
const BYSTANDER = {
  _id: "bystander",
  name: "Somebody else's",
  _integrationId: "int123",
  pageGenerators: [],
};
const table = new Map<string, Aim["strikes"]>();

let stack: FlowStack;
const outputs: string[] = [];
/** For a phase of several commands on a machine that has other things to do. */
const LONG = 240_000;

beforeAll(async () => {
  stack = await createFlowStack({ token: TOKEN }, { "celigo:requestTimeoutMs": "1200" });
  stack.emulator.seedDocuments({ flows: [BYSTANDER] });
});
afterAll(async () => {
  print();
  await stack.close();
});

function print(): void {
  const verbs = [...table.keys()];
  const lines = CASES.map((name) =>
    [name.padEnd(12), ...verbs.map((verb) => shown(table.get(verb)?.get(name)).padEnd(16))].join(
      " ",
    ),
  );
  const count = [...table.values()].reduce((sum, column) => sum + column.size, 0);
  console.log(
    [
      `${String(count)} faults through the CLI: status of the request that was hit, and whether it was carried out`,
      ["fault".padEnd(12), ...verbs.map((verb) => verb.padEnd(16))].join(" "),
      ...lines,
    ].join("\n"),
  );
}

async function run(running: Promise<ProjectResult>, code = 0): Promise<ProjectResult> {
  const result = await running;
  outputs.push(result.output);
  expectCode(result, code);
  return result;
}

const nameOf = (id: string): string | undefined => {
  const name = stack.emulator.flow(id)?.["name"];
  return typeof name === "string" ? name.replace(/^flow-/, "") : undefined;
};
const idIn = ({ path: at }: LogEntry): string => at.split("/").at(-1) ?? "";
const byId = (entry: LogEntry): string | undefined => nameOf(idIn(entry));
const byBody = ({ body }: LogEntry): string | undefined =>
  String((body as { name?: unknown } | undefined)?.name).replace(/^flow-/, "");
/** Each page of a list gets the next fault. */
function byPage(): (entry: LogEntry) => string | undefined {
  const pages: string[] = [];
  return ({ path: at }) => {
    if (!pages.includes(at)) pages.push(at);
    return CASES[pages.indexOf(at)];
  };
}

/** Notes what was hit, and takes back what was not. */
function note(verb: string, { strikes, stop }: Aim): void {
  stop();
  table.set(verb, strikes);
}

/** Checks that the stack is as it was declared, and stays so. */
async function expectSettled(description: string): Promise<void> {
  const { emulator, project } = stack;
  await run(project.up());
  await run(stack.refreshedPreview());

  const names = emulator.flows().map(({ name }) => name);
  expect(names.sort()).toEqual([BYSTANDER.name, ...CASES.map((name) => `flow-${name}`)].sort());
  const inState = dynamicResources(await project.state()).map(({ id }) => id);
  const live = emulator.flows().map(({ _id }) => _id);
  expect(inState.sort()).toEqual(live.filter((id) => id !== BYSTANDER._id).sort());
  for (const flow of emulator.flows()) {
    const name = nameOf(flow._id) ?? "";
    if (flow._id === BYSTANDER._id) continue;
    expect(flow).toMatchObject({
      description: `${description} ${name}`,
      settings: { owner: name },
      timezone: "UTC",
      pageGenerators: [{ _exportId: "exp123" }],
      pageProcessors: [{ _importId: "imp123" }],
    });
  }
}

function shown(strike: Strike | undefined): string {
  if (strike === undefined) return "-";
  const { status, carriedOut } = strike.entry;
  return `${String(status ?? "none")}, ${carriedOut ? "acted" : "not"}`;
}

function expectStruck(verb: string, name: string): void {
  const strike = table.get(verb)?.get(name);
  if (strike === undefined) throw new Error(`${name} was aimed at nothing`);
  const isIdle = FAULTS[name]?.kind === "idleClose";
  expect({ name, struck: hasStruck(stack.emulator, strike) }).toEqual({ name, struck: true });
  const acted = strike.entry.carriedOut;
  expect({ name, acted }).toEqual({ name, acted: isIdle || ACTED.includes(name) });
}

/** Cases of a phase; a fault that cannot strike there is left out. */
const without = (...names: string[]): string[] => CASES.filter((name) => !names.includes(name));

const FLOW = /^\/flows\/[^/]+$/;

describe("up", () => {
  beforeAll(async () => {
    await stack.declare(...flows("first"));
    const aimed = aim(stack.emulator, { method: "POST", path: "/flows" }, byBody);
    await run(stack.project.up(["--parallel", "20"]));
    note("up: POST", aimed);
    await expectSettled("first");
  }, LONG);

  // A POST never goes out on a used connection, so no idle close can meet one; reads meet it below.
  it.each(without("idle-close"))("survives %s of a POST", (name) => {
    expectStruck("up: POST", name);
  });
});

describe("refresh", () => {
  beforeAll(async () => {
    const { emulator, project } = stack;
    emulator.options.pageSize = 1;
    const pages = aim(emulator, { method: "GET", path: "/flows" }, byPage());
    await run(project.refresh());
    note("refresh: list", pages);
    emulator.options.pageSize = 100;
    const reads = aim(emulator, { method: "GET", path: FLOW }, byId);
    await run(project.refresh(["--parallel", "6"], { env: { CELIGO_SHARED_READS: "false" } }));
    note("refresh: GET", reads);
    await expectSettled("first");
  }, LONG);

  it.each(without("no-id"))("survives %s of a list's page", (name) => {
    expectStruck("refresh: list", name);
  });
  it.each(CASES)("survives %s of a GET", (name) => {
    expectStruck("refresh: GET", name);
  });
});

describe("update", () => {
  beforeAll(async () => {
    const { emulator, project } = stack;
    const extra = { unknownToTheTypes: { kept: true } };
    for (const { _id } of emulator.flows()) emulator.edit(_id, extra);
    await stack.declare(...flows("second"));
    const reads = aim(emulator, { method: "GET", path: FLOW }, byId);
    const writes = aim(emulator, { method: "PUT", path: FLOW }, byId);
    await run(project.up(["--parallel", "6"]));
    note("update: GET", reads);
    note("update: PUT", writes);
    await expectSettled("second");
    for (const flow of emulator.flows()) expect(flow).toMatchObject(extra);
  }, LONG);

  it.each(CASES)("survives %s of the GET", (name) => {
    expectStruck("update: GET", name);
  });
  it.each(CASES)("survives %s of the PUT", (name) => {
    expectStruck("update: PUT", name);
  });
});

describe("destroy", () => {
  beforeAll(async () => {
    const { emulator, project } = stack;
    const aimed = aim(emulator, { method: "DELETE", path: FLOW }, byId);
    await run(project.destroy(["--parallel", "6"]));
    note("destroy: DELETE", aimed);
    expect(emulator.flows().map(({ _id }) => _id)).toEqual([BYSTANDER._id]);
    expect(dynamicResources(await project.state())).toEqual([]);
  }, LONG);

  it.each(without("no-id"))("survives %s of a DELETE", (name) => {
    expectStruck("destroy: DELETE", name);
  });
});

it("tells the token to nobody", () => {
  const files = readdirSync(stack.project.stackFolder, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFileSync(path.join(file.parentPath, file.name), "utf8"));
  expect(texts.length).toBeGreaterThan(3);
  for (const text of [...texts, ...outputs, JSON.stringify(stack.emulator.log)])
    expect(text).not.toContain(TOKEN);
});
