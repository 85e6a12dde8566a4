import { aFlow, createFlowStack, type FlowStack, type DeclaredFlow } from "../support/flow-stack";
import type { ProjectResult } from "../support/pulumi-project";

/*
 * What the engine makes of our messages, one for each verb; what they say in every situation is in
 * tests/provider/flow/messages.test.ts.
 */
describe("messages on the terminal", () => {
  let stack: FlowStack;
  const page: string[] = [];

  const chained = { name: "orders", args: aFlow({ runNextFlowIds: [{ $ref: "customers" }] }) };
  const flow = (
    more: Readonly<Record<string, unknown>> = {},
    opts: Readonly<Record<string, unknown>> = {},
  ): DeclaredFlow => ({
    name: "customers",
    args: aFlow(more),
    opts,
  });

  /** The command must fail, with these texts, and without stack or token. */
  async function failing(
    title: string,
    running: Promise<ProjectResult>,
    ...says: string[]
  ): Promise<void> {
    const { code, output } = await running;
    const start = output.indexOf("Diagnostics:");
    page.push(`== ${title}\n${(start < 0 ? output : output.slice(start)).trim()}`);
    expect(code).not.toBe(0);
    for (const text of says) expect(output).toContain(text);
    expect(output).not.toMatch(/\n\s+at .*[/(]|node_modules|\[object|TypeError/);
    expect(output).not.toContain(stack.emulator.token);
  }

  beforeAll(async () => {
    stack = await createFlowStack(
      {},
      { "celigo:maxRetries": "0", "celigo:conflictTimeoutMs": "0" },
    );
    await stack.deploy(flow(), chained);
  });
  afterAll(async () => {
    await stack.close();
    console.log(page.join("\n\n"));
  });
  beforeEach(() => {
    stack.emulator.clearFaults();
    stack.emulator.clearLog();
  });

  it("check: configuration and arguments together", async () => {
    await stack.project.setConfig({ "celigo:region": "mars", "celigo:maxRetries": "many" });
    await stack.project.cli(["config", "rm", "celigo:baseUrl"]);
    await stack.declare(flow({ schedule: "@daily" }));
    const says = ["schedule: ", "CELIGO_REGION", "CELIGO_MAX_RETRIES"];
    await failing("configure and check", stack.project.preview(), ...says);
    await stack.project.cli(["config", "rm", "celigo:region"]);
    await stack.project.setConfig({
      "celigo:maxRetries": "0",
      "celigo:baseUrl": stack.emulator.url,
    });
    expect(stack.emulator.log).toEqual([]);
  });

  it("create: every complaint of the service with its field", async () => {
    stack.emulator.fault({
      kind: "status",
      status: 422,
      method: "POST",
      body: {
        errors: [
          { code: "invalid_field", message: "too long", field: "name" },
          { code: "entitlement_reached", message: "Too many enabled flows" },
        ],
      },
    });
    await stack.declare(flow(), chained, { name: "new", args: aFlow() });
    const says = [
      'creating flow "new" failed',
      "name: too long [invalid_field]",
      "[entitlement_reached]",
      "licence",
    ];
    await failing("create", stack.project.up(), ...says);
  });

  it("read: a token that does not hold", async () => {
    stack.emulator.fault({
      kind: "status",
      status: 401,
      body: { message: "Bearer Authentication Failed" },
      times: 99,
    });
    const says = [
      'reading flow "customers" (',
      "Bearer Authentication Failed",
      "config set --secret celigo:apiToken",
    ];
    await failing("read", stack.project.refresh(), ...says);
  });

  it("update: a flow that runs", async () => {
    stack.emulator.startJob(await stack.idOf("customers"));
    await stack.declare(flow({ description: "new" }), chained);
    const says = [
      'updating flow "customers" (',
      "Flow is currently running [conflict]",
      "celigo:conflictTimeoutMs",
    ];
    await failing("update", stack.project.up(), ...says);
    stack.emulator.finishJobs(await stack.idOf("customers"));
  });

  it("diff: a flow that is managed and now to be another", async () => {
    const id = await stack.idOf("orders");
    await stack.declare(flow({}, { import: id }));
    await failing("diff", stack.project.preview(), "is managed already", id);
  });

  it("delete: a flow that is still used", async () => {
    await stack.deploy(flow(), chained);
    stack.emulator.seedDocuments({
      flows: [{ _id: "outside", name: "Theirs", _runNextFlowIds: [await stack.idOf("orders")] }],
    });
    await stack.declare(flow());
    const says = [
      'deleting flow "orders" (',
      "[in_use]",
      'flow "Theirs" (outside)',
      "Next: take the reference out",
    ];
    await failing("delete", stack.project.up(), ...says);
  });
});
