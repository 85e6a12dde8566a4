import { canonicalCron, otherCronForm } from "../../../provider/flow/cron";
import { cronProblem } from "../../../provider/flow/cron-check";
import { zoneProblem } from "../../../provider/flow/zone-check";

/** Every example of api-facts.md 4 and of flows-api.md, and forms between them. */
const ACCEPTED = [
  "? 5 0 ? * *",
  "? 0 2 ? * *",
  "? 5 0,6,12,18 ? * *",
  "? 5 8 * * 1",
  "? */5 * * * *",
  "? 0 */8 ? * *",
  "? */30 * ? * *",
  "? 5-59/15 * ? * *",
  "* * * * *",
  "0 0 * * *",
  "0 */6 * * *",
  "0 */2 * * *",
  "0 9 * * 1-5",
  "*/15 * * * *",
  "0 0 1 * *",
  "0 0 29 2 *",
  "0 0 31 2 1",
  "5,20,35,50 8-18 1,15 1-6/2 0,6",
  "  0 2  * * *\t",
  "00 02 * * *",
];

const REFUSED: readonly [cron: string, reason: string][] = [
  ["@daily", "nickname"],
  ["@every 5m", "nickname"],
  ["0 0 L * *", '"L" is no day of month'],
  ["0 0 LW * *", '"LW" is no day of month'],
  ["0 0 15W * *", '"15W" is no day of month'],
  ["0 0 * * 1#2", '"1#2" is no day of week'],
  ["0 0 * * 5L", '"5L" is no day of week'],
  ["0 0 * * MON", '"MON" is no day of week'],
  ["0 0 * JAN *", '"JAN" is no month'],
  ["0 0 * * mon-fri", "is no day of week"],
  ["0 0 * * 7", "Sunday is 0"],
  ["0 0 * * 5-7", "Sunday is 0"],
  ["30 0 2 * * *", "no seconds"],
  ["* 0 2 * * *", "no seconds"],
  ["0 0 0 1 1 ? 2030", "has 7 fields"],
  ["0 2 * *", "has 4 fields"],
  ["nightly", "has 1 field;"],
  ["60 * * * *", "minute 60 is not between 0 and 59"],
  ["0 24 * * *", "hour 24 is not between 0 and 23"],
  ["0 0 0 * *", "day of month 0 is not between 1 and 31"],
  ["0 0 32 * *", "day of month 32"],
  ["0 0 * 13 *", "month 13"],
  ["0 0 * 0 *", "month 0"],
  ["-1 * * * *", "is no minute"],
  ["0 18-8 * * *", "runs backwards"],
  ["0 0 * * 5-1", "runs backwards"],
  ["*/0 * * * *", "step"],
  ["*/60 * * * *", "step"],
  ["5/15 * * * *", "5-59/15"],
  ["1,,2 * * * *", "is no minute"],
  ["*, * * * *", "is no minute"],
  ["1.5 * * * *", "is no minute"],
  ["0 0 31 2 *", "never comes round"],
  ["0 0 30 2 *", "never comes round"],
  ["0 0 31 4,6,9,11 *", "never comes round"],
  ["0 2 ? * *", "six fields"],
  ["? ? 2 * * *", "the minute needs a value"],
  ["? 0 ? * * *", "the hour needs a value"],
  ["? 0 2 * ? *", "the month needs a value"],
  ["H 2 * * *", "is no minute"],
];

afterAll(() => {
  console.log(
    ["Schedules that are refused", ...REFUSED.map(([cron]) => cronProblem(cron))].join("\n"),
  );
});

it.each(ACCEPTED)("takes the schedule %j", (cron) => {
  expect(cronProblem(cron)).toBeUndefined();
  const other = otherCronForm(cron);
  expect(other).toBeDefined();
  expect(cronProblem(other ?? "")).toBeUndefined();
  expect(canonicalCron(other ?? "")).toBe(canonicalCron(cron));
});

it.each(REFUSED)("refuses the schedule %j", (cron, reason) => {
  expect(cronProblem(cron)).toContain(reason);
});

it.each([
  "America/Los_Angeles",
  "America/Port-au-Prince",
  "America/Argentina/Buenos_Aires",
  "Etc/GMT+12",
  "Europe/Kyiv",
  "US/Pacific",
  "Asia/Kolkata",
  "UTC",
  "GMT",
  "EST5EDT",
])("takes the zone %s", (zone) => {
  expect(zoneProblem(zone)).toBeUndefined();
});

it.each([
  ["america/los_angeles", '"America/Los_Angeles"'],
  ["America/Los Angeles", '"America/Los_Angeles"'],
  ["America/LosAngeles", '"America/Los_Angeles"'],
  ["Us/pacific", '"America/Los_Angeles"'],
  ["utc", '"UTC"'],
  ["PST", '"America/Los_Angeles"'],
  ["IST", "no IANA time zone"],
  ["GMT+2", "no IANA time zone"],
  ["+02:00", "no IANA time zone"],
  ["Mars/Olympus", "no IANA time zone"],
  ["Pacific Standard Time", "no IANA time zone"],
])("refuses the zone %s", (zone, reason) => {
  expect(zoneProblem(zone)).toContain(reason);
});
