import { Pace } from "../../../provider/api/pace";
import { Bucket, retryHeaders, type RateLimit } from "../../../sdk/testing/rate-limit";
import { virtualClock } from "./virtual-clock";

interface Load {
  readonly requests: number;
  readonly parallel: number;
}

interface Outcome {
  readonly seconds: number;
  readonly refused: number;
  /** How often the unluckiest request was refused. */
  readonly most: number;
}

const LATENCY_MS = 100;

/** Drives requests through a pace into a leaky bucket, in virtual time. */
async function drive(limit: RateLimit, { requests, parallel }: Load): Promise<Outcome> {
  const clock = virtualClock();
  const pace = new Pace(clock);
  const bucket = new Bucket();
  const start = clock.now();
  let [refused, most, left] = [0, 0, requests];
  const one = async (): Promise<void> => {
    for (let own = 0; ; own += 1) {
      most = Math.max(most, own);
      await pace.turn();
      const empty = bucket.take(limit, clock.now());
      await clock.sleep(empty === undefined ? LATENCY_MS : LATENCY_MS / 10);
      if (empty === undefined) {
        pace.passed();
        return;
      }
      refused += 1;
      const { "retry-after": seconds = "0.4" } = retryHeaders(limit, empty, clock.now());
      pace.refused(Number(seconds) * 1000);
    }
  };
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await one();
    }
  };
  await clock.run(Promise.all(Array.from({ length: parallel }, worker)));
  return { seconds: (clock.now() - start) / 1000, refused, most };
}

const rows: string[] = [];
afterAll(() => {
  console.log(["400 requests in virtual time", ...rows].join("\n"));
});

describe("Pace", () => {
  it.each([
    [{ capacity: 20, refillPerSecond: 20 }, 8],
    [{ capacity: 20, refillPerSecond: 20 }, 100],
    [{ capacity: 20, refillPerSecond: 20, retryAfter: "none" as const }, 100],
    [{ capacity: 5, refillPerSecond: 5 }, 8],
    [{ capacity: 100, refillPerSecond: 50 }, 100],
    [{ capacity: 20, refillPerSecond: 2 }, 8],
  ])("comes near the limit %j with %d at once", async (limit, parallel) => {
    const requests = 400;
    const { seconds, refused, most } = await drive(limit, { requests, parallel });
    const ideal = (requests - limit.capacity) / limit.refillPerSecond;
    expect(seconds).toBeLessThan(ideal * 1.1 + 2);
    expect(refused).toBeLessThan(parallel + requests / 5);
    expect(most).toBeLessThanOrEqual(4);
    rows.push(
      `${JSON.stringify(limit)} ${parallel} at once: ${seconds.toFixed(1)} s of ${ideal.toFixed(1)} s, ${refused} refused`,
    );
  });

  it("recovers soon from refusals that no limit stood behind", async () => {
    const clock = virtualClock();
    const pace = new Pace(clock);
    const start = clock.now();
    let sent = 0;
    const worker = async (): Promise<void> => {
      while (sent < 1000) {
        sent += 1;
        const isRefused = [3, 9, 20].includes(sent);
        await pace.turn();
        await clock.sleep(LATENCY_MS);
        if (isRefused) pace.refused(1000);
        else pace.passed();
      }
    };
    await clock.run(Promise.all(Array.from({ length: 8 }, worker)));
    // Without any refusal it would be 12.5 s.
    expect((clock.now() - start) / 1000).toBeLessThan(30);
  });

  it("does not hold anything back below the limit", async () => {
    const limit = { capacity: 1000, refillPerSecond: 300 };
    const { seconds, refused } = await drive(limit, { requests: 400, parallel: 8 });
    expect({ seconds, refused }).toEqual({ seconds: (400 / 8) * (LATENCY_MS / 1000), refused: 0 });
  });

  it("lets nobody go before Retry-After is over", async () => {
    const clock = virtualClock();
    const pace = new Pace(clock);
    const start = clock.now();
    pace.refused(7000);
    await clock.run(Promise.all([pace.turn(), pace.turn(), pace.turn()]));
    expect(Math.min(...clock.sleeps)).toBeGreaterThan(0);
    expect(clock.sleeps[0]).toBe(7000);
    expect(clock.now() - start).toBeGreaterThanOrEqual(7000);
  });

  it("takes refusals of requests that were under way together for one sign", async () => {
    const clock = virtualClock();
    const pace = new Pace(clock);
    for (let answer = 0; answer < 50; answer += 1) pace.passed();
    for (let refusal = 0; refusal < 50; refusal += 1) pace.refused(1000);
    expect(pace.rate).toBe(10);
    await clock.run(pace.turn());
  });

  it("lets requests go in the order in which they asked", async () => {
    const clock = virtualClock();
    const pace = new Pace(clock);
    pace.refused(1000);
    const order: number[] = [];
    const turns = Array.from({ length: 20 }, async (_, index) => {
      await pace.turn();
      order.push(index);
    });
    await clock.run(Promise.all(turns));
    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });
});
