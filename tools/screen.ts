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

/** A resource that is being worked on; the engine says the same again when it is done. */
const UNFINISHED = /^ .* (creating|updating|deleting|refreshing|running)( \(\d+s\))?( |$)/;

/** Prints a line of the engine's, of less weight than our own, unless it will be said again. */
export function echo(line: string): void {
  if (line.trim() === "" || UNFINISHED.test(line)) return;
  say(isPlain ? line : styleText("gray", line));
}
