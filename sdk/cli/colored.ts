import { isatty } from "node:tty";

import pc from "picocolors";

/**
 * Whether an output takes colours: a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise.
 *
 * @param descriptor - 1 is standard output, 2 standard error
 */
export function isColored(descriptor: 1 | 2 = 1): boolean {
  // Asked of the terminal itself: picocolors takes every CI for one, and `process.stdout.isTTY` is undefined in a pipe.
  return isatty(descriptor) && pc.isColorSupported;
}

/** A text whose first line stands out where it is read on a terminal; see {@link isColored} for the descriptor. */
export function titled(text: string, style: "bold" | "red", descriptor: 1 | 2): string {
  const tint = pc.createColors(isColored(descriptor))[style];
  return text.replace(/^.+/, (line) => tint(line));
}
