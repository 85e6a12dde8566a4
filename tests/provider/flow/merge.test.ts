import * as fc from "fast-check";

import type { Json, JsonObject } from "../../../provider/api/types";
import { FLOW_FIELDS } from "../../../provider/flow/fields";
import { merge } from "../../../provider/flow/merge";
import { FREE, ID } from "../../../provider/flow/shape";

const { shape: GENERATORS } = FLOW_FIELDS.pageGenerators;
const { shape: PROCESSORS } = FLOW_FIELDS.pageProcessors;
const { shape: ROUTERS } = FLOW_FIELDS.routers;

const source = (id: string, more: JsonObject = {}): JsonObject => ({ _exportId: id, ...more });
const step = (id: string, more: JsonObject = {}): JsonObject => ({
  type: "import",
  _importId: id,
  ...more,
});

describe("scalars", () => {
  it.each([
    { live: "a", old: "a", want: "b", gives: "b" },
    { live: "unseen", old: "a", want: "a", gives: "unseen" },
    { live: "unseen", old: "a", want: "b", gives: "b" },
    { live: "a", old: "a", want: undefined, gives: undefined },
    { live: "unseen", old: undefined, want: undefined, gives: "unseen" },
    { live: undefined, old: undefined, want: "b", gives: "b" },
    { live: undefined, old: "a", want: "a", gives: undefined },
    { live: undefined, old: "a", want: "b", gives: "b" },
  ])("live $live, old $old, want $want give $gives", ({ gives, ...versions }) => {
    expect(merge(ID, versions as Parameters<typeof merge>[1])).toBe(gives);
  });

  it("keeps the live form of a schedule that means the same", () => {
    const { shape } = FLOW_FIELDS.schedule;
    const versions = { live: "? 0 2 ? * *", old: "0 2 * * *", want: "? 0 2 ? * *" };
    expect(merge(shape, versions)).toBe("? 0 2 ? * *");
  });

  it("takes an empty schedule for none", () => {
    const { shape } = FLOW_FIELDS.schedule;
    expect(merge(shape, { live: "0 2 * * *", old: "0 2 * * *", want: "" })).toBeUndefined();
  });
});

describe("members of lists", () => {
  it("keeps what the service and what others put into a member", () => {
    const live = [source("e1", { _id: "s1", skipRetries: true, unknown: { a: 1 } })];
    const old = [source("e1", { schedule: "0 1 * * *" })];
    const want = [source("e1", { schedule: "0 2 * * *" })];
    expect(merge(GENERATORS, { live, old, want })).toEqual([
      source("e1", { _id: "s1", skipRetries: true, unknown: { a: 1 }, schedule: "0 2 * * *" }),
    ]);
  });

  it("keeps a member that others added, and drops one that the program drops", () => {
    const live = [source("e1"), source("theirs", { _id: "t" }), source("e2")];
    const old = [source("e1"), source("e2")];
    expect(merge(GENERATORS, { live, old, want: [source("e2")] })).toEqual([
      source("theirs", { _id: "t" }),
      source("e2"),
    ]);
  });

  it("does not bring back a member that others removed", () => {
    const old = [source("e1"), source("e2")];
    const want = [source("e1"), source("e2"), source("e3")];
    const merged = merge(GENERATORS, { live: [source("e2")], old, want });
    expect(merged).toEqual([source("e2"), source("e3")]);
  });

  it("brings back a removed member that the program changes", () => {
    const old = [source("e1"), source("e2")];
    const want = [source("e1", { skipRetries: true }), source("e2")];
    const merged = merge(GENERATORS, { live: [source("e2")], old, want });
    expect(merged).toEqual([source("e1", { skipRetries: true }), source("e2")]);
  });

  it("keeps an order that others made, unless the program reorders", () => {
    const live = [step("c"), step("a", { x: 1 }), step("b")];
    const old = [step("a"), step("b"), step("c")];
    const added = [step("a"), step("new"), step("b"), step("c")];
    expect(merge(PROCESSORS, { live, old, want: added })).toEqual([
      step("c"),
      step("a", { x: 1 }),
      step("new"),
      step("b"),
    ]);
    const reordered = [step("b"), step("a"), step("c")];
    const theirs = [...live, step("theirs")];
    expect(merge(PROCESSORS, { live: theirs, old, want: reordered })).toEqual([
      step("b"),
      step("theirs"),
      step("a", { x: 1 }),
      step("c"),
    ]);
  });

  it("tells two steps with the same import apart by what they say", () => {
    const live = [step("a", { proceedOnFailure: true, u: 1 }), step("a", { u: 2 })];
    const old = [step("a", { proceedOnFailure: true }), step("a")];
    expect(merge(PROCESSORS, { live, old, want: [step("a")] })).toEqual([step("a", { u: 2 })]);
    expect(
      merge(PROCESSORS, { live, old, want: [step("a"), step("a", { proceedOnFailure: true })] }),
    ).toHaveLength(2);
  });

  it("empties a list, but for what others added", () => {
    const { shape } = FLOW_FIELDS.runNextFlowIds;
    expect(merge(shape, { live: ["f1", "f2"], old: ["f1", "f2"], want: [] })).toEqual([]);
    expect(merge(shape, { live: ["f1", "x"], old: ["f1"], want: [] })).toEqual(["x"]);
    expect(merge(shape, { live: ["f1", "x"], old: ["f1"], want: undefined })).toBeUndefined();
  });

  it("matches chained exports although the service gives each an _id", () => {
    const { shape } = FLOW_FIELDS.runNextExportIds;
    const pair = (n: number): JsonObject => ({ _flowId: "f", _exportId: `e${n}` });
    const live = [
      { _id: "x1", ...pair(1) },
      { _id: "x2", ...pair(2) },
    ];
    const merged = merge(shape, { live, old: [pair(1), pair(2)], want: [pair(2), pair(3)] });
    expect(merged).toEqual([{ _id: "x2", ...pair(2) }, pair(3)]);
  });

  it("goes into branches and their steps", () => {
    const router = (branches: JsonObject[]): Json[] => [{ id: "r", branches }];
    const live = router([
      { name: "A", branchId: "b1", pageProcessors: [step("i1", { u: 1 }), step("theirs")] },
      { name: "B", branchId: "b2", pageProcessors: [] },
    ]);
    const old = router([
      { name: "A", pageProcessors: [step("i1")] },
      { name: "B", pageProcessors: [] },
    ]);
    const want = router([
      { name: "A", pageProcessors: [step("i1", { proceedOnFailure: true })] },
      { name: "C" },
      { name: "B", pageProcessors: [step("i2")] },
    ]);
    expect(merge(ROUTERS, { live, old, want })).toEqual([
      {
        id: "r",
        branches: [
          {
            name: "A",
            branchId: "b1",
            pageProcessors: [step("i1", { u: 1, proceedOnFailure: true }), step("theirs")],
          },
          { name: "C" },
          { name: "B", branchId: "b2", pageProcessors: [step("i2")] },
        ],
      },
    ]);
  });
});

describe("free documents", () => {
  it("lays single keys over what others wrote, however deep, and takes lists whole", () => {
    const live = { a: { mine: 1, theirs: 2 }, list: [1, 2], gone: true };
    const old = { a: { mine: 1 }, list: [1, 2], gone: true };
    const want = { a: { mine: 3 }, list: [2] };
    expect(merge(FREE, { live, old, want })).toEqual({ a: { mine: 3, theirs: 2 }, list: [2] });
  });
});

describe("for any flow", () => {
  const id = fc.constantFrom("a", "b", "c", "d");
  const member = fc.record(
    {
      _exportId: id,
      schedule: fc.constantFrom("0 1 * * *", "0 2 * * *"),
      skipRetries: fc.constant(true),
      raw: fc.integer({ min: 0, max: 3 }),
    },
    { requiredKeys: ["_exportId"] },
  ) as fc.Arbitrary<JsonObject>;
  const list = fc.array(member, { maxLength: 5 });
  const distinct = fc.uniqueArray(member, { maxLength: 4, selector: (one) => one["_exportId"] });

  it("sends what the program wants where nobody else was at work", () => {
    fc.assert(
      fc.property(list, list, (old, want) => {
        expect(merge(GENERATORS, { live: old, old, want })).toEqual(want);
      }),
    );
  });

  it("leaves everything as it is where the program changed nothing", () => {
    fc.assert(
      fc.property(list, list, (live, old) => {
        expect(merge(GENERATORS, { live, old, want: old })).toEqual(live);
      }),
    );
  });

  it("loses no member and no key of others, and brings back none that they removed", () => {
    fc.assert(
      fc.property(distinct, distinct, distinct, (live, old, want) => {
        const merged = merge(GENERATORS, { live, old, want }) as JsonObject[];
        const of = (members: JsonObject[], key: Json | undefined): JsonObject | undefined =>
          members.find((one) => one["_exportId"] === key);
        const keys = merged.map((one) => one["_exportId"]);
        expect(new Set(keys).size).toBe(keys.length);
        for (const theirs of live) {
          const key = theirs["_exportId"];
          if (of(old, key) === undefined) expect(keys).toContain(key);
          const result = of(merged, key);
          const untouched = (name: string): boolean =>
            of(old, key)?.[name] === of(want, key)?.[name];
          for (const name of Object.keys(theirs))
            if (result !== undefined && untouched(name)) expect(result[name]).toEqual(theirs[name]);
        }
        for (const mine of want) {
          const key = mine["_exportId"];
          const gone = of(live, key) === undefined;
          if (gone && JSON.stringify(of(old, key)) === JSON.stringify(mine))
            expect(keys).not.toContain(key);
          else if (of(old, key) === undefined) expect(keys).toContain(key);
        }
      }),
      { numRuns: 300 },
    );
  });
});
