import { isatty } from "node:tty";

import pc from "picocolors";

/** Whether standard output takes colours: a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise. */
export function isColored(): boolean {
  // Asked of the terminal itself: picocolors takes every CI for one, and `process.stdout.isTTY` is undefined in a pipe.
  return isatty(1) && pc.isColorSupported;
}
