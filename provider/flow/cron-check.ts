import { Cron } from "croner";

import { canonicalCron } from "./cron";

/** What each field of a schedule may hold (`flows-api.md` "Cron Expression Format"). */
const FIELDS = [
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  { name: "day of month", least: 1, most: 31 },
  { name: "month", least: 1, most: 12 },
  { name: "day of week", least: 0, most: 6 },
] as const;

type CronField = (typeof FIELDS)[number];

/**
 * Why a text is no schedule that the service takes, or `undefined` when it is one: five fields, or six with a leading `?`
 * (`api-facts.md` 4). Forms that cron libraries know and the service does not, such as `@daily`, `L`, `1#2`, names or
 * seconds, are refused, and so is one that never comes round. Pure.
 */
export function cronProblem(text: string): string | undefined {
  const fields = text.trim().split(/\s+/);
  const form = formProblem(text, fields);
  if (form !== undefined) return form;
  for (const [index, field] of FIELDS.entries()) {
    const problem = fieldProblem(fields.at(index - FIELDS.length) ?? "", field);
    if (problem !== undefined) return `"${text}": ${problem}`;
  }
  return neverRuns(canonicalCron(text))
    ? `"${text}" never comes round: no such day exists`
    : undefined;
}

function formProblem(text: string, fields: readonly string[]): string | undefined {
  const count = fields.length;
  if (fields[0]?.startsWith("@") === true)
    return `"${text}" is a nickname; write the five fields, e.g. "0 0 * * *" for daily at midnight`;
  if (count === 6 && fields[0] !== "?")
    return `"${text}" has six fields; the service knows no seconds, so the first of six must be "?"`;
  if (count !== 5 && count !== 6)
    return `"${text}" has ${String(count)} field${count === 1 ? "" : "s"}; a schedule has five (minute, hour, day of month, month, day of week), or six with a leading "?"`;
  if (count === 5 && fields.includes("?"))
    return `"${text}": "?" belongs to the form of six fields; write "*" in its place, or one more "?" in front`;
  return undefined;
}

function fieldProblem(text: string, field: CronField): string | undefined {
  const { name } = field;
  if (text === "?" && name.startsWith("day")) return undefined;
  if (text === "?")
    return `"?" stands only in front or for a day; the ${name} needs a value or "*"`;
  return text
    .split(",")
    .map((part) => partProblem(part, field))
    .find((problem) => problem !== undefined);
}

function partProblem(part: string, { name, least, most }: CronField): string | undefined {
  const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
  if (match === null)
    return `"${part}" is no ${name}; write numbers from ${String(least)} to ${String(most)}, "*", "a-b", "*/n" or lists of them`;
  const [, from, to, step] = match;
  const wrong = [from, to].find((one) => one !== undefined && (+one < least || +one > most));
  if (wrong !== undefined) {
    const sunday = name === "day of week" && +wrong === 7 ? "; Sunday is 0" : "";
    return `${name} ${wrong} is not between ${String(least)} and ${String(most)}${sunday}`;
  }
  if (from !== undefined && to !== undefined && +from > +to)
    return `the ${name} range "${part}" runs backwards`;
  return step === undefined ? undefined : stepProblem(part, { step, name, most, from, to });
}

function stepProblem(
  part: string,
  {
    step,
    name,
    most,
    from,
    to,
  }: Record<"step" | "name", string> & {
    most: number;
    from: string | undefined;
    to: string | undefined;
  },
): string | undefined {
  if (+step < 1 || +step > most)
    return `the ${name} step "/${step}" is not between 1 and ${String(most)}`;
  return from !== undefined && to === undefined
    ? `"${part}" is no ${name}; a step needs a range, e.g. "${from}-${String(most)}/${step}"`
    : undefined;
}

function neverRuns(five: string): boolean {
  try {
    return new Cron(five, { paused: true, mode: "5-part" }).nextRun() === null;
  } catch {
    return true;
  }
}
