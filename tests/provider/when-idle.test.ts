import { ApiError, type ApiErrorKind } from "../../provider/api/errors";
import { whenIdle } from "../../provider/when-idle";

const refusal = (kind: ApiErrorKind): ApiError =>
  new ApiError({ kind, method: "PUT", path: "/v1/flows/f", status: 409, complaints: [] });

/** Work that is refused some times, on a clock that jumps. */
function bench(refusals: number, kind: ApiErrorKind, conflictTimeoutMs: number) {
  let time = 0;
  let tries = 0;
  const waits: number[] = [];
  const clock = {
    now: () => time,
    sleep: (ms: number) => {
      waits.push(ms);
      time += ms;
      return Promise.resolve();
    },
    random: () => 0.5,
  };
  const service = { clock, settings: { conflictTimeoutMs } } as Parameters<typeof whenIdle>[0];
  const work = (): Promise<number> => {
    tries += 1;
    return tries <= refusals ? Promise.reject(refusal(kind)) : Promise.resolve(tries);
  };
  return {
    waits,
    run: () => whenIdle(service, 'flow "a" (f)', work),
    time: () => time,
    tries: () => tries,
  };
}

let said: string[];
let spy: jest.SpyInstance;
beforeEach(() => {
  said = [];
  spy = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
});
afterEach(() => {
  spy.mockRestore();
});

it("waits for a running flow, ever longer but never long, and says so once", async () => {
  const { run, waits } = bench(12, "running", 300_000);
  expect(await run()).toBe(13);
  expect(waits).toHaveLength(12);
  expect(waits[0]).toBe(1000);
  expect(Math.max(...waits)).toBeLessThanOrEqual(12_000);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('flow "a" (f) is running; waiting up to 300 s');
});

it("gives up after the time that is set, with the refusal and how long it waited", async () => {
  const { run, time } = bench(Infinity, "running", 20_000);
  await expect(run()).rejects.toMatchObject({ info: { kind: "running", detail: "waited 20 s" } });
  expect(time()).toBe(20_000);
});

it("waits for nothing else, and not at all when that is set", async () => {
  for (const kind of ["conflict", "server", "invalid"] as const) {
    const { run, tries } = bench(1, kind, 300_000);
    await expect(run()).rejects.toMatchObject({ info: { kind } });
    expect(tries()).toBe(1);
  }
  const { run, waits } = bench(1, "running", 0);
  await expect(run()).rejects.toMatchObject({ info: { kind: "running" } });
  expect(waits).toEqual([]);
});
