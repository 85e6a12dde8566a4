import * as pulumi from "@pulumi/pulumi";

import * as celigo from "../../../sdk/index";
import { useAccount } from "./use-account";

const start = useAccount();

describe("getFlow", () => {
  test("renames references where the API has them, and nothing inside free documents", async () => {
    const { options } = await start();
    const flow = await celigo.getFlow({ flowId: "f1" }, options);
    expect(flow).toMatchObject({
      id: "f1",
      flowId: "f1",
      name: "Sync",
      integrationId: "int1",
      disabled: false,
      pageGenerators: [{ exportId: "exp1", skipRetries: false }],
      runNextFlowIds: ["f2"],
      exportIds: ["exp1", "exp2"],
      importIds: ["imp1"],
      settings: { _exportId: "not a reference" },
      additionalFields: { _ownerId: "u1" },
      lastExecutedAt: "2024-01-15T10:00:00.000Z",
    });
    const steps = flow.routers?.[0]?.branches?.[0]?.pageProcessors;
    expect(steps).toEqual([
      { type: "export", exportId: "exp2" },
      {
        type: "import",
        importId: "imp1",
        hooks: { postResponseMap: { scriptId: "s1", function: "f" } },
      },
    ]);
    expect(await celigo.getFlow({ flowId: "f3" }, options)).toMatchObject({
      disabled: false,
      exportIds: [],
    });
  });

  test("names the flow that is not there, the status and what to do, without a stack", async () => {
    const { options } = await start();
    const failure = await celigo
      .getFlow({ flowId: "nope" }, options)
      .catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({
      message: expect.stringMatching(/reading flow nope failed[^]*404[^]*Next: /),
    });
    expect(failure).toMatchObject({ info: { kind: "notFound", status: 404 } });
    expect((failure as Error).stack).toBe(`RunError: ${(failure as Error).message}`);
  });

  test("asks for nothing where the id is missing or empty", async () => {
    const { emulator, options } = await start();
    await expect(celigo.getFlow({ flowId: "" }, options)).rejects.toThrow("`flowId` is missing");
    await expect(celigo.getFlow({} as { flowId: string }, options)).rejects.toThrow("`flowId`");
    const output = pulumi.output("f1") as unknown as string;
    await expect(celigo.getFlow({ flowId: output }, options)).rejects.toThrow("…Output");
    expect(emulator.log).toEqual([]);
  });

  test("escapes ids, which are opaque texts", async () => {
    const { emulator, options } = await start();
    await expect(celigo.getFlow({ flowId: "a/b?c" }, options)).rejects.toThrow("a/b?c");
    expect(emulator.log[0]?.path).toBe("/v1/flows/a%2Fb%3Fc");
  });
});

describe("getFlows", () => {
  test("reads all pages and filters by integration, switch and name", async () => {
    const { options } = await start({ pageSize: 1 });
    const ids = async (filter?: celigo.FlowFilter): Promise<string[]> =>
      (await celigo.getFlows(filter, options)).map(({ id }) => id);
    expect(await ids()).toEqual(["f1", "f2", "f3"]);
    expect(await ids({ integrationId: "int2" })).toEqual(["f2"]);
    expect(await ids({ disabled: true })).toEqual(["f2"]);
    // Absent means enabled: a filter of the service could drop it.
    expect(await ids({ disabled: false })).toEqual(["f1", "f3"]);
    expect(await ids({ name: "Next" })).toEqual(["f2"]);
    expect(await ids({ name: "Nex" })).toEqual([]);
  });

  test("takes a 204 and an empty list for no flows", async () => {
    const { emulator, options } = await start({ seed: {} });
    expect(await celigo.getFlows({}, options)).toEqual([]);
    emulator.options.emptyList = 200;
    expect(await celigo.getFlows({}, options)).toEqual([]);
  });

  test("asks without the filters that a service refuses, and filters itself", async () => {
    const { emulator, options } = await start();
    emulator.fault({ kind: "status", status: 400, path: /_integrationId=/, times: 9 });
    const flows = await celigo.getFlows({ integrationId: "int1" }, options);
    expect(flows.map(({ id }) => id)).toEqual(["f1"]);
  });

  test("passes the integration on, without which a limited token sees nothing", async () => {
    const { emulator, options } = await start();
    emulator.options.tokens = [{ token: "limited", integrationIds: ["int2"] }];
    const limited = { ...options, apiToken: "limited" };
    expect(await celigo.getFlows({}, limited)).toEqual([]);
    expect(await celigo.getFlows({ integrationId: "int2" }, limited)).toHaveLength(1);
  });
});

describe("getFlowState", () => {
  test("is running while a job goes on, otherwise what the flow's switch says", async () => {
    const { emulator, options } = await start();
    const state = async (flowId: string): Promise<string> =>
      (await celigo.getFlowState({ flowId }, options)).state;
    expect([await state("f1"), await state("f2"), await state("f3")]).toEqual([
      "enabled",
      "disabled",
      "enabled",
    ]);
    const jobId = emulator.startJob("f2");
    const running = await celigo.getFlowState({ flowId: "f2" }, options);
    expect(running).toMatchObject({
      flowId: "f2",
      state: "running",
      runningJobs: [{ id: jobId, exportId: "exp3" }],
    });
    emulator.finishJobs("f2");
    expect(await state("f2")).toBe("disabled");
  });
});
