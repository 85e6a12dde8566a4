import { createFlow } from "../../../provider/flow/create";
import { updateFlow } from "../../../provider/flow/update";
import { type Bench, inputs, useBenches } from "./virtual-service";

const makeBench = useBenches();

beforeEach(() => {
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const FIRST = inputs({ description: "first", timezone: "UTC" });
const SECOND = inputs({ timezone: "Europe/Paris" });

async function withFlow(options: Parameters<typeof makeBench>[0] = {}) {
  const bench = await makeBench(options);
  const { id, state } = await bench.run(() => createFlow(bench.service, FIRST));
  const update = () =>
    bench.run(() => updateFlow(bench.service, { id, title: "flow", state, inputs: SECOND }));
  return { bench, id, update };
}

const live = (bench: Bench, id: string): unknown => bench.emulator.flow(id);

it.each(["replace", "merge"] as const)(
  "is finished by the next update where all answers of one were lost, under a PUT that means %s",
  async (put) => {
    const { bench, id, update } = await withFlow({ put, maxRetries: 0 });
    const lost = bench.emulator.fault({ kind: "cutAfter", method: "PUT", times: 9 });
    await expect(update()).rejects.toMatchObject({ info: { kind: "cut" } });
    expect(live(bench, id)).toMatchObject({ timezone: "Europe/Paris" });
    lost.remove();
    const { state, kept, altered } = await update();
    expect(live(bench, id)).not.toHaveProperty("description");
    expect(state).toMatchObject({ timezone: "Europe/Paris" });
    expect(state).not.toHaveProperty("description");
    expect({ kept, altered }).toEqual({ kept: [], altered: [] });
  },
);

it("keeps what somebody changes while it waits for a run", async () => {
  const { bench, id, update } = await withFlow();
  bench.emulator.startJob(id, { durationMs: 30_000 });
  bench.emulator.intercept({ method: "PUT" }, () => {
    bench.emulator.edit(id, { unknownToTheTypes: "kept", _runNextFlowIds: ["flow9"] });
  });
  await update();
  expect(live(bench, id)).toMatchObject({
    timezone: "Europe/Paris",
    unknownToTheTypes: "kept",
    _runNextFlowIds: ["flow9"],
  });
});
