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
import { ACTED, type Aim, aim, CASES, hasStruck, type Strike } from "./fault-plan";

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
const IDLE = "idle-close";
const closedIn = { up: 0 };

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
/** The first connection to fall idle is the one that others use after it. */
function byIdIdleFirst(): (entry: LogEntry) => string | undefined {
  let first: string | undefined;
  return (entry) => {
    const name = byId(entry);
    first ??= name;
    if (name === first) return IDLE;
    return name === IDLE ? first : name;
  };
}
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
  const isIdle = name === IDLE;
  expect({ name, struck: hasStruck(stack.emulator, strike) }).toEqual({ name, struck: true });
  // A deletion that comes after its own repetition meets a flow that is gone.
  if (name === "late" && verb.endsWith("DELETE")) return;
  const acted = strike.entry.carriedOut;
  expect({ name, acted }).toEqual({ name, acted: isIdle || ACTED.includes(name) });
}

/** How many idle connections have been closed under a request so far. */
const idleCloses = (): number =>
  stack.emulator.fired.filter(({ kind }) => kind === "idleClose").length;

/** Faults that cannot strike: a POST never uses a connection again, and what has no body has no `_id`. */
const EXCEPT: Readonly<Record<string, string>> = {
  "up: POST": IDLE,
  "refresh: list": "no-id",
  "refresh: GET": IDLE,
  "update: PUT": IDLE,
  "destroy: DELETE": "no-id",
};
const casesOf = (verb: string): string[] => CASES.filter((name) => name !== EXCEPT[verb]);

/** Aims the faults of a column of the table. */
function aimAt(verb: string, path: string | RegExp, caseOf: Parameters<typeof aim>[2]): () => void {
  const cases = casesOf(verb);
  const method = verb.split(" ")[1] ?? "";
  const match = { method: method === "list" ? "GET" : method, path };
  const { strikes, stop } = aim(stack.emulator, match, (entry) => {
    const name = caseOf(entry);
    return name !== undefined && cases.includes(name) ? name : undefined;
  });
  table.set(verb, strikes);
  return stop;
}

const FLOW = /^\/flows\/[^/]+$/;

describe("up", () => {
  beforeAll(async () => {
    await stack.declare(...flows("first"));
    // The look-ups for lost creates list the flows, and read the candidate on the connection that falls idle.
    stack.emulator.fault({
      kind: "idleClose",
      method: "GET",
      path: "/flows",
      after: 1,
      times: 3,
    });
    const stop = aimAt("up: POST", "/flows", byBody);
    await run(stack.project.up(["--parallel", "20"]));
    stop();
    closedIn.up = idleCloses();
    await expectSettled("first");
  }, LONG);

  it.each(casesOf("up: POST"))("survives %s of a POST", (name) => {
    expectStruck("up: POST", name);
  });
  // A POST never goes out on a used connection, so that no idle close can meet one.
  it("survives idle-close of a read", () => {
    expect(closedIn.up).toBeGreaterThan(0);
  });
});

describe("refresh", () => {
  beforeAll(async () => {
    const { emulator, project } = stack;
    emulator.options.pageSize = 1;
    const stopPages = aimAt("refresh: list", "/flows", byPage());
    await run(project.refresh());
    stopPages();
    emulator.options.pageSize = 100;
    const stopReads = aimAt("refresh: GET", FLOW, byId);
    await run(project.refresh(["--parallel", "6"], { env: { CELIGO_SHARED_READS: "false" } }));
    stopReads();
    await expectSettled("first");
  }, LONG);

  it.each(casesOf("refresh: list"))("survives %s of a list's page", (name) => {
    expectStruck("refresh: list", name);
  });
  it.each(casesOf("refresh: GET"))("survives %s of a GET", (name) => {
    expectStruck("refresh: GET", name);
  });
});

describe("update", () => {
  beforeAll(async () => {
    const { emulator, project } = stack;
    const extra = { unknownToTheTypes: { kept: true } };
    for (const { _id } of emulator.flows()) emulator.edit(_id, extra);
    await stack.declare(...flows("second"));
    const stops = [aimAt("update: GET", FLOW, byId), aimAt("update: PUT", FLOW, byId)];
    await run(project.up(["--parallel", "6"]));
    for (const stop of stops) stop();
    await expectSettled("second");
    for (const flow of emulator.flows()) expect(flow).toMatchObject(extra);
  }, LONG);

  it.each(casesOf("update: GET"))("survives %s of the GET", (name) => {
    expectStruck("update: GET", name);
  });
  it.each(casesOf("update: PUT"))("survives %s of the PUT", (name) => {
    expectStruck("update: PUT", name);
  });
});

describe("destroy", () => {
  beforeAll(async () => {
    const { emulator, project } = stack;
    const stop = aimAt("destroy: DELETE", FLOW, byIdIdleFirst());
    await run(project.destroy(["--parallel", "6"]));
    stop();
    expect(emulator.flows().map(({ _id }) => _id)).toEqual([BYSTANDER._id]);
    expect(dynamicResources(await project.state())).toEqual([]);
  }, LONG);

  it.each(casesOf("destroy: DELETE"))("survives %s of a DELETE", (name) => {
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
