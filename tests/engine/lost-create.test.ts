import { aFlow, createFlowStack, expectCode, type FlowStack } from "../support/flow-stack";
import { dynamicResources } from "../support/stack-state";

let stack: FlowStack;
beforeEach(async () => {
  stack = await createFlowStack({}, { "celigo:requestTimeoutMs": "1000" });
});
afterEach(() => stack.close());

const liveIds = (): string[] =>
  stack.emulator
    .flows()
    .map(({ _id }) => _id)
    .sort();
const stateIds = async (): Promise<string[]> =>
  dynamicResources(await stack.project.state())
    .map(({ id }) => id ?? "")
    .sort();

/** What the declared flow is to the service when somebody else makes it. */
const twin = (_id: string) => ({
  _id,
  name: "orders",
  disabled: false,
  pageGenerators: [{ _exportId: "exp123" }],
  pageProcessors: [{ type: "import", _importId: "imp123" }],
  createdAt: new Date().toISOString(),
});

it("makes twenty flows of one name and content, although some answers are lost", async () => {
  const { emulator } = stack;
  const faults = [
    emulator.fault({ kind: "cutAfter", method: "POST", times: 2 }),
    emulator.fault({ kind: "cutBefore", method: "POST", after: 9 }),
    emulator.fault({
      kind: "status",
      status: 503,
      body: "html",
      carryOut: true,
      method: "POST",
      after: 14,
    }),
  ];
  const names = Array.from({ length: 20 }, (_, index) => `flow${String(index)}`);
  await stack.declare(...names.map((name) => ({ name, args: aFlow({ name: "Same" }) })));
  expectCode(await stack.project.up(["--parallel", "20"]), 0);
  expect(faults.map(({ hits }) => hits)).toEqual([2, 1, 1]);
  expect(liveIds()).toHaveLength(20);
  expect(await stateIds()).toEqual(liveIds());
  expectCode(await stack.refreshedPreview(), 0);
});

it("does not take over what somebody else made just before", async () => {
  const { emulator, project } = stack;
  await stack.declare({ name: "orders", args: aFlow() });
  emulator.seedDocuments({ flows: [twin("before")] });
  emulator.fault({ kind: "cutBefore", method: "POST" });
  const up = await project.up();
  expectCode(up, 0);
  expect(up.output).toContain('the creation of flow "orders" was lost');
  expect(liveIds()).toHaveLength(2);
  expect(await stateIds()).toEqual(liveIds().filter((id) => id !== "before"));
});

it("names the candidates where it cannot know, records nothing, and says what to do", async () => {
  const { emulator, project } = stack;
  await stack.declare({ name: "orders", args: aFlow() });
  emulator.fault({ kind: "cutAfter", method: "POST" });
  emulator.intercept({ method: "POST" }, () => {
    setImmediate(() => {
      emulator.seedDocuments({ flows: [twin("meanwhile")] });
    });
  });
  const up = await project.up();
  expect(up.code).not.toBe(0);
  for (const id of liveIds()) expect(up.output).toContain(id);
  expect(up.output).toContain("adopt the right one with the `import` option");
  expect(up.output).not.toMatch(/^\s+at .*\.js:\d+/m);
  expect(liveIds()).toHaveLength(2);
  expect(await stateIds()).toEqual([]);
});

it("keeps in the state what was made, when it turns out to be there twice and cannot be deleted", async () => {
  const { emulator, project } = stack;
  await stack.declare({ name: "orders", args: aFlow({ settings: { a: 1 } }) });
  emulator.fault({ kind: "hang", method: "POST" });
  emulator.fault({ kind: "status", status: 403, method: "DELETE", times: 5 });
  emulator.intercept({ method: "POST", after: 1 }, () => {
    emulator.seedDocuments({ flows: [twin("late")] });
  });
  const up = await project.up();
  expect(up.code).not.toBe(0);
  const own = liveIds().find((id) => id !== "late") ?? "";
  expect(up.output).toContain(`made twice: ${own}, which is in the stack, and late`);
  const [entry] = dynamicResources(await project.state());
  expect(entry).toMatchObject({ id: own, outputs: { name: "orders", settings: { a: 1 } } });
  expect(entry?.initErrors).toHaveLength(1);

  // The person deletes the other one, as the message says; the next update finishes.
  emulator.clearFaults();
  emulator.remove("late");
  expectCode(await project.up(), 0);
  expect(liveIds()).toEqual([own]);
  expect(dynamicResources(await project.state())[0]?.initErrors ?? []).toEqual([]);
  expectCode(await stack.refreshedPreview(), 0);
});
