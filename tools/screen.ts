import { styleText } from "node:util";

const isPlain = !process.stdout.isTTY || process.env["NO_COLOR"] !== undefined;

/** Says what comes next, as a heading. */
export function heading(text: string): void {
  process.stdout.write(`\n${isPlain ? text : styleText("bold", text)}\n`);
}

/** Prints text, indented under its heading. */
export function say(text: string): void {
  process.stdout.write(`${text.replace(/^(?=.)/gm, "  ")}\n`);
}

/** Prints a line of another program, of less weight than our own. */
export function echo(line: string): void {
  if (line.trim() !== "") say(isPlain ? line : styleText("gray", line));
}
