import { useBenches } from "./virtual-service";

const makeBench = useBenches();
const rows: string[] = [];

afterAll(() => {
  console.log(
    [
      "1,000 creates against a bucket of 20, refilled at 20 per second (virtual clock)",
      ...rows,
    ].join("\n"),
  );
});

it.each([
  [8, "seconds"],
  [100, "seconds"],
] as const)(
  "makes 1,000 flows with %d at once and Retry-After %s",
  async (parallel, retryAfter) => {
    const limit = { capacity: 20, refillPerSecond: 20, retryAfter };
    const { service, emulator, clock, run, seconds } = await makeBench({
      rateLimit: limit,
      requestTimeoutMs: 30_000,
    });
    const body = { name: "Orders", disabled: true, pageGenerators: [] };
    let left = 1000;
    const worker = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await service.client.createFlow(body);
        await clock.sleep(100);
      }
    };
    await run(() => Promise.all(Array.from({ length: parallel }, worker)));

    const ideal = (1000 - limit.capacity) / limit.refillPerSecond;
    const refused = emulator.log.filter(({ status }) => status === 429).length;
    rows.push(
      `${String(parallel).padStart(3)} at once, Retry-After ${retryAfter.padEnd(7)}: ${String(emulator.log.length)} requests, ${String(refused)} refused, ${seconds().toFixed(1)} s; the bucket's own limit is ${ideal.toFixed(1)} s`,
    );
    expect(emulator.flows()).toHaveLength(1000);
    expect(seconds()).toBeLessThan(ideal * 1.1 + 2);
    expect(refused).toBeLessThan(200);
  },
  60_000,
);
