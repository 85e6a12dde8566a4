import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { packageFolder } from "../sdk/engine/package-folder";
import { resolveEngine } from "../sdk/engine/resolve-engine";
import { type Emulator, startEmulator } from "../sdk/testing/index";
import { naive, ours } from "./bench-programs";
import { createLocalStack, type LocalStack } from "./local-stack";
import { say } from "./screen";
import { table } from "./table";

/** What is timed, in this order; each command leaves the stack as the next one needs it. */
const STEPS = {
  up: ["up", "--yes", "--skip-preview"],
  "empty preview": ["preview"],
  refresh: ["refresh", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview"],
} as const;

interface Figures {
  readonly ms: Record<string, number>;
  readonly requests: Record<string, number>;
  bytes: number;
}

/**
 * Compares this package with a dynamic provider as Pulumi's documentation teaches it (a class that captures axios), on the same
 * emulator in the same run, in turn. Absolute times are the machine's; only the ratios are to be quoted.
 */
async function main(): Promise<void> {
  const [flows = 100, rounds = 3] = process.argv.slice(2).map(Number);
  const engine = await resolveEngine({ log: say, env: process.env });
  const bench = path.join(packageFolder(), ".bench");
  await mkdir(bench, { recursive: true });
  const results: Record<string, Figures[]> = { ours: [], naive: [] };
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, program] of Object.entries({ ours, naive })) {
        const folder = await mkdtemp(path.join(bench, `${name}-`));
        await writeFile(path.join(folder, "index.js"), program(flows));
        await writeFile(
          path.join(folder, "Pulumi.yaml"),
          `name: bench\nruntime: nodejs\nmain: index.js\n`,
        );
        const emulator = await startEmulator({
          seed: { exports: ["exp123"], imports: ["imp123"] },
          latencyMs: 50,
        });
        const stack = await createLocalStack({ engine, project: folder });
        try {
          results[name]?.push(await measure(stack, emulator));
        } finally {
          await stack.dispose();
          await emulator.close();
        }
        say(`round ${String(round + 1)} of ${String(rounds)}: ${name}`);
      }
    }
  } finally {
    await rm(bench, { recursive: true, force: true });
  }
  report(flows, results["ours"] ?? [], results["naive"] ?? []);
}

async function measure(stack: LocalStack, emulator: Emulator): Promise<Figures> {
  const env = { CELIGO_BASE_URL: emulator.url, CELIGO_API_TOKEN: emulator.token };
  const figures: Figures = { ms: {}, requests: {}, bytes: 0 };
  for (const [step, args] of Object.entries(STEPS)) {
    emulator.clearLog();
    const start = performance.now();
    const { code, stdout } = await stack.run(args, { env });
    if (code !== 0) throw new Error(`${step} ended with ${String(code)}:\n${stdout}`);
    figures.ms[step] = performance.now() - start;
    figures.requests[step] = emulator.log.length;
    if (step === "up")
      figures.bytes = (await stack.run(["stack", "export"], { env })).stdout.length;
  }
  return figures;
}

function report(flows: number, own: readonly Figures[], other: readonly Figures[]): void {
  const median = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  const ratio = (pick: (figures: Figures) => number): string =>
    median(own.map((one, index) => pick(one) / pick(other[index] ?? one))).toFixed(2);
  const rows = Object.keys(STEPS).map((step) => [
    step,
    ratio(({ ms }) => ms[step] ?? Number.NaN),
    `${String(own[0]?.requests[step])} : ${String(other[0]?.requests[step])}`,
  ]);
  say(`${String(flows)} flows, ${String(own.length)} rounds, a service that answers after 50 ms`);
  say(table([["step", "time, ours / naive (median)", "requests, ours : naive"], ...rows]));
  say(
    `state: ${String(own[0]?.bytes)} : ${String(other[0]?.bytes)} bytes (${ratio(({ bytes }) => bytes)})`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
