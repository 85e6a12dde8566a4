import { rename, writeFile } from "node:fs/promises";

/** Writes a file under another name first, so that nobody ever reads half of it. */
export async function writeWhole(file: string, text: string, mode: number): Promise<void> {
  const partial = partialName(file);
  await writeFile(partial, text, { mode });
  await rename(partial, file);
}

/** A name beside `file`, this process's own, for what is not finished yet. */
export function partialName(file: string): string {
  return `${file}.${process.pid}.partial`;
}
