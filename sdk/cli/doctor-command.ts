import { statSync } from "node:fs";
import path from "node:path";

import { Command } from "commander";
import pc from "picocolors";

import { environment } from "../../provider/settings";
import { diagnose } from "../doctor/diagnose";
import type { Finding } from "../doctor/finding";
import { isColored } from "./colored";
import { whileShowing } from "./progress-line";

interface Flags {
  readonly stack?: string;
  readonly cwd: string;
  readonly json: boolean;
}

const HELP = `
Examples:
  $ pulumi-celigo doctor
  $ pulumi-celigo doctor --stack prod --json

Exit codes: 0 nothing to repair, 1 something to repair.
`;

/** The command `doctor`: tells what stands in the way of a deployment, and how to repair it (contract.md 6). */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description("Check token, region, versions and the program's folder, and say what to repair")
    .option("-s, --stack <name>", "stack whose settings count (default: the selected one)")
    .option("-C, --cwd <dir>", "folder of the project", ".")
    .option("--json", "print only JSON", false)
    .addHelpText("after", HELP)
    .action(run);
}

async function run({ stack, cwd, json }: Flags): Promise<void> {
  const folder = path.resolve(cwd);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Error(`There is no folder ${folder}.`);
  }
  const options = { cwd: folder, stack, env: environment(), node: process.versions.node };
  const findings = await whileShowing("Looking", diagnose(options));
  const failed = findings.filter(({ status }) => status === "failed");
  if (json) console.log(JSON.stringify({ ok: failed.length === 0, findings }, null, 2));
  else console.log(findingsText(findings, isColored()));
  if (failed.length > 0) {
    throw new Error(`To be repaired: ${failed.map(({ check }) => check).join(", ")}.`);
  }
}

function findingsText(findings: readonly Finding[], colored: boolean): string {
  const { green, yellow, red, dim } = pc.createColors(colored);
  const marks = {
    ok: green("ok     "),
    warning: yellow("warning"),
    failed: red("FAILED "),
    skipped: dim("skipped"),
  };
  const width = Math.max(...findings.map(({ check }) => check.length));
  return findings
    .flatMap(({ check, status, found, next }) => {
      const lines = [...found.split("\n"), ...(next === undefined ? [] : [`Next: ${next}`])];
      const [first = "", ...rest] = lines;
      const margin = " ".repeat(9 + width + 2);
      return [
        `${marks[status]}  ${check.padEnd(width)}  ${first}`,
        ...rest.map((line) => `${margin}${line.trim()}`),
      ];
    })
    .join("\n");
}
