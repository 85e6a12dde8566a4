import * as celigo from "../../../sdk/index";
import { useAccount } from "./use-account";

const start = useAccount();
const window = { startDate: "2024-01-01T00:00:00.000Z", endDate: "2024-01-31T23:59:59.999Z" };

test("sends ids, and the window both where the specification and where the live service has it", async () => {
  const { emulator, options } = await start();
  const result = await celigo.runFlow({ flowId: "f1", exportIds: ["exp1"], ...window }, options);
  expect(result).toEqual({
    flowId: "f1",
    jobId: expect.any(String),
    exportId: "exp1",
    flowExecutionGroupId: expect.any(String),
  });
  expect(emulator.requests("POST")[0]?.body).toEqual({
    _exportIds: ["exp1"],
    ...window,
    export: window,
  });
  emulator.clearLog();
  await celigo.runFlow({ flowId: "f1" }, options);
  expect(emulator.requests("POST")[0]?.body).toEqual({});
});

test.each(["nested", "top"] as const)(
  "runs once on a service that takes the window %s only",
  async (runWindow) => {
    const { emulator, options } = await start({ runWindow });
    await celigo.runFlow({ flowId: "f1", ...window }, options);
    expect(emulator.jobs("f1")).toHaveLength(1);
    const taken = emulator.requests("POST").filter(({ carriedOut }) => carriedOut);
    expect(taken.map(({ body }) => body)).toEqual([
      runWindow === "nested" ? { export: window } : window,
    ]);
  },
);

test("refuses wrong arguments before anything is sent, all at once", async () => {
  const { emulator, options } = await start();
  const wrong = { flowId: "f1", exportIds: [], startDate: "yesterday", endDate: "2024-01-31" };
  await expect(celigo.runFlow(wrong, options)).rejects.toThrow(
    /`startDate`.*`exportIds` is an empty list/,
  );
  expect(emulator.log).toEqual([]);
});

test("explains that a disabled flow is not run, whatever the status of the refusal", async () => {
  const { emulator, options } = await start();
  for (const status of [422, 409, 403, 400]) {
    emulator.options.disabledRunStatus = status;
    const started = Date.now();
    await expect(celigo.runFlow({ flowId: "f2" }, options)).rejects.toThrow(
      /flow f2[^]*inactive_flow[^]*disabled: false/,
    );
    // A 409 must not be taken for a run that is to be waited for.
    expect(Date.now() - started).toBeLessThan(1000);
  }
  emulator.options.disabledRun = "allow";
  expect((await celigo.runFlow({ flowId: "f2" }, options)).jobId).toBeDefined();
});
