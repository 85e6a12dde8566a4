import { Command, CommanderError } from "commander";

import type { ExitCode } from "./exit-codes";
import { EXIT_CODES } from "./exit-codes";
import { ownVersion } from "./own-version";

/** Loads one command. Each is loaded only where it is asked for, so that the start stays quick. */
type CommandLoader = () => Promise<Command>;

const COMMANDS: ReadonlyMap<string, CommandLoader> = new Map([
  ["import", async () => (await import("./import-command.js")).importCommand()],
  ["drift", async () => (await import("./drift-command.js")).driftCommand()],
  ["doctor", async () => (await import("./doctor-command.js")).doctorCommand()],
  ["emulator", async () => (await import("./emulator-command.js")).emulatorCommand()],
]);

const HELP = `
Examples:
  $ pulumi-celigo import --all --out celigo-flows
  $ pulumi-celigo drift --stack prod --blame
  $ pulumi-celigo doctor
  $ pulumi-celigo emulator
  $ pulumi-celigo emulator --port 8089 --seed account.json

Exit codes: 0 in sync, or all done; 1 could not tell, or not all done; 2 drift found.`;

/**
 * Runs one command line, without the name of node and of the script, and tells how to exit.
 *
 * A command that has more to say than that it worked sets `process.exitCode`. Throws nothing: what goes wrong
 * is said in a line on standard error.
 */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  try {
    const program = await createProgram(args);
    await program.parseAsync(args, { from: "user" });
    return process.exitCode === EXIT_CODES.drift ? EXIT_CODES.drift : EXIT_CODES.ok;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.failed; // commander has said why
    }
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT_CODES.failed;
  }
}

async function createProgram(args: readonly string[]): Promise<Command> {
  const program = new Command("pulumi-celigo")
    .description("Tools for integrator.io (Celigo) flows that are managed with Pulumi")
    .version(ownVersion(), "-V, --version", "print the version")
    .helpCommand(false)
    .addHelpText("after", HELP)
    .exitOverride();

  const asked = COMMANDS.get(args[0] ?? "");
  for (const load of asked === undefined ? COMMANDS.values() : [asked]) {
    program.addCommand((await load()).copyInheritedSettings(program));
  }
  return program;
}
