import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Json } from "../../provider/api/types";
import { seedFrom, startEmulator } from "../testing/index";
import type { Emulator, EmulatorOptions, Seed } from "../testing/index";
import { CHOICES } from "../testing/settings";

/** Options of the `emulator` command, as commander hands them over. */
interface Flags {
  readonly port: number;
  readonly host: string;
  readonly seed?: string;
  readonly token?: string;
  readonly put?: (typeof CHOICES.put)[number];
  readonly cron?: (typeof CHOICES.cron)[number];
  readonly pageSize?: number;
  readonly latency?: number;
  readonly jobDuration?: number;
  readonly set?: Readonly<Record<string, Json>>;
  readonly json: boolean;
}

const EXAMPLES = `
Examples:
  $ pulumi-celigo emulator
  $ pulumi-celigo emulator --port 8089 --seed account.json
  $ pulumi-celigo emulator --put merge --cron five --latency 100
  $ pulumi-celigo emulator --set disabledRun=allow --set emptyList=200

A seed file holds documents by type; a bare id stands for a document with nothing else to it:
  { "exports": ["exp123"], "imports": ["imp123"], "flows": [{ "_id": "flow123", "name": "Customer Sync" }] }
`;

function count(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("Not a whole number.");
  return Number(text);
}

function assignment(
  text: string,
  before: Readonly<Record<string, Json>> = {},
): Record<string, Json> {
  const [, name, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError("Not of the form name=value.");
  try {
    return { ...before, [name]: JSON.parse(value) as Json };
  } catch {
    return { ...before, [name]: value };
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function readSeed(file: string): Seed {
  try {
    return seedFrom(JSON.parse(readFileSync(file, "utf8")) as Json);
  } catch (error) {
    throw new Error(`${file}: ${reason(error)}`, { cause: error });
  }
}

function optionsFrom(flags: Flags): EmulatorOptions {
  const { port, host, seed, token, put, cron, pageSize, latency, jobDuration, set } = flags;
  return {
    ...set,
    port,
    host,
    ...(seed === undefined ? {} : { seed: readSeed(seed) }),
    ...(token === undefined ? {} : { token }),
    ...(put === undefined ? {} : { put }),
    ...(cron === undefined ? {} : { cron }),
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(latency === undefined ? {} : { latencyMs: latency }),
    ...(jobDuration === undefined ? {} : { jobDurationMs: jobDuration }),
  };
}

function announcement({ url, token }: Emulator, isJson: boolean): string {
  if (isJson) return `${JSON.stringify({ url, token })}\n`;
  return [
    `The Flows API listens on ${url}, in memory. Ctrl-C stops it.`,
    `Token: ${token}`,
    "",
    `export CELIGO_BASE_URL=${url}`,
    `export CELIGO_API_TOKEN=${token}`,
    "",
  ].join("\n");
}

async function untilStopped(): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
      resolve();
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}

async function run(flags: Flags, command: Command): Promise<void> {
  let emulator: Emulator;
  try {
    emulator = await startEmulator(optionsFrom(flags));
  } catch (error) {
    command.error(`error: ${reason(error).replace(/^emulator: /, "")}`, { exitCode: 1 });
  }
  const stopped = untilStopped();
  process.stdout.write(announcement(emulator, flags.json));
  await stopped;
  await emulator.close();
}

/** The command `emulator`: the API on this machine, in memory, until SIGINT or SIGTERM (`contract.md` 6). */
export function emulatorCommand(): Command {
  return new Command("emulator")
    .description("Run the Flows API on this machine, in memory, to try programs against")
    .option("--port <number>", "port to listen on; 0 takes a free one", count, 0)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--seed <file>", "JSON file with documents to start with")
    .option("--token <text>", "the token to accept (default: a random one)")
    .addOption(
      new Option(
        "--put <meaning>",
        "what a PUT does to fields that are left out (default: replace)",
      ).choices(CHOICES.put),
    )
    .addOption(
      new Option("--cron <forms>", "which schedules are taken (default: both)").choices(
        CHOICES.cron,
      ),
    )
    .option("--page-size <number>", "members of a list page (default: 100)", count)
    .option("--latency <ms>", "milliseconds before each request is carried out (default: 0)", count)
    .option("--job-duration <ms>", "milliseconds that a run takes (default: 100)", count)
    .option("--set <name=value>", "any other option of startEmulator; may be repeated", assignment)
    .option("--json", "print one line of JSON with url and token", false)
    .addHelpText("after", EXAMPLES)
    .action(run);
}
