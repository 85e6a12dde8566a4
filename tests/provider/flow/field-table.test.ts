import type { JsonObject } from "../../../provider/api/types";
import { compare } from "../../../provider/flow/compare";
import { createFlow } from "../../../provider/flow/create";
import { FLOW_FIELDS, FLOW_FIELD_NAMES, READ_ONLY } from "../../../provider/flow/fields";
import { readFlow } from "../../../provider/flow/read";
import { FIELD_NAMES, type FieldName } from "../../../provider/flow/state";
import { updateFlow } from "../../../provider/flow/update";
import { validateFlow } from "../../../provider/flow/validate-flow";
import { aFlowWith, aFlowWithout, FLOW_SAMPLES } from "../../support/flow-samples";
import { serviceOn, useWire } from "../../support/test-service";

const wire = useWire();
const rows = new Map<FieldName, string[]>();
const note = (name: FieldName, cell: string): void => {
  rows.set(name, [...(rows.get(name) ?? []), cell]);
};

afterAll(() => {
  const head = ["field", "API", "sent", "read", "edited", "drift", "cleared", "(merge)", "wrong"];
  const line = (cells: readonly string[]): string =>
    cells.map((cell, at) => cell.padEnd(at < 2 ? 29 : 8)).join("");
  const wires = (name: FieldName): string => FLOW_SAMPLES[name].key;
  const body = [...rows].map(([name, cells]) => line([name, wires(name), ...cells]));
  console.log(["Every field, as the emulator saw it", line(head), ...body].join("\n"));
});

/** Whether a value has all that was sent; what the service added to it does not count, nor does an off flag. */
function holds(actual: unknown, sent: unknown): boolean {
  if (sent === undefined || sent === false) return actual === undefined || actual === false;
  if (Array.isArray(sent)) {
    const members = sent as unknown[];
    return (
      Array.isArray(actual) &&
      actual.length === members.length &&
      members.every((member, index) => holds(actual[index], member))
    );
  }
  if (typeof sent !== "object" || sent === null) return actual === sent;
  return (
    typeof actual === "object" &&
    actual !== null &&
    Object.entries(sent).every(([key, value]) => holds((actual as JsonObject)[key], value))
  );
}

it("has a sample for every field of the table, under the API's name", () => {
  expect(Object.keys(FLOW_SAMPLES).sort()).toEqual(
    [...FLOW_FIELD_NAMES, "additionalFields"].sort(),
  );
  const keys = FLOW_FIELD_NAMES.map((name) => [name, FLOW_SAMPLES[name].key]);
  expect(keys).toEqual(FLOW_FIELD_NAMES.map((name) => [name, FLOW_FIELDS[name].wire]));
});

it("names every writable field of api-facts.md 1.2, and none that only the service sets", () => {
  const writable = [
    "name description _integrationId disabled schedule timezone pageGenerators pageProcessors routers",
    "_runNextFlowIds _runNextExportIds runPageGeneratorsInParallel skipRetries autoResolveMatchingTraceKeys",
    "settings settingsForm preSave _flowGroupingId _keepDeltaBehindFlowId _keepDeltaBehindExportId aliases",
    "isAbstract _abstractFlowId overrides overridesHelper hidden logging aiDescription draft draftExpiresAt sandbox",
  ].flatMap((line) => line.split(" "));
  const wires = FLOW_FIELD_NAMES.map((name) => FLOW_FIELDS[name].wire as string);
  expect([...wires].sort()).toEqual([...writable].sort());
  expect(wires.filter((name) => READ_ONLY.has(name))).toEqual([]);
});

describe.each(FIELD_NAMES)("%s", (name) => {
  const { key, sent, sentEdit, cleared, wrong } = FLOW_SAMPLES[name];
  const [sample, edit, without] = [aFlowWith(name), aFlowWith(name, "edit"), aFlowWithout(name)];

  /** Of raw fields only the one that is edited; of members only what has a name, since nobody declared the rest. */
  const comparable = (value: unknown): unknown => {
    const shown = name === "additionalFields" ? (value as JsonObject)[key] : value;
    return JSON.parse(
      JSON.stringify(shown, (at, member: unknown) => (at.startsWith("__") ? undefined : member)),
    );
  };

  it("is sent, read, edited, seen when it drifts, and cleared under both meanings of PUT", async () => {
    for (const put of ["replace", "merge"] as const) {
      const { emulator, service } = await wire({ put });
      const { id, state } = await createFlow(service, sample);
      expect(emulator.writes()).toHaveLength(1);
      expect(emulator.writes()[0]?.body).toMatchObject({ [key]: sent });
      expect(state[name]).toEqual(sample[name]);
      expect(compare(state, sample)).toEqual([]);

      const read = await readFlow(serviceOn(emulator), id, state);
      expect(read?.inputs).toBeUndefined();
      expect(read?.state).toEqual(state);

      const title = `flow "x" (${id})`;
      expect(compare(state, edit).map((change) => change.name)).toEqual([name]);
      const edited = await updateFlow(service, { id, title, state, inputs: edit });
      expect(holds(emulator.flow(id)?.[key], sentEdit)).toBe(true);
      expect(edited.altered).toEqual([]);
      expect(compare(edited.state, edit)).toEqual([]);

      emulator.edit(id, { [key]: sent });
      const drifted = await readFlow(serviceOn(emulator), id, edited.state);
      if (drifted === undefined) throw new Error("gone");
      expect(compare(drifted.state, edit).map((one) => one.name)).toEqual([name]);
      expect(comparable(drifted.inputs?.[name])).toEqual(comparable(sample[name]));

      emulator.clearLog();
      const gone = name === "name" ? edit : without;
      const taken = await updateFlow(service, { id, title, state: drifted.state, inputs: gone });
      expect(holds(emulator.flow(id)?.[key], cleared)).toBe(true);
      expect(taken.kept).toEqual([]);
      expect(compare(taken.state, gone)).toEqual([]);
      expect(emulator.writes().length).toBeLessThanOrEqual(2);
      expect(emulator.writes().every(({ readOnlySent }) => readOnlySent === undefined)).toBe(true);
      if (put === "replace") for (const cell of ["yes", "yes", "yes", "yes"]) note(name, cell);
      note(name, name === "name" ? "never" : `${String(emulator.writes().length)} PUT`);
    }
  });

  it("is refused where it is wrong, with its path", () => {
    for (const { value, path, reason } of wrong) {
      const problems = validateFlow({ ...without, [name]: value });
      expect(problems).toEqual(
        expect.arrayContaining([{ path, reason: expect.stringContaining(reason) }]),
      );
    }
    expect(wrong.length).toBeGreaterThan(0);
    expect(validateFlow(sample)).toEqual([]);
    expect(validateFlow(edit)).toEqual([]);
    note(name, `${String(wrong.length)} of ${String(wrong.length)}`);
  });
});
