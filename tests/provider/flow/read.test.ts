import type { FlowDocument, JsonObject } from "../../../provider/api/types";
import { found, wholeState } from "../../../provider/flow/read";
import type { FlowState } from "../../../provider/flow/state";
import { aFlow } from "../../support/flow-samples";

const document = (more: JsonObject = {}): FlowDocument => ({
  _id: "f",
  name: "Customer Sync",
  disabled: false,
  pageGenerators: [{ _exportId: "exp123" }],
  pageProcessors: [{ type: "import", _importId: "imp123" }],
  ...more,
});
const state = (more: JsonObject = {}): FlowState => ({
  ...aFlow(),
  createdAt: "1",
  lastModified: "2",
  ...more,
});

it("returns the remembered outputs, in the program's form, where only noise moved", () => {
  const old = state({ schedule: "0 2 * * *", runNextFlowIds: ["a", "b"], settings: {} });
  const noise = {
    _id: "f",
    lastModified: "9",
    lastExecutedAt: "9",
    schedule: "? 0 2 ? * *",
    _runNextFlowIds: ["b", "a"],
    skipRetries: false,
    logging: { mode: "accountLevel", debugUntil: "2026-01-01" },
    pageGenerators: [{ _id: "g", _exportId: "exp123", skipRetries: false }],
    pageProcessors: [
      { type: "import", _importId: "imp123", responseMapping: { fields: [], lists: [] } },
    ],
    unknown: 1,
  };
  expect(found(document(noise), old)).toEqual({ state: old });
});

it("gives inputs where something moved: all that is said, the drifted field, no noise", () => {
  const old = state({ description: "a", __baseline: { timezone: ["", "UTC"] }, timezone: "UTC" });
  const live = document({ timezone: "UTC", description: "b", hidden: true, skipRetries: false });
  const { inputs, state: now } = found(live, old);
  expect(inputs).toEqual({ ...aFlow(), description: "b", hidden: true });
  expect(now).toEqual({ ...old, description: "b", hidden: true });
});

it("gives a field that the service had set by itself, once somebody changes it", () => {
  const old = state({ timezone: "UTC", __baseline: { timezone: ["", "UTC"] } });
  expect(found(document({ timezone: "CET" }), old).inputs).toMatchObject({ timezone: "CET" });
  const gone = found(document(), old);
  expect(gone.inputs).toEqual(aFlow());
  expect("timezone" in gone.state).toBe(false);
});

it("carries the baseline, the origin and the stamps over, and never renews them", () => {
  const hidden = { __baseline: { name: ["a", "b"] }, __origin: "https://api.eu.integrator.io" };
  const { state: now } = found(document({ name: "other", lastModified: "9" }), state(hidden));
  expect(now).toMatchObject({ ...hidden, name: "other", createdAt: "1", lastModified: "2" });
});

it("keeps raw members that are declared, and shows none that nobody declared", () => {
  const old = state({ pageGenerators: [{ exportId: "exp123", raw: 1 }] });
  const live = {
    pageGenerators: [
      { _exportId: "exp123", raw: 2, other: 3 },
      { _exportId: "x", raw: 4 },
    ],
  };
  expect(found(document(live), old).inputs?.["pageGenerators"]).toEqual([
    { exportId: "exp123", raw: 2 },
    { exportId: "x" },
  ]);
});

it("always says whether the flow is off, since absent means that it is not", () => {
  const { disabled: _gone, ...live } = document();
  const off = found(live, state({ disabled: true }));
  expect(off.state["disabled"]).toBe(false);
  expect(off.inputs?.["disabled"]).toBe(false);
});

it("shows the whole of a flow that is only looked at", () => {
  const live = document({ _integrationId: "int1", createdAt: "1", unknown: 1, description: null });
  expect(wholeState(live)).toEqual({ ...aFlow(), integrationId: "int1", createdAt: "1" });
});
