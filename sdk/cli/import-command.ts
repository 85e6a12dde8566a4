import { Command, CommanderError } from "commander";

import { explain } from "../../provider/explain";
import { isApiError } from "../../provider/api/errors";
import { serviceFor } from "../../provider/service";
import { REGIONS } from "../../provider/base-url";
import { readSettings, type Settings, SettingsError } from "../../provider/settings";
import type { GeneratedFile } from "../adopt/generated-program";
import type { ReadFlowsForImportArgs } from "../adopt/plan";
import { type Imported, importFlows, type ImportFlowsArgs } from "../adopt/import-flows";

import { titled } from "./colored";
import { importJson, type ImportOutcome, importReport } from "./import-report";

/** Options of the `import` command, as commander hands them over. */
interface ImportFlags {
  readonly flow?: readonly string[];
  readonly integration?: readonly string[];
  readonly all: boolean;
  readonly name?: readonly string[];
  readonly out: string;
  readonly diagram: boolean;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

const HELP = `
Examples:
  $ pulumi-celigo import --all --out celigo-flows
  $ pulumi-celigo import --integration 64f0c0ffee0000000000b001 --diagram
  $ pulumi-celigo import --name 'Orders*' --dry-run
  $ pulumi-celigo import --flow 64f0c0ffee0000000000f001 64f0c0ffee0000000000f002

The account is the one of CELIGO_API_TOKEN and CELIGO_REGION (or CELIGO_BASE_URL). Nothing is written to it.
Flows that the folder's program has already stay in it. A file that you have edited is not overwritten without --force.

Exit codes: 0 all done, 1 not all done (the list says which flows failed and why).
`;

/** The command `import`: writes a program that takes existing flows over (contract.md 6). */
export function importCommand(): Command {
  return new Command("import")
    .description("Write a Pulumi program for flows that exist")
    .option("--flow <id...>", "single flows, by id")
    .option("--integration <id...>", "all flows of integrations, by id")
    .option("--all", "all flows that the token can list", false)
    .option(
      "--name <pattern...>",
      "flows whose name matches: * any text, ? one character, capitals do not matter",
    )
    .option("-o, --out <dir>", "folder of the program", ".")
    .option("--diagram", "write diagram.md too, a picture that GitHub renders", false)
    .option("--force", "overwrite files that you have edited", false)
    .option("--dry-run", "print the program, write nothing", false)
    .option("--json", "print only JSON", false)
    .addHelpText("after", HELP)
    .action(run);
}

async function run(flags: ImportFlags): Promise<void> {
  const { out: folder, diagram, force, dryRun, json } = flags;
  const started = performance.now();
  const selection = selectionOf(flags);
  const settings = settingsOfEnvironment();
  const imported = await importWith(settings, { selection, folder, diagram, force, dryRun });
  const seconds = (performance.now() - started) / 1000;
  const isUsual = settings.origin === REGIONS["us"];
  const outcome = { ...imported, folder, seconds, ...(!isUsual && { baseUrl: settings.baseUrl }) };
  if (json) console.log(JSON.stringify(importJson(outcome), undefined, 2));
  else tell(outcome, dryRun);
  if (imported.failed.length > 0 || imported.program === undefined) {
    throw new CommanderError(1, "import.failed", "not all flows were imported");
  }
}

/** There may be no stack yet, so that none is asked. */
function settingsOfEnvironment(): Settings {
  try {
    return readSettings({});
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new Error(
      `${error.message}\nThis command reads the variables only, not a stack's config.`,
      {
        cause: error,
      },
    );
  }
}

function selectionOf({
  flow = [],
  integration = [],
  name = [],
  all,
}: ImportFlags): ReadFlowsForImportArgs {
  for (const [option, values] of Object.entries({ flow, integration, name })) {
    if (values.includes("")) throw new Error(`\`--${option}\` was given an empty text.`);
  }
  if (!all && flow.length + integration.length + name.length === 0) {
    throw new Error("which flows? Say --all, --integration ID, --name PATTERN or --flow ID.");
  }
  return {
    flowIds: flow,
    integrationIds: integration,
    names: name,
    all: all || (name.length > 0 && integration.length === 0),
  };
}

function tell(outcome: ImportOutcome, dryRun: boolean): void {
  if (dryRun) printProgram(outcome);
  const { done, undone } = importReport(outcome);
  // In a dry run the program has standard output to itself.
  if (dryRun) console.error(titled(done, "bold", 2));
  else console.log(titled(done, "bold", 1));
  if (undone !== "") console.error(titled(undone, "red", 2));
}

async function importWith(settings: Settings, args: ImportFlowsArgs): Promise<Imported> {
  try {
    return await importFlows(serviceFor(settings), args, showProgress);
  } catch (error) {
    if (!isApiError(error)) throw error;
    throw new Error(explain(error, { doing: "reading", what: "the flows to import" }, settings), {
      cause: undefined,
    });
  } finally {
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  }
}

function showProgress(done: number, total: number): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\rReading flows: ${String(done)} of ${String(total)} `);
}

function printProgram({
  program,
}: {
  readonly program?: { readonly files: readonly GeneratedFile[] };
}): void {
  const files = program?.files ?? [];
  for (const { path, text } of files)
    process.stdout.write(files.length === 1 ? text : `// ==== ${path}\n${text}\n`);
}
