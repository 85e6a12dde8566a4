import { LONGEST_CALL_MS, mayRetry, retryAfter, waitMs } from "../../../provider/api/retry";

const NOW = Date.parse("2024-01-15T10:00:00.000Z");
const httpDate = (ms: number): string => new Date(ms).toUTCString();

describe("retryAfter", () => {
  it.each([
    ["3", undefined, 3000],
    [" 3 ", undefined, 3000],
    ["0.5", undefined, 500],
    [httpDate(NOW + 4000), httpDate(NOW), 4000],
    // The service's clock is three hours behind ours: its own date decides.
    [httpDate(NOW - 3 * 3_600_000 + 4000), httpDate(NOW - 3 * 3_600_000), 4000],
    [httpDate(NOW + 4000), undefined, 4000],
    ["900", undefined, LONGEST_CALL_MS],
  ])("takes %j against the date %j as %d ms", (header, date, ms) => {
    expect(retryAfter(header, date, NOW)).toBe(ms);
  });

  it.each([
    undefined,
    "",
    "0",
    "-5",
    "soon",
    "1e9",
    "99999999999",
    "86400",
    "NaN",
    "2 seconds",
    httpDate(NOW),
    httpDate(NOW - 60_000),
    httpDate(NOW + 86_400_000),
  ])("leaves %j to our own back-off", (header) => {
    expect(retryAfter(header, httpDate(NOW), NOW)).toBeUndefined();
  });
});

describe("waitMs", () => {
  it("doubles from half a second up to twenty seconds, with jitter between half and all", () => {
    const waits = (random: number): number[] =>
      [1, 2, 3, 4, 5, 6, 7, 8, 20].map((attempt) => waitMs(attempt, undefined, random));
    expect(waits(1)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000, 20_000]);
    expect(waits(0)).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
  });

  it("waits as the service says, and never longer than two minutes", () => {
    expect(waitMs(1, 3000, 0)).toBe(3000);
    expect(waitMs(4, 3000, 1)).toBe(3100);
    expect(waitMs(1, 600_000, 0)).toBe(120_000);
  });
});

describe("mayRetry", () => {
  const STATUSES = [undefined, 400, 401, 403, 404, 408, 409, 422, 429, 500, 501, 502, 503, 504];
  const retried = (method: string): (number | undefined)[] =>
    STATUSES.filter((status) =>
      mayRetry({ method, sent: true, ...(status !== undefined && { status }) }),
    );

  it.each(["GET", "PUT", "DELETE"])("repeats %s after whatever passes", (method) => {
    expect(retried(method)).toEqual([undefined, 408, 429, 500, 502, 503, 504]);
  });

  it("repeats a POST after 429, and where nothing was sent", () => {
    expect(retried("POST")).toEqual([429]);
    expect(mayRetry({ method: "POST", sent: false })).toBe(true);
  });
});
