import { isRecord } from "../../provider/flow/normal";

/** Program text where a value could stand. */
export class Code {
  /** The text of an expression. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A value with a line of comment above it. */
export class Commented {
  /** The value. */
  readonly value: unknown;
  /** The comment, without its slashes. */
  readonly comment: string;

  constructor(value: unknown, comment: string) {
    this.value = value;
    this.comment = comment;
  }
}

/** A value as a TypeScript expression; {@link Code} inside stands as it is. To be formatted afterwards. Pure. */
export function source(value: unknown): string {
  if (value instanceof Code) return value.text;
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value))
    return `[${value.map((member: unknown) => `${commentOf(member)}${source(bare(member))}`).join(",")}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${commentOf(member)}${keyText(key)}: ${source(bare(member))}`,
  );
  return `{${members.join(",")}}`;
}

/** The same, with each member on lines of its own, however short. */
export function openSource(value: Readonly<Record<string, unknown>>): string {
  return source(value).replace(/^\{/, "{\n");
}

/** A text as a literal: what is invisible, or could turn the reading direction, is escaped. */
export function quoted(text: string): string {
  // U+200C and U+200D hold emoji and some scripts together, and show.
  return JSON.stringify(text).replaceAll(
    /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu,
    escaped,
  );
}

/** A line of comment. Whatever is in the text, the comment ends where the line does. */
export function commentLine(text: string): string {
  const line = text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escaped)
    .trim();
  return `// ${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}\n`;
}

const LONGEST = 300;

function escaped(character: string): string {
  return character.replaceAll(
    /[^]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function commentOf(member: unknown): string {
  return member instanceof Commented ? `\n${commentLine(member.comment)}` : "";
}

function bare(member: unknown): unknown {
  return member instanceof Commented ? member.value : member;
}

function keyText(key: string): string {
  // Written plainly, it would set the prototype.
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}
