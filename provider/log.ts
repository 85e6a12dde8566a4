/**
 * Writes one line for the person at the terminal. The plugin's stderr is shown by the engine; a line there belongs to no
 * resource, so it has to name the flow it speaks of (design.md 2).
 */
export function say(line: string): void {
  process.stderr.write(`celigo: ${line}\n`);
}
