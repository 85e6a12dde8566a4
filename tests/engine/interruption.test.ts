import {
  aFlow,
  createFlowStack,
  type DeclaredFlow,
  expectCode,
  type FlowStack,
} from "../support/flow-stack";
import { startInGroup } from "../support/group-command";
import { dynamicResources, type ExportedState } from "../support/stack-state";

const UP = ["up", "--yes", "--skip-preview", "--parallel", "20"];

/** Twenty flows; the last eight share a name, so that their creates wait for one another. */
const FLOWS: DeclaredFlow[] = Array.from({ length: 20 }, (_, index) => ({
  name: `flow${String(index)}`,
  args: aFlow({ integrationId: "int123", ...(index >= 12 && { name: "Same" }) }),
}));

let stack: FlowStack;
beforeEach(async () => {
  stack = await createFlowStack({ latencyMs: 400 });
  await stack.declare(...FLOWS);
});
afterEach(() => stack.close());

const liveIds = (): string[] => stack.emulator.flows().map(({ _id }) => _id);
const idsIn = (state: ExportedState): string[] =>
  dynamicResources(state).flatMap(({ id }) => (id === undefined || id === "" ? [] : [id]));

it("orphans nothing when Ctrl-C is pressed in the middle of an up", async () => {
  const up = startInGroup(stack.project, UP);
  stack.emulator.intercept({ method: "POST", path: "/flows", after: 7 }, up.interruptGroup);
  expect(await up.ended).not.toBe(0);
  expect(up.output()).toContain("update canceled");

  const state = await stack.project.state();
  const before = liveIds();
  expect(before.length).toBeGreaterThanOrEqual(8);
  expect(idsIn(state).sort()).toEqual(before.sort());

  expectCode(await stack.project.up(), 0);
  expect(liveIds()).toHaveLength(20);
  expect(idsIn(await stack.project.state()).sort()).toEqual(liveIds().sort());
  expect(liveIds()).toEqual(expect.arrayContaining(before));
  expectCode(await stack.refreshedPreview(), 0);
});

it("orphans at most what was under way when the CLI is killed, and goes on without a prompt", async () => {
  const up = startInGroup(stack.project, UP);
  const sent = new Promise<void>((resolve) => {
    stack.emulator.intercept({ method: "POST", path: "/flows", after: 12 }, () => {
      up.kill();
      resolve();
    });
  });
  await sent;
  expect(await up.ended).toBeNull();
  const posts = () => stack.emulator.requests("POST", "/flows");
  while (!posts().every(({ carriedOut }) => carriedOut)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  // The file backend is still locked; `up` says so, and `cancel` takes the lock away.
  const locked = await stack.project.up();
  expect(locked.code).not.toBe(0);
  expect(locked.output).toContain("pulumi cancel");
  expectCode(await stack.project.cli(["cancel", "--yes"]), 0);

  const known = new Set(idsIn(await stack.project.state()));
  const orphans = liveIds().filter((id) => !known.has(id));
  const preview = await stack.project.preview();
  expectCode(preview, 0);
  for (const id of orphans) expect(preview.output).toContain(id);

  const next = await stack.project.up([], { preview: true });
  expectCode(next, 0);
  expect(next.output).toContain("interrupted while creating");
  // Twelve names and the first of the equal ones were under way; the seven that waited for it were not sent any more.
  expect(posts().length - (20 - known.size)).toBeLessThanOrEqual(16);
  expect(liveIds()).toHaveLength(20 + orphans.length);
  expect(idsIn(await stack.project.state())).toHaveLength(20);

  // Every further `up` would repeat its warning; the engine takes it back when it is told to.
  expectCode(await stack.project.refresh(["--clear-pending-creates"]), 0);
  const cleared = await stack.refreshedPreview();
  expectCode(cleared, 0);
  expect(cleared.output).not.toContain("interrupted while creating");
  console.log(
    `killed at the 13th create of 20: ${String(known.size)} recorded, ${String(orphans.length)} orphaned and named by the next preview`,
  );
});
