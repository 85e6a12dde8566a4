import { Failure, HalfDone } from "../../provider/failure";

it("shows its text once, without a stack: the host prints name and stack, the engine the message", () => {
  const failure = new Failure('creating flow "a" failed: no.\nNext: try again.');
  expect(String(failure)).toBe("celigo");
  expect(failure.stack).toBe('creating flow "a" failed: no.');
  expect(failure.message).toContain("Next: try again.");
});

it("keeps what exists and what is known of it", () => {
  const properties = { __provider: "loader", name: "a" };
  const half = new HalfDone("not finished", "f1", properties);
  expect(half).toMatchObject({ id: "f1", properties, reasons: ["not finished"] });
  expect(half.stack).not.toMatch(/\n\s+at /);
});
