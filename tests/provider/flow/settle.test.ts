import type { FlowDocument, JsonObject } from "../../../provider/api/types";
import { compare } from "../../../provider/flow/compare";
import { found } from "../../../provider/flow/read";
import { type Before, settle } from "../../../provider/flow/settle";
import type { FieldName, FlowInputs, FlowState } from "../../../provider/flow/state";
import { aFlow } from "../../support/flow-samples";

const document = (more: JsonObject = {}): FlowDocument => ({
  _id: "64f0",
  name: "Customer Sync",
  disabled: false,
  createdAt: "2024-01-01T00:00:00.000Z",
  lastModified: "2024-01-02T00:00:00.000Z",
  logging: { mode: "accountLevel" },
  pageGenerators: [{ _id: "g1", _exportId: "exp123", skipRetries: false }],
  pageProcessors: [
    { type: "import", _importId: "imp123", responseMapping: { fields: [], lists: [] } },
  ],
  ...more,
});

const names = (state: FlowState, inputs: FlowInputs): FieldName[] =>
  compare(state, inputs).map(({ name }) => name);

/** What a write that follows `state` starts from. */
function before(state: FlowState, unseen: FieldName[] = [], cleared: FieldName[] = []): Before {
  return { state, unseen: new Set(unseen), cleared: new Set(cleared) };
}

const none = { origin: undefined };

describe("after a create", () => {
  it("keeps no baseline where the service has what the program says, and added only noise", () => {
    const { state, altered, kept } = settle(aFlow(), document(), none);
    expect(state).toEqual({
      ...aFlow(),
      createdAt: "2024-01-01T00:00:00.000Z",
      lastModified: "2024-01-02T00:00:00.000Z",
    });
    expect([altered, kept]).toEqual([[], []]);
  });

  it("repeats each declared value in the program's form, since a lacking one is unknown in previews", () => {
    const inputs = aFlow({ schedule: "0 2 * * *", settings: {}, runNextFlowIds: [] });
    const { state } = settle(inputs, document({ schedule: "? 0 2 ? * *" }), none);
    expect(state).toMatchObject({ schedule: "0 2 * * *", settings: {}, runNextFlowIds: [] });
  });

  it("remembers what the service made of a declared value, and says so", () => {
    const inputs = aFlow({ description: "long", preSave: { scriptId: "s1" } });
    const { state, altered } = settle(inputs, document({ description: "lon" }), none);
    expect(altered).toEqual(["description", "preSave"]);
    expect(state).toMatchObject({ description: "lon", preSave: null });
    expect(names(state, inputs)).toEqual([]);
    expect(names(state, { ...inputs, description: "longer" })).toEqual(["description"]);
    expect(names({ ...state, description: "other" }, inputs)).toEqual(["description"]);
  });

  it("remembers a value that the service set by itself, and no secret beside it", () => {
    const { state } = settle(
      aFlow({ settings: { token: "s3cret" } }),
      document({ settings: { token: "s3cret", added: 1 }, timezone: "UTC" }),
      none,
    );
    const baseline = state.__baseline as Record<string, unknown>;
    expect(Object.keys(baseline)).toEqual(["timezone", "settings"]);
    expect(baseline["timezone"]).toEqual(["", "UTC"]);
    expect(JSON.stringify(baseline)).not.toContain("s3cret");
    expect(names(state, aFlow({ settings: { token: "s3cret" } }))).toEqual([]);
  });

  it("remembers the origin only where it is given", () => {
    expect(
      settle(aFlow(), document(), { origin: "https://api.eu.integrator.io" }).state,
    ).toMatchObject({
      __origin: "https://api.eu.integrator.io",
    });
    expect("__origin" in settle(aFlow(), document(), none).state).toBe(false);
  });
});

describe("after an update", () => {
  const inputs = aFlow({ description: "a", schedule: "0 1 * * *" });
  const start = settle(inputs, document({ description: "a", schedule: "0 1 * * *" }), none).state;

  it("goes on to show what somebody changed unseen in a field that the program left alone", () => {
    const next = { ...inputs, schedule: "0 2 * * *" };
    const answer = document({ description: "theirs", schedule: "0 2 * * *", timezone: "UTC" });
    const { state, altered } = settle(next, answer, {
      ...none,
      before: before(start, ["description", "timezone"]),
    });
    expect(altered).toEqual([]);
    expect(state).toMatchObject({ description: "a", schedule: "0 2 * * *" });
    expect(state["timezone"]).toBeUndefined();
    const seen = found(answer, state);
    expect(names(seen.state, next)).toEqual(["description", "timezone"]);
    expect(seen.inputs).toMatchObject({ description: "theirs", timezone: "UTC" });
  });

  it("is in sync where the program wrote over an unseen change", () => {
    const next = { ...inputs, description: "b" };
    const answer = document({ description: "b", schedule: "0 1 * * *" });
    const { state } = settle(next, answer, { ...none, before: before(start, ["description"]) });
    expect(state["description"]).toBe("b");
    expect(found(answer, state).inputs).toBeUndefined();
  });

  it("forgets a field that was taken out, changed unseen or not", () => {
    const { description: _taken, ...next } = inputs;
    const answer = document({ schedule: "0 1 * * *" });
    const circumstances = before(start, ["description"], ["description"]);
    const { state, kept } = settle(next, answer, { ...none, before: circumstances });
    expect(kept).toEqual([]);
    expect("description" in state).toBe(false);
    expect(names(state, next)).toEqual([]);
    expect(found(answer, state).inputs).toBeUndefined();
  });

  it("says which field the service does not clear, and counts what it keeps as in sync", () => {
    const { description: _taken, ...next } = inputs;
    const answer = document({ description: "a", schedule: "0 1 * * *" });
    const circumstances = before(start, [], ["description"]);
    const { state, kept } = settle(next, answer, { ...none, before: circumstances });
    expect(kept).toEqual(["description"]);
    expect(names(state, next)).toEqual([]);
    expect(found(answer, state).inputs).toBeUndefined();
  });

  it("says it of a raw field too", () => {
    const declared = aFlow({ additionalFields: { a: 1, b: 2 } });
    const state = settle(declared, document({ a: 1, b: 2 }), none).state;
    const less = aFlow({ additionalFields: { a: 1 } });
    const after = settle(less, document({ a: 1, b: 2 }), { ...none, before: before(state) });
    expect(after.altered).toEqual(["additionalFields"]);
    expect(names(after.state, less)).toEqual([]);
    const cleared = before(state, [], ["additionalFields"]);
    const gone = settle(aFlow(), document({ b: 2 }), { ...none, before: cleared });
    expect(gone.kept).toEqual(["additionalFields"]);
    expect(names(gone.state, aFlow())).toEqual([]);
    const clean = settle(less, document({ a: 1 }), { ...none, before: before(state) });
    expect(clean.state).toMatchObject({ additionalFields: { a: 1 } });
    expect(clean.state.__baseline).toBeUndefined();
  });

  it("carries an entry over that has nothing to do with the write", () => {
    const altered = settle(inputs, document({ description: "A", schedule: "0 1 * * *" }), none);
    const next = { ...inputs, schedule: "0 2 * * *" };
    const after = settle(next, document({ description: "A", schedule: "0 2 * * *" }), {
      ...none,
      before: before(altered.state),
    });
    expect(after.altered).toEqual([]);
    expect(after.state.__baseline).toEqual(altered.state.__baseline);
    expect(names(after.state, next)).toEqual([]);
  });

  it("goes on to know that the service drops a field, through a write to another and one to it", () => {
    const [first, second] = ["a", "b"].map((description) =>
      aFlow({ description, preSave: { scriptId: "s1" } }),
    ) as [FlowInputs, FlowInputs];
    const third = { ...second, preSave: { scriptId: "s2" } };
    const live = (description: string) => document({ description });
    let { state } = settle(first, live("a"), none);
    ({ state } = settle(second, live("b"), { ...none, before: before(state) }));
    expect([state["preSave"], names(state, second)]).toEqual([null, []]);
    ({ state } = settle(third, live("b"), { ...none, before: before(state) }));
    expect(names(found(live("b"), state).state, third)).toEqual([]);
  });

  it("repairs a drift to what the service had set by itself", () => {
    const own = settle(inputs, document({ ...inputs, timezone: "UTC" }), none).state;
    const drifted = found(document({ ...inputs, timezone: "CET" }), own);
    expect(compare(drifted.state, inputs)).toEqual([{ name: "timezone", want: "UTC" }]);
    const answer = document({ ...inputs, timezone: "UTC" });
    // Somebody changed it once more in between; the write went over it.
    const circumstances = before(drifted.state, ["timezone"]);
    const { state } = settle(inputs, answer, { ...none, before: circumstances });
    expect(state["timezone"]).toBe("UTC");
    expect(names(state, inputs)).toEqual([]);
  });
});

describe("after an adoption", () => {
  const inputs = { ...aFlow({ description: "mine" }), __ignoreChanges: ["description"] };
  const live = document({ description: "theirs" });
  const adopted = settle(inputs, live, { ...none, adoptedIgnoring: ["description"] });

  it("is in sync as long as the ignored field stays ignored", () => {
    expect(adopted.altered).toEqual([]);
    expect(names(adopted.state, inputs)).toEqual([]);
    expect(names(adopted.state, aFlow({ description: "mine" }))).toEqual(["description"]);
  });

  it("stays so after a write to another field", () => {
    const next = { ...inputs, schedule: "0 2 * * *" };
    const answer = document({ description: "theirs", schedule: "0 2 * * *" });
    const after = settle(next, answer, { ...none, before: before(adopted.state) });
    expect(after.altered).toEqual([]);
    expect(names(after.state, next)).toEqual([]);
    const { __ignoreChanges: _lifted, ...lifted } = next;
    expect(names(after.state, lifted)).toEqual(["description"]);
  });
});
