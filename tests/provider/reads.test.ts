import { createService } from "../../provider/service";
import { readSettings } from "../../provider/settings";
import { useWire, type Wired } from "../support/test-service";

const wire = useWire();
const ids = (count: number): string[] => Array.from({ length: count }, (_, n) => `f${n}`);
const seedOf = (count: number, integration?: (n: number) => string) => ({
  flows: ids(count).map((_id, n) => ({
    _id,
    name: _id,
    ...(integration && { _integrationId: integration(n) }),
  })),
});
const asked = ({ emulator }: Wired): string[] =>
  emulator.log.map(({ path }) => path.replace("/v1", ""));
const load = ({ service }: Wired, wanted: readonly string[], integrationId?: string) =>
  Promise.all(wanted.map((id) => service.flows.load({ id, integrationId })));

it("reads few flows one by one", async () => {
  const wired = await wire({ seed: seedOf(7) });
  expect((await load(wired, ids(7))).map((flow) => flow?.["_id"])).toEqual(ids(7));
  expect(asked(wired).sort()).toEqual(ids(7).map((id) => `/flows/${id}`));
});

it("reads many by pages, no page twice, none more than needed", async () => {
  const wired = await wire({ seed: seedOf(100), pageSize: 10 });
  await load(wired, ids(25));
  expect(asked(wired)).toHaveLength(3);
  await load(wired, ids(30));
  expect(asked(wired)).toHaveLength(3);
  expect(new Set(asked(wired)).size).toBe(3);
});

it("asks for a flow that the lists lack before it counts as gone", async () => {
  const wired = await wire({ seed: seedOf(20), tokens: [] });
  const [gone] = (await load(wired, ["nowhere", ...ids(20)])) as unknown[];
  expect(gone).toBeUndefined();
  expect(asked(wired)).toEqual(["/flows", "/flows/nowhere"]);
});

it("reads the list of one integration where all belong to it, otherwise that of all", async () => {
  const one = await wire({ seed: { ...seedOf(10, () => "int1"), integrations: ["int1"] } });
  await load(one, ids(10), "int1");
  expect(asked(one)).toEqual(["/flows?_integrationId=int1"]);
  const two = await wire({ seed: seedOf(10, (n) => `int${n % 2}`) });
  await Promise.all(
    ids(10).map((id, n) => two.service.flows.load({ id, integrationId: `int${n % 2}` })),
  );
  expect(asked(two)).toEqual(["/flows"]);
});

it("reads again what was written, and only that", async () => {
  const wired = await wire({ seed: seedOf(10) });
  await load(wired, ids(10));
  wired.service.flows.forget("f3");
  wired.emulator.edit("f3", { description: "new" });
  wired.emulator.clearLog();
  const flows = await load(wired, ids(10));
  expect(flows[3]?.["description"]).toBe("new");
  expect(asked(wired)).toEqual(["/flows/f3"]);
});

it("reads singly where lists are refused, and fails where the service does", async () => {
  const wired = await wire({ seed: seedOf(10) }, { maxRetries: 0 });
  wired.emulator.fault({ kind: "status", status: 403, method: "GET", path: "/flows" });
  expect((await load(wired, ids(10))).every((flow) => flow !== undefined)).toBe(true);
  const down = await wire({ seed: seedOf(20), pageSize: 10 }, { maxRetries: 0 });
  // Half a list is never taken for the whole.
  down.emulator.fault({ kind: "status", status: 503, method: "GET", path: /skip=10/ });
  await expect(load(down, ids(20))).rejects.toThrow("503");
  expect((await load(down, ids(20))).every((flow) => flow !== undefined)).toBe(true);
});

it("asks no list again that the service refused, and for the whole one where it takes no filter", async () => {
  const wired = await wire({ seed: seedOf(40, () => "int1") });
  const refused = { kind: "status", status: 400, method: "GET", times: 99 } as const;
  wired.emulator.fault({ ...refused, path: /_integrationId/ });
  await load(wired, ids(20), "int1");
  await load(wired, ids(30), "int1");
  expect(await wired.service.flows.all("int1")).toHaveLength(40);
  expect(asked(wired)).toEqual(["/flows?_integrationId=int1", "/flows"]);

  const closed = await wire({ seed: seedOf(40) });
  closed.emulator.fault({ ...refused, path: /flows$/ });
  await load(closed, ids(10));
  await load(closed, ids(40));
  expect(await closed.service.flows.all()).toBeUndefined();
  expect(asked(closed)).toEqual(["/flows", ...ids(40).map((id) => `/flows/${id}`)]);
});

it("reads a flow by itself of which the list shows less than it is believed to have", async () => {
  const wired = await wire({ seed: seedOf(10) });
  const wanted = ids(10).map((id, n) => ({ id, has: n === 4 ? ["name", "settings"] : ["name"] }));
  await Promise.all(wanted.map((one) => wired.service.flows.load(one)));
  expect(asked(wired)).toEqual(["/flows", "/flows/f4"]);
});

it("never shares where that is switched off", async () => {
  const wired = await wire({ seed: seedOf(10) }, { sharedReads: false });
  await load(wired, ids(10));
  expect(asked(wired)).toHaveLength(10);
});

it("takes several that are gone, and none that is there, for the wrong account", async () => {
  const wired = await wire({ seed: seedOf(1) });
  await expect(load(wired, ["a", "b"])).rejects.toThrow("None of the 2 flows");
  await expect(load(wired, ["f0", "c", "d"])).resolves.toHaveLength(3);
  const { emulator } = await wire({ seed: {} });
  const own = { apiToken: emulator.token, baseUrl: emulator.url, allowAllGone: true };
  const service = createService(readSettings({ own, env: {} }));
  expect(await load({ emulator, service }, ["a", "b"])).toEqual([undefined, undefined]);
});
