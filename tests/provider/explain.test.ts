import { ApiError, type ApiErrorInfo, type ApiErrorKind } from "../../provider/api/errors";
import { explain, flowTitle, messageOf } from "../../provider/explain";
import { readSettings } from "../../provider/settings";
import { StillUsedError } from "../../provider/still-used";

const TOKEN = "token-that-nobody-may-read";
const settings = readSettings({ own: { apiToken: TOKEN, region: "eu" }, env: {} });
const undertaking = { doing: "updating", name: "Orders", id: "f1" };

const KINDS: Readonly<Record<ApiErrorKind, true>> = {
  cut: true,
  timeout: true,
  unreachable: true,
  unauthorized: true,
  forbidden: true,
  notFound: true,
  invalid: true,
  running: true,
  conflict: true,
  rateLimited: true,
  server: true,
  unexpected: true,
};

const refusal = (info: Partial<ApiErrorInfo>): ApiError =>
  new ApiError({ kind: "invalid", method: "PUT", path: "/v1/flows/f1", complaints: [], ...info });

it("names a flow by what is known of it", () => {
  expect(flowTitle({ name: "Orders", id: "f1" })).toBe('flow "Orders" (f1)');
  expect(flowTitle({ name: "Orders" })).toBe('flow "Orders"');
  expect(flowTitle({ id: "f1" })).toBe("flow f1");
});

it.each(Object.keys(KINDS) as ApiErrorKind[])("says what to do next after %s", (kind) => {
  const text = explain(refusal({ kind }), undertaking, settings);
  expect(text).toMatch(/^updating flow "Orders" \(f1\) failed: \S.*\.\n/);
  expect(text).toMatch(/\nNext: \S.{20,}$/);
});

it("says everything that the service said: each complaint with field and code, status, request, attempts", () => {
  const complaints = [
    { message: "Invalid cron expression", field: "schedule", code: "validation_error" },
    { message: "odd" },
  ];
  const info = { complaints, status: 422, requestId: "r-1", attempts: 3, detail: "d" };
  expect(explain(refusal(info), undertaking).split("\n").slice(1, 4)).toEqual([
    "  - schedule: Invalid cron expression [validation_error]",
    "  - odd",
    "  PUT /v1/flows/f1, status 422, d, request id r-1, 3 attempts",
  ]);
});

it("knows what a few codes mean, and flows of Integration Apps", () => {
  const next = (code: string, message = "m"): string =>
    explain(refusal({ complaints: [{ code, message }] }), undertaking);
  expect(next("inactive_flow")).toContain("disabled: false");
  expect(next("detach_failed")).toContain("aliases");
  expect(next("entitlement_reached")).toContain("licence");
  expect(next("invalid_field", "owned by an Integration App")).toContain("app's own settings");
});

it("lists what still uses a flow", () => {
  const error = new StillUsedError(refusal({ kind: "conflict", status: 409 }), ['flow "B" (b)']);
  const text = explain(error, { ...undertaking, doing: "deleting" });
  expect(text).toContain('It is still used by:\n  - flow "B" (b)\nNext: take the reference out');
  expect(error.message).toContain('flow "B" (b)');
});

it("hides a token that the service repeats", () => {
  const error = refusal({ complaints: [{ message: `bad token ${TOKEN}` }], detail: TOKEN });
  expect(explain(error, undertaking, settings)).not.toContain(TOKEN);
  expect(explain(new Error(`no ${TOKEN}`), undertaking, settings)).not.toContain(TOKEN);
});

it("reads the text of anything", () => {
  expect(messageOf("text")).toBe("text");
  expect(messageOf(new Error("error"))).toBe("error");
});
