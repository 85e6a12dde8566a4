import { isCron } from "../../../sdk/testing/cron";
import { ask, useEmulators } from "./use-emulator";

const FIVE = [
  "* * * * *",
  "0 0 * * *",
  "*/15 * * * *",
  "5-59/15 * * * *",
  "0 9 * * 1-5",
  "0 0,6,12,18 1 1 0",
  "59 23 31 12 6",
];
const SIX = [
  "? 5 0 ? * *",
  "? 0 2 ? * *",
  "? 5 0,6,12,18 ? * *",
  "? 5 8 * * 1",
  "? */5 * * * *",
  "? 5 0 1 * ?",
];
const NEITHER = [
  ...[
    "",
    "x",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * 32 * *",
    "* * * 13 *",
    "* * * * 7",
    "5-1 * * * *",
    "*/0 * * * *",
  ],
  ...[
    "*/61 * * * *",
    "5/15 * * * *",
    ", * * * *",
    "1,,2 * * * *",
    "* * * *",
    "0 5 0 * * *",
    "? * * * * * *",
    "@daily",
    "0 0 * * MON",
    "0 0 L * *",
  ],
  ...["? ? 0 ? * *", "? 5 0 ? ? *", "? * * * * 1,?", "0 0 ? * *", "1-2-3 * * * *", "-1 * * * *"],
];

test.each(FIVE)("knows the five fields %s", (text) => {
  expect([isCron(text, "five"), isCron(text, "both"), isCron(text, "six")]).toEqual([
    true,
    true,
    false,
  ]);
});

test.each(SIX)("knows the six fields %s", (text) => {
  expect([isCron(text, "six"), isCron(text, "both"), isCron(text, "five")]).toEqual([
    true,
    true,
    false,
  ]);
});

test.each(NEITHER)("refuses %j", (text) => {
  expect([isCron(text, "five"), isCron(text, "six"), isCron(text, "both")]).toEqual([
    false,
    false,
    false,
  ]);
});

const start = useEmulators();

test.each([
  ["five", "0 0 * * *", "? 0 0 ? * *"],
  ["six", "? 0 0 ? * *", "0 0 * * *"],
] as const)("takes only the form that the option %s names", async (cron, taken, refused) => {
  const emulator = await start({ cron });
  expect((await ask(emulator, "POST /flows", { name: "A", schedule: taken })).status).toBe(201);
  const reply = await ask(emulator, "POST /flows", { name: "A", schedule: refused });
  expect(reply.status).toBe(422);
  expect(reply.body).toEqual({
    errors: [{ code: "validation_error", message: "Invalid cron expression", field: "schedule" }],
  });
});

test("checks the schedule of a page generator too, and answers the status that is set", async () => {
  const emulator = await start({ validationStatus: 400, seed: { exports: ["e"] } });
  const reply = await ask(emulator, "POST /flows", {
    name: "A",
    pageGenerators: [{ _exportId: "e", schedule: "never" }],
  });
  expect([reply.status, reply.body.errors[0].code]).toEqual([400, "validation_error"]);
});
