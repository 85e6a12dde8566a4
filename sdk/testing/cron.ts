/** Which of the two reported forms is taken (`api-facts.md` 4). */
export type CronForms = "five" | "six" | "both";

interface Range {
  readonly min: number;
  readonly max: number;
  /** Whether a bare `?` may stand here, in the six-field form. */
  readonly open?: boolean;
}

const FIELDS: readonly Range[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31, open: true },
  { min: 1, max: 12 },
  { min: 0, max: 6, open: true },
];

function isItem(text: string, { min, max }: Range): boolean {
  const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(text);
  if (!match) return false;
  const [, from, to, step] = match;
  // `5/15` is not in any example of the service: a step needs a range or a star.
  if (step !== undefined && from !== undefined && to === undefined) return false;
  if (step !== undefined && (Number(step) < 1 || Number(step) > max - min + 1)) return false;
  if (from === undefined) return true;
  const [low, high] = [Number(from), Number(to ?? from)];
  return min <= low && low <= high && high <= max;
}

function isField(text: string, range: Range, isSix: boolean): boolean {
  if (text === "?") return isSix && range.open === true;
  return text.split(",").every((item) => isItem(item, range));
}

/** Whether the service takes a schedule: numbers, lists, ranges and steps; no names, no `L`, no `@daily`. */
export function isCron(text: string, forms: CronForms): boolean {
  const fields = text.trim().split(/\s+/);
  const isSix = fields.length === 6;
  if (isSix ? forms === "five" || fields[0] !== "?" : forms === "six" || fields.length !== 5)
    return false;
  return FIELDS.every((range, index) => isField(fields.at(index - 5) ?? "", range, isSix));
}
