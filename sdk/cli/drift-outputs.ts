import { mkdirSync, statSync } from "node:fs";
import path from "node:path";

import { type DriftFormat, FORMATS } from "../drift/formats/render";

/** One rendering of the report. */
export interface DriftOutput {
  readonly format: DriftFormat;
  /** File to write, absolute. Absent: printed. */
  readonly file?: string;
}

/** Formats of which several can be printed one after the other and still be read. */
const PRINTED_TOGETHER: ReadonlySet<DriftFormat> = new Set(["text", "markdown", "github"]);

/**
 * Where each format goes: `FORMAT=FILE` into its file; a bare format into `--out`, which is a folder when several share it;
 * without `--out` on standard output. Pure, but for looks whether a file is a folder, which takes the format under a name of its own.
 *
 * @param formats - values of `--format`, in their order; none means text
 * @throws Error in words for people
 */
export function driftOutputs(formats: readonly string[], out: string | undefined): DriftOutput[] {
  const asked = formats.flatMap((value) => value.split(",")).map(parse);
  const wanted = asked.length === 0 ? [parse("text")] : asked;
  const bare = wanted.filter(({ file }) => file === undefined);
  if (out !== undefined && bare.length === 0) {
    throw new Error("`--out` has nothing to hold: each format has a file of its own already.");
  }
  const outputs = out === undefined ? wanted : wanted.map((one) => placed(one, out, bare.length));
  const printed = outputs.filter(({ file }) => file === undefined);
  if (printed.length > 1 && printed.some(({ format }) => !PRINTED_TOGETHER.has(format))) {
    const names = printed.map(({ format }) => format).join(", ");
    throw new Error(
      `Of ${names} only one can be printed. Give the others a file: \`--format junit=drift.xml\`, or all a folder: \`--out DIR\`.`,
    );
  }
  const files = outputs.flatMap(({ file }) => (file === undefined ? [] : [file]));
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new Error(`Two formats would be written to ${twice}.`);
  return outputs;
}

function parse(value: string): DriftOutput {
  const [, name = "", file] = /^([^=]*)(?:=(.*))?$/s.exec(value.trim()) ?? [];
  if (!isFormat(name) || file === "") {
    const known = Object.keys(FORMATS).join(", ");
    throw new Error(`\`${value}\` is no format. Known are ${known}, each also as FORMAT=FILE.`);
  }
  return { format: name, ...(file !== undefined && { file: fileFor(name, file) }) };
}

function isFormat(name: string): name is DriftFormat {
  return Object.hasOwn(FORMATS, name);
}

function placed(output: DriftOutput, out: string, count: number): DriftOutput {
  if (output.file !== undefined) return output;
  return { ...output, file: fileFor(output.format, count > 1 ? `${out}/` : out) };
}

/** In a folder a format has a name of its own. */
function fileFor(format: DriftFormat, place: string): string {
  const folder = place.endsWith("/") || isFolder(place);
  return path.resolve(folder ? path.join(place, FORMATS[format]) : place);
}

function isFolder(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Makes the folders of the files, before the long work begins. */
export function makeFolders(outputs: readonly DriftOutput[]): void {
  for (const { file } of outputs) {
    if (file !== undefined) mkdirSync(path.dirname(file), { recursive: true });
  }
}
