import { SharedList } from "../../provider/shared-list";
import { useWire, type Wired } from "../support/test-service";

const wire = useWire();
const ids = Array.from({ length: 25 }, (_, n) => `e${n}`);
const listOf = ({ service }: Wired): SharedList =>
  new SharedList(service.client, { path: "/exports", clock: service.clock });

it("fetches pages only as far as somebody needs them, one after the other however many wait", async () => {
  const wired = await wire({ seed: { exports: ids }, pageSize: 10 });
  const list = listOf(wired);
  const found = await Promise.all([list.find(["e3"]), list.find(["e12"]), list.find(["e4", "e1"])]);
  expect(found.map((one) => [...one.keys()])).toEqual([["e3"], ["e12"], ["e4", "e1"]]);
  expect(wired.emulator.log).toHaveLength(2);
  expect(await list.all()).toHaveLength(25);
  expect(wired.emulator.log).toHaveLength(3);
  expect((await list.find(["nowhere"])).size).toBe(0);
  expect(wired.emulator.log).toHaveLength(3);
});

it("has nothing of what was forgotten", async () => {
  const wired = await wire({ seed: { exports: ids } });
  const list = listOf(wired);
  await list.all();
  list.forget("e1");
  expect((await list.find(["e1", "e2"])).has("e1")).toBe(false);
  expect(await list.all()).toHaveLength(24);
});

it("is never half a list: a page that fails, fails for everybody from then on", async () => {
  const wired = await wire({ seed: { exports: ids }, pageSize: 10 }, { maxRetries: 0 });
  wired.emulator.fault({ kind: "status", status: 500, path: /skip=10/ });
  const list = listOf(wired);
  await expect(list.all()).rejects.toThrow("500");
  await expect(list.all()).rejects.toThrow("500");
  await expect(list.find(["e15"])).rejects.toThrow("500");
  expect((await list.find(["e1"])).has("e1")).toBe(true);
  expect(list.hasFailed).toBe(true);
});
