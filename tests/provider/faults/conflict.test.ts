import { deleteFlow } from "../../../provider/flow/delete";
import type { Fault } from "../../../sdk/testing/index";
import { whenIdle } from "../../../provider/when-idle";
import { type Bench, useBenches } from "./virtual-service";

const makeBench = useBenches();

let said: string[] = [];
beforeEach(() => {
  said = [];
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    said.push(String(text).trim());
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const TITLE = 'flow "Orders" (flow1)';

async function withFlow(options: Parameters<typeof makeBench>[0] = {}): Promise<Bench> {
  const bench = await makeBench(options);
  bench.emulator.seedDocuments({
    flows: [{ _id: "flow1", name: "Orders", pageGenerators: [] }],
  });
  return bench;
}

const put = ({ service }: Bench): Promise<unknown> =>
  whenIdle(service, TITLE, () =>
    service.client.putFlow("flow1", { name: "Orders, new", pageGenerators: [] }),
  );
const remove = ({ service }: Bench): Promise<void> => deleteFlow(service, "flow1", TITLE);

describe("a running flow", () => {
  it.each([
    ["PUT", put],
    ["DELETE", remove],
  ] as const)("is waited for by %s, with one line that says so", async (method, act) => {
    const bench = await withFlow();
    bench.emulator.startJob("flow1", { durationMs: 60_000 });
    await bench.run(() => act(bench));
    expect(bench.seconds()).toBeGreaterThanOrEqual(60);
    expect(bench.seconds()).toBeLessThan(73);
    expect(said).toEqual([`celigo: ${TITLE} is running; waiting up to 300 s for it to finish`]);
    expect(bench.emulator.requests(method).at(-1)).toMatchObject({ carriedOut: true });
    // Once a second at first, then every ten: not a storm.
    expect(bench.emulator.log.length).toBeLessThan(15);
  });

  it.each([
    ["PUT", put],
    ["DELETE", remove],
  ] as const)("is named by %s when conflictTimeoutMs is over", async (_, act) => {
    const bench = await withFlow({ conflictTimeoutMs: 20_000 });
    bench.emulator.startJob("flow1");
    await expect(bench.run(() => act(bench))).rejects.toMatchObject({
      info: { kind: "running", detail: "waited 20 s" },
    });
    expect(bench.seconds()).toBe(20);
    expect(bench.emulator.flow("flow1")).toMatchObject({ name: "Orders" });
  });

  it("is not waited for with conflictTimeoutMs 0", async () => {
    const bench = await withFlow({ conflictTimeoutMs: 0 });
    bench.emulator.startJob("flow1");
    await expect(bench.run(() => put(bench))).rejects.toMatchObject({ info: { kind: "running" } });
    expect(bench.emulator.log).toHaveLength(1);
    expect(said).toEqual([]);
  });

  it.each([
    ["409 without a word", { kind: "status", status: 409, body: "empty" }],
    ["409 as a page", { kind: "status", status: 409, body: "html" }],
    [
      "the code, with 400",
      { kind: "status", status: 400, body: { errors: [{ code: "conflict", message: "Busy" }] } },
    ],
    [
      "the code at the top, with 422",
      { kind: "status", status: 422, body: { code: "conflict", message: "Busy" } },
    ],
    [
      "the message, with 422",
      { kind: "status", status: 422, body: { errors: [{ message: "Flow is currently running" }] } },
    ],
    [
      "the message as text",
      { kind: "status", status: 400, body: { errors: ["Flow is currently running"] } },
    ],
    [
      "the code, with 500",
      { kind: "status", status: 500, body: { errors: [{ code: "conflict", message: "Busy" }] } },
    ],
    [
      "the message, with 503",
      { kind: "status", status: 503, body: { message: "Flow is currently running" } },
    ],
  ] as [string, Fault][])("is known by %s", async (_, fault) => {
    const bench = await withFlow();
    // More often than what passes by itself is tried again.
    bench.emulator.fault({ ...fault, method: "PUT", times: 8 });
    bench.emulator.fault({ ...fault, method: "DELETE", times: 8 });
    await bench.run(async () => {
      await put(bench);
      await remove(bench);
    });
    expect(said).toHaveLength(2);
    expect(bench.emulator.flows()).toEqual([]);
  });
});

describe("a deletion that is refused because of use", () => {
  const CHAIN = {
    _id: "flow2",
    name: "After that",
    pageGenerators: [],
    _runNextFlowIds: ["flow1"],
  };

  it.each([
    [409, "conflict", "keyed", "id"],
    [409, "conflict", "keyed", "_id"],
    [422, "in_use", "list", "id"],
    [400, "invalid_ref", "list", "_id"],
    [403, "forbidden", "keyed", "id"],
    [405, "not_allowed", "keyed", "id"],
  ] as const)("is explained at once: %d %s, %s, %s", async (status, code, shape, key) => {
    const bench = await withFlow({
      deleteReferencedStatus: status,
      deleteReferencedCode: code,
      dependenciesShape: shape,
      dependencyIdKey: key,
    });
    bench.emulator.seedDocuments({ flows: [CHAIN] });
    const failure = (await bench
      .run(() => remove(bench))
      .catch((error: unknown) => error)) as Error;
    expect(failure.message).toContain("Flow flow1 is used by 1 other resource");
    expect(failure.message).toMatch(/still used by (flow|resource) "After that" \(flow2\)/);
    expect(bench.seconds()).toBe(0);
    expect(bench.arrived()).toEqual(["DELETE /flows/flow1", "GET /flows/flow1/dependencies"]);
  });

  it.each([
    [[{ id: "flow2", name: "After that" }]],
    [{ dependencies: { flows: [{ _id: "flow2", name: "After that" }] } }],
    [{ dependencies: [{ id: "flow2", name: "After that", type: "flow" }] }],
    [{ flows: ["flow2"] }],
    [{ exports: [], flows: [{ id: "flow2" }] }],
  ])("is explained from %j", async (body) => {
    const bench = await withFlow();
    bench.emulator.fault({ kind: "status", status: 409, method: "DELETE" });
    bench.emulator.fault({
      kind: "status",
      status: 200,
      body: body as never,
      path: /dependencies/,
    });
    const failure = (await bench
      .run(() => remove(bench))
      .catch((error: unknown) => error)) as Error;
    expect(failure.message).toMatch(/still used by .*\(flow2\)/);
    // Not "is still running", which a 409 without a word says otherwise.
    expect(failure).toMatchObject({ refusal: { info: { kind: "conflict" } } });
  });

  it("is shown as the service words it where nobody can say why", async () => {
    const bench = await withFlow();
    const body = { errors: [{ code: "locked", message: "Owned by an integration app" }] };
    bench.emulator.fault({ kind: "status", status: 422, body, method: "DELETE" });
    bench.emulator.fault({ kind: "status", status: 403, path: /dependencies/ });
    await expect(bench.run(() => remove(bench))).rejects.toThrow(
      "Owned by an integration app [locked]",
    );
  });
});

it("takes a flow that is gone for deleted", async () => {
  const bench = await withFlow();
  bench.emulator.remove("flow1");
  await bench.run(() => remove(bench));
  expect(bench.arrived()).toEqual(["DELETE /flows/flow1"]);
});
