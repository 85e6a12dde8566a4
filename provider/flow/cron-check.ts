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

/**
 * Why a text is no schedule that the service takes, or `undefined` when it is one: five fields, or six with a leading `?`
 * (`api-facts.md` 4). Forms that cron libraries know and the service does not, such as `@daily`, `L`, `1#2`, names or
 * seconds, are refused, and so is one that never comes round. Pure.
 */
export function cronProblem(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.startsWith("@"))
    return `"${text}" is a nickname; write the five fields, e.g. "0 0 * * *" for daily at midnight`;
  const fields = trimmed.split(/\s+/);
  if (fields.length === 6 && fields[0] !== "?") {
    return `"${text}" has six fields; the service knows no seconds, so the first of six must be "?"`;
  }
  if (fields.length !== 5 && fields.length !== 6) {
    return `"${text}" has ${String(fields.length)} field${fields.length === 1 ? "" : "s"}; a schedule has five (minute, hour, day of month, month, day of week), or six with a leading "?"`;
  }
  const five = fields.length === 6 ? fields.slice(1) : fields;
  if (fields.length === 5 && five.includes("?")) {
    return `"${text}": "?" belongs to the form of six fields; write "*" in its place, or one more "?" in front`;
  }
  for (const [index, field] of FIELDS.entries()) {
    const problem = fieldProblem(five[index] ?? "", field);
    if (problem !== undefined) return `"${text}": ${problem}`;
  }
  return neverRuns(canonicalCron(text))
    ? `"${text}" never comes round: no such day exists`
    : undefined;
}

function fieldProblem(text: string, field: (typeof FIELDS)[number]): string | undefined {
  const { name, least, most } = field;
  if (text === "?") {
    return name.startsWith("day")
      ? undefined
      : `"?" stands only in front or for a day; the ${name} needs a value or "*"`;
  }
  for (const part of text.split(",")) {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (match === null)
      return `"${part}" is no ${name}; write numbers from ${String(least)} to ${String(most)}, "*", "a-b", "*/n" or lists of them`;
    const [, from, to, step] = match;
    const numbers = [from, to].filter((number) => number !== undefined).map(Number);
    const wrong = numbers.find((number) => number < least || number > most);
    if (wrong !== undefined) {
      const sunday = name === "day of week" && wrong === 7 ? "; Sunday is 0" : "";
      return `${name} ${String(wrong)} is not between ${String(least)} and ${String(most)}${sunday}`;
    }
    if (from !== undefined && to !== undefined && Number(from) > Number(to))
      return `the ${name} range "${part}" runs backwards`;
    if (step !== undefined && (Number(step) < 1 || Number(step) > most))
      return `the ${name} step "/${step}" is not between 1 and ${String(most)}`;
    if (step !== undefined && from !== undefined && to === undefined)
      return `"${part}" is no ${name}; a step needs a range, e.g. "${from}-${String(most)}/${step}"`;
  }
  return undefined;
}

function neverRuns(five: string): boolean {
  try {
    return new Cron(five, { paused: true, mode: "5-part" }).nextRun() === null;
  } catch {
    return true;
  }
}
