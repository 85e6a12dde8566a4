import { checkFlow } from "../../../provider/flow/check";
import { checkReferences } from "../../../provider/flow/references";
import { UNKNOWN } from "../../../provider/flow/unknown";
import type { Emulator } from "../../../sdk/testing/index";
import { aFlow } from "../../support/flow-samples";
import { useWire } from "../../support/test-service";

const wire = useWire();
const asked = (emulator: Emulator): string[] =>
  emulator.log.map(({ method, path }) => `${method} ${path.replace("/v1", "")}`);

/** Lines that the provider says on stderr meanwhile. */
function listen(): { lines: string[]; stop: () => void } {
  const lines: string[] = [];
  const spy = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  return {
    lines,
    stop: () => {
      spy.mockRestore();
    },
  };
}

let said: ReturnType<typeof listen>;
beforeEach(() => {
  said = listen();
});
afterEach(() => {
  said.stop();
});

const MANY = 1000;
const ids = (kind: string): string[] => Array.from({ length: MANY }, (_, n) => `${kind}${n}`);

it("asks a few lists for a thousand new flows, and nothing for unchanged ones", async () => {
  const seed = { exports: ids("exp"), imports: ids("imp"), integrations: ["int123"] };
  const { emulator, service } = await wire({ seed });
  const flows = ids("flow").map((name, n) =>
    aFlow({
      name,
      integrationId: "int123",
      pageGenerators: [{ exportId: `exp${n}` }],
      pageProcessors: [{ type: "import", importId: `imp${n}` }],
    }),
  );
  // The engine has eight under way at a time.
  const queue = [...flows];
  const work = async (): Promise<void> => {
    for (let flow = queue.shift(); flow !== undefined; flow = queue.shift())
      expect((await checkFlow(service, {}, flow)).problems).toEqual([]);
  };
  await Promise.all(Array.from({ length: 8 }, work));
  const lists = asked(emulator).filter((line) => /\?|s$/.test(line));
  const singles = asked(emulator).length - lists.length;
  console.log(
    `1,000 new flows with 1,000 exports and imports: ${lists.length} pages of lists, ${singles} single reads`,
  );
  expect(lists.length).toBeLessThanOrEqual(21);
  expect(singles).toBeLessThanOrEqual(16);

  emulator.clearLog();
  for (const flow of flows)
    expect((await checkFlow(service, flow, { ...flow, description: "x" })).problems).toEqual([]);
  expect(asked(emulator)).toEqual([]);
}, 30_000);

it("asks once for an export that a thousand flows share", async () => {
  const { emulator, service } = await wire();
  await Promise.all(ids("flow").map((name) => checkReferences(service, {}, aFlow({ name }))));
  expect(asked(emulator).sort()).toEqual(["GET /exports/exp123", "GET /imports/imp123"]);
});

it("asks for what is new in a changed flow only, wherever it stands, and for nothing unknown", async () => {
  const { emulator, service } = await wire();
  const news = aFlow({
    pageGenerators: [{ exportId: "exp123" }, { exportId: UNKNOWN }, UNKNOWN],
    pageProcessors: [],
    routers: [
      {
        id: "r",
        branches: [
          {
            name: "b",
            pageProcessors: [
              { type: "export", exportId: "exp456" },
              { type: "import", importId: "imp9" },
            ],
          },
        ],
      },
    ],
  });
  expect(await checkReferences(service, aFlow(), news)).toEqual([
    {
      path: "routers[0].branches[0].pageProcessors[1].importId",
      reason: expect.stringContaining('names import "imp9"'),
    },
  ]);
  expect(asked(emulator).sort()).toEqual(["GET /exports/exp456", "GET /imports/imp9"]);
});

it("asks nothing for an empty id, which is refused by itself", async () => {
  const { emulator, service } = await wire();
  const flow = aFlow({ pageGenerators: [{ exportId: "" }], pageProcessors: [] });
  expect(await checkReferences(service, {}, flow)).toEqual([]);
  expect(asked(emulator)).toEqual([]);
});

it("asks nothing with checkReferences off", async () => {
  const { emulator, service } = await wire({}, { checkReferences: false });
  expect(
    (await checkFlow(service, {}, aFlow({ pageGenerators: [{ exportId: "exp9" }] }))).problems,
  ).toEqual([]);
  expect(asked(emulator)).toEqual([]);
});

it("takes a refused id for one that does not exist", async () => {
  const { service } = await wire({ malformedIds: "invalid_ref" });
  const flow = aFlow({ pageGenerators: [{ exportId: "exp9" }], pageProcessors: [] });
  expect(await checkReferences(service, {}, flow)).toHaveLength(1);
});

it.each([403, 401, 503])(
  "lets pass what cannot be looked up (%i), and says so once",
  async (status) => {
    const { emulator, service } = await wire({}, { maxRetries: 0 });
    emulator.fault({ kind: "status", status, method: "GET", times: 99 });
    const flows = [aFlow({ name: "a" }), aFlow({ name: "b" })];
    for (const flow of flows) expect(await checkReferences(service, {}, flow)).toEqual([]);
    const warnings = said.lines.filter((line) => line.includes("was not checked"));
    expect(warnings.length).toBeGreaterThan(0);
    expect(warnings.length).toBeLessThanOrEqual(2);
  },
);

it("asks no more of a service that is down, for a while", async () => {
  const { emulator, service } = await wire({}, { maxRetries: 0 });
  emulator.fault({ kind: "status", status: 503, method: "GET", times: 9999 });
  for (let n = 0; n < 50; n += 1)
    expect(
      await checkReferences(service, {}, aFlow({ pageGenerators: [{ exportId: `e${n}` }] })),
    ).toEqual([]);
  expect(emulator.log.length).toBeLessThanOrEqual(2);
  emulator.clearFaults();
  await service.clock.sleep(61_000);
  const flow = aFlow({ pageGenerators: [{ exportId: "gone" }] });
  expect(await checkReferences(service, {}, flow)).toHaveLength(1);
});

it("reads every page of the lists", async () => {
  const { emulator, service } = await wire({
    pageSize: 7,
    seed: { exports: ids("exp").slice(0, 60), imports: ["imp123"] },
  });
  const flow = aFlow({
    pageGenerators: ids("exp")
      .slice(0, 61)
      .map((exportId) => ({ exportId })),
  });
  const problems = await checkReferences(service, {}, flow);
  expect(problems.map(({ path }) => path)).toEqual(["pageGenerators[60].exportId"]);
  expect(
    asked(emulator).filter((line) => line.startsWith("GET /exports?") || line === "GET /exports"),
  ).toHaveLength(9);
});

describe("twins", () => {
  const seed = {
    exports: ["exp123"],
    imports: ["imp123"],
    flows: [
      { _id: "f1", name: "Orders", _integrationId: "int1" },
      { _id: "f2", name: "Orders", _integrationId: "int2" },
      { _id: "f3", name: "Orders" },
      { _id: "f4", name: "orders", _integrationId: "int1" },
    ],
  };

  it.each([
    ["int1", "f1"],
    ["int2", "f2"],
    [undefined, "f3"],
  ])("in %s is %s, and is found", async (integrationId, twin) => {
    const { service } = await wire({ seed });
    const flow = aFlow({ name: "Orders", ...(integrationId !== undefined && { integrationId }) });
    expect(await checkFlow(service, {}, flow)).toEqual({ problems: [], twins: [twin] });
  });

  it("are no flows of this stack, nor anything of an old flow", async () => {
    const { emulator, service } = await wire({ seed });
    service.claimed.add("f1");
    const flow = aFlow({ name: "Orders", integrationId: "int1" });
    expect((await checkFlow(service, {}, flow)).twins).toEqual([]);
    emulator.clearLog();
    expect((await checkFlow(service, flow, { ...flow, description: "x" })).twins).toEqual([]);
    expect(asked(emulator)).toEqual([]);
  });

  it("are no reason to fail where nobody may list flows", async () => {
    const { emulator, service } = await wire({ seed });
    emulator.fault({ kind: "status", status: 403, method: "GET", path: /^\/flows/, times: 9 });
    expect(await checkFlow(service, {}, aFlow())).toEqual({ problems: [], twins: [] });
  });

  it("are not looked for again where the list cannot be read", async () => {
    const { emulator, service } = await wire({ seed }, { maxRetries: 0 });
    emulator.fault({ kind: "status", status: 503, method: "GET", path: /flows$/, times: 9 });
    for (const name of ["a", "b", "c"])
      expect((await checkFlow(service, {}, aFlow({ name }))).problems).toEqual([]);
    expect(asked(emulator).filter((request) => request.endsWith("/flows"))).toHaveLength(1);
  });
});
