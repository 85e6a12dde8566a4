import { createService } from "../../../provider/service";
import { argumentsOf } from "../../../sdk/adopt/flow-arguments";
import { adopt } from "../../../provider/flow/adopt";
import type { FlowInputs } from "../../../provider/flow/state";
import { unmaskBody as unmask } from "../../../provider/flow/unmask";
import { updateFlow } from "../../../provider/flow/update";
import { readSettings } from "../../../provider/settings";
import { startEmulator } from "../../../sdk/testing/index";

it("puts the program's value in the place of a mask, and touches nothing else", () => {
  const live = {
    a: { key: "******", other: "*******", list: ["******", "x"] },
    b: "******",
    c: "***",
  };
  const declared = { a: { key: "real", list: ["first", "y"] }, c: "d" };
  expect(unmask(live, declared)).toEqual({
    a: { key: "real", other: "*******", list: ["first", "x"] },
    b: "******",
    c: "***",
  });
});

it("never sends back the mask of a flow that was imported with its secret", async () => {
  const settings = { api: { key: "real secret", url: "https://shop.test" } };
  const seed = { flows: [{ _id: "f1", name: "Masked", settings }] };
  const emulator = await startEmulator({ seed, masks: ["settings.api.key"] });
  try {
    const own = { apiToken: emulator.token, baseUrl: emulator.url };
    const service = createService(readSettings({ own, env: {} }));
    const live = await service.client.getFlow("f1");
    const { ignored } = argumentsOf(live, "masked");
    const inputs: FlowInputs = {
      name: "Masked",
      disabled: false,
      settings,
      __ignoreChanges: ignored.map(({ path }) => path),
    };
    const { state } = adopt(service, live, inputs);
    await updateFlow(service, {
      id: "f1",
      title: "flow",
      state,
      inputs: { ...inputs, description: "new" },
    });
    expect(emulator.writes().map(({ masksSent }) => masksSent)).toEqual([undefined]);
    expect(emulator.flow("f1")).toMatchObject({ description: "new", settings });
  } finally {
    await emulator.close();
  }
});
