import { aFlow, createFlowStack, expectCode, type FlowStack } from "../support/flow-stack";

let stack: FlowStack;
beforeAll(async () => {
  stack = await createFlowStack({}, { "celigo:conflictTimeoutMs": "6000" });
  await stack.deploy(
    { name: "orders", args: aFlow() },
    { name: "stuck", args: aFlow() },
    { name: "used", args: aFlow() },
  );
});
afterAll(() => stack.close());

it("waits for a run before it updates, says so, and names the flow that never ends", async () => {
  const { emulator, project } = stack;
  const [orders, stuck] = [await stack.idOf("orders"), await stack.idOf("stuck")];
  await stack.declare(
    { name: "orders", args: aFlow({ description: "new" }) },
    { name: "stuck", args: aFlow({ description: "new" }) },
    { name: "used", args: aFlow() },
  );
  // The run begins between the update's read and its write.
  emulator.intercept({ method: "GET", path: `/flows/${orders}` }, () => {
    emulator.startJob(orders, { durationMs: 2000 });
  });
  emulator.startJob(stuck);
  const up = await project.up();
  expect(up.code).not.toBe(0);
  expect(emulator.flow(orders)).toMatchObject({ description: "new" });
  expect(up.output).toContain(
    `flow "orders" (${orders}) is running; waiting up to 6 s for it to finish`,
  );
  expect(up.output).toContain(
    `updating flow "stuck" (${stuck}) failed: the flow is still running.`,
  );
  expect(up.output).toContain("waited 6 s");
  expect(up.output).toContain("Flow is currently running");
  expect(up.output).toContain("celigo:conflictTimeoutMs");

  emulator.finishJobs(stuck);
  expectCode(await project.up(), 0);
  expect(emulator.flow(stuck)).toMatchObject({ description: "new" });
  expectCode(await stack.refreshedPreview(), 0);
});

it("explains at once why a flow cannot be deleted, and waits for one that runs", async () => {
  const { emulator, project } = stack;
  const [orders, used] = [await stack.idOf("orders"), await stack.idOf("used")];
  const chain = {
    _id: "outside",
    name: "Not in this stack",
    pageGenerators: [],
    _runNextFlowIds: [used],
  };
  emulator.seedDocuments({ flows: [chain] });
  emulator.options.deleteReferencedStatus = 409;
  emulator.options.deleteReferencedCode = "conflict";
  emulator.intercept({ method: "DELETE", path: `/flows/${orders}` }, () => {
    emulator.startJob(orders, { durationMs: 2000 });
  });
  const destroy = await project.destroy();
  expect(destroy.code).not.toBe(0);
  expect(destroy.output).toContain(`deleting flow "used" (${used}) failed`);
  expect(destroy.output).toContain('flow "Not in this stack" (outside)');
  expect(destroy.output).not.toContain(`flow "used" (${used}) is running`);
  expect(destroy.output).toContain(`flow "orders" (${orders}) is running; waiting up to 6 s`);
  expect(emulator.flow(used)).toBeDefined();
  expect(emulator.flow(orders)).toBeUndefined();

  emulator.edit("outside", { _runNextFlowIds: null });
  expectCode(await project.destroy(), 0);
  expect(emulator.flows().map(({ _id }) => _id)).toEqual(["outside"]);
});
