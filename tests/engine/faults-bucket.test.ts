import {
  aFlow,
  createFlowStack,
  type DeclaredFlow,
  expectCode,
  type FlowStack,
} from "../support/flow-stack";
import type { ProjectResult } from "../support/pulumi-project";

const LIMIT = { capacity: 20, refillPerSecond: 20 };
const PARALLEL = ["--parallel", "100"];
const flows = (description: string): DeclaredFlow[] =>
  Array.from({ length: 80 }, (_, index) => ({
    name: `flow${String(index)}`,
    args: aFlow({ description }),
  }));

let stack: FlowStack;
const rows: string[] = [];
beforeAll(async () => {
  stack = await createFlowStack();
});
afterAll(async () => {
  console.log(
    ["80 flows against a bucket of 20, refilled at 20 per second, 100 at once", ...rows].join("\n"),
  );
  await stack.close();
});

/** Runs a command under the limit; nothing may fail, and something must have been refused. */
async function limited(verb: string, command: () => Promise<ProjectResult>): Promise<void> {
  const { emulator } = stack;
  emulator.clearLog();
  emulator.options.rateLimit = LIMIT;
  expectCode(await command(), 0);
  emulator.options.rateLimit = undefined;
  const { log } = emulator;
  const refused = log.filter(({ status }) => status === 429).length;
  const times = log.map(({ at }) => Date.parse(at));
  const seconds = (Math.max(...times) - Math.min(...times)) / 1000;
  const served = log.length - refused;
  const ideal = Math.max(0, served - LIMIT.capacity) / LIMIT.refillPerSecond;
  rows.push(
    `${verb.padEnd(8)} ${String(log.length)} requests, ${String(refused)} refused, ${seconds.toFixed(1)} s; the bucket's own limit is ${ideal.toFixed(1)} s`,
  );
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThan(100 + served / 5);
}

it("creates, updates, reads and deletes as fast as the bucket lets it, and nothing fails", async () => {
  const { emulator, project } = stack;
  await stack.declare(...flows("first"));
  await limited("up", () => project.up(PARALLEL));
  expect(emulator.flows()).toHaveLength(80);

  await stack.declare(...flows("second"));
  await limited("update", () => project.up(PARALLEL));
  expect(emulator.flows().map(({ description }) => description)).toEqual(Array(80).fill("second"));

  await limited("refresh", () =>
    project.refresh(PARALLEL, { env: { CELIGO_SHARED_READS: "false" } }),
  );
  expectCode(await stack.refreshedPreview(), 0);

  await limited("destroy", () => project.destroy(PARALLEL));
  expect(emulator.flows()).toEqual([]);
}, 240_000);
