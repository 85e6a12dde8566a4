import { statSync, writeFileSync } from "node:fs";
import path from "node:path";

import { Command } from "commander";

import { environment } from "../../provider/settings";
import { findDrift } from "../drift/find-drift";
import { FORMATS, render } from "../drift/formats/render";
import { summaryLine } from "../drift/formats/wording";
import type { DriftReport, SourceLine } from "../drift/report";
import { findPlace, projectFile } from "../drift/source-line";
import { resolveEngine } from "../engine/resolve-engine";
import { isColored } from "./colored";
import { type DriftOutput, driftOutputs, makeFolders } from "./drift-outputs";
import { EXIT_CODES } from "./exit-codes";
import { ownVersion } from "./own-version";
import { whileShowing } from "./progress-line";

interface Flags {
  readonly stack?: string;
  readonly cwd: string;
  readonly configFile?: string;
  readonly format?: readonly string[];
  readonly out?: string;
  readonly json: boolean;
  readonly unmanaged: boolean;
  readonly blame: boolean;
}

const HELP = `
Formats: ${Object.keys(FORMATS).join(", ")}; \`--format\` may be repeated. FORMAT=FILE writes into the file. A
format without a file goes to --out (a folder when several share it), or is printed.

Examples:
  $ pulumi-celigo drift --stack dev
  $ pulumi-celigo drift --stack prod --unmanaged --blame
  $ pulumi-celigo drift --stack prod --format json --out drift.json
  $ pulumi-celigo drift --format github --format markdown=summary.md --format sarif=drift.sarif

Exit codes: 0 in sync, 2 drift found, 1 could not tell (outage, refused token, missing stack, wrong account).
With --unmanaged, a flow that no stack declares counts as drift found.
Nothing is changed, neither on the service nor in the state.
`;

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** The command `drift`: compares a stack with the service and reports (contract.md 6). */
export function driftCommand(): Command {
  return new Command("drift")
    .description("Tell what somebody changed on the service behind a stack's back")
    .option("-s, --stack <name>", "stack to look at (default: the selected one)")
    .option("-C, --cwd <dir>", "folder of the project", ".")
    .option("--config-file <file>", "file of the stack's settings, in place of its own")
    .option(
      "-f, --format <format[=file]>",
      "how to report; may be repeated (default: text)",
      collect,
    )
    .option("-o, --out <file>", "write the report there, and print a summary")
    .option("--json", "the same as --format json", false)
    .option(
      "--unmanaged",
      "also tell flows in the managed integrations that no stack declares",
      false,
    )
    .option("--blame", "tell who changed what and when, from the audit log", false)
    .addHelpText("after", HELP)
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const cwd = path.resolve(flags.cwd);
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Error(`There is no folder ${cwd}.`);
  }
  const formats = [...(flags.format ?? []), ...(flags.json ? ["json"] : [])];
  const outputs = driftOutputs(formats, flags.out);
  makeFolders(outputs);
  const report = await look(flags, cwd);
  hand(report, outputs, projectFile(findPlace(cwd)));
  if (report.result === "unknown") throw new Error(report.error ?? summaryLine(report));
  process.exitCode = report.result === "drift" ? EXIT_CODES.drift : EXIT_CODES.ok;
}

/** Prints and writes the report; a line of summary is printed where all of it goes into files. */
function hand(report: DriftReport, outputs: readonly DriftOutput[], fallback: SourceLine): void {
  const colored = isColored();
  // What a person reads on the terminal has the reason on standard error already.
  const { error: _onStderr, ...quiet } = report;
  for (const { format, file } of outputs) {
    if (file !== undefined)
      writeFileSync(file, render(format, report, { colored: false, fallback }));
    else {
      const printed = format === "text" ? quiet : report;
      process.stdout.write(render(format, printed, { colored, fallback }));
    }
  }
  if (outputs.every(({ file }) => file !== undefined)) console.log(summaryLine(report));
}

async function look(flags: Flags, cwd: string): Promise<DriftReport> {
  const { stack, configFile, unmanaged, blame } = flags;
  const env = environment();
  const log = (line: string): void => {
    // Which engine was taken is of interest where it is not the user's own.
    if (!line.includes("(PATH:")) console.error(line);
  };
  const looking = findDrift({
    cwd,
    stack,
    configFile: configFile === undefined ? undefined : path.resolve(configFile),
    unmanaged,
    blame,
    env,
    version: ownVersion(),
    now: new Date(),
    engine: () => resolveEngine({ log, env }),
  });
  return whileShowing("Comparing the stack with the service", looking);
}
