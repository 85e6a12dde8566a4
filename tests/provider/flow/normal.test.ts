import type { JsonObject } from "../../../provider/api/types";
import { fromWire, memberKeys, prune, toWire } from "../../../provider/flow/convert";
import { FLOW_FIELDS } from "../../../provider/flow/fields";
import { equal, fingerprint, normal } from "../../../provider/flow/normal";
import { FREE } from "../../../provider/flow/shape";
import { type FieldName, liveFields, shapeOf, toBody } from "../../../provider/flow/state";
import { FLOW_SAMPLES } from "../../support/flow-samples";

/** Pairs that mean the same (contract.md 5.3). */
const SAME: readonly [FieldName, unknown, unknown][] = [
  ["schedule", "? 0 2 ? * *", "0 2 * * *"],
  ["schedule", "0 2 * * *", "  0  2 * *  * "],
  ["schedule", "? 5 8 * * 1", "5 8 * * 1"],
  ["schedule", "", undefined],
  ["description", "", undefined],
  ["description", null, undefined],
  ["disabled", false, undefined],
  ["skipRetries", false, null],
  ["integrationId", 12, "12"],
  ["logging", { mode: "accountLevel" }, undefined],
  ["logging", { mode: "basic", debugUntil: "2026-01-01" }, { mode: "basic" }],
  ["logging", { debugUntil: "2026-01-01" }, undefined],
  ["settings", {}, undefined],
  ["settings", { a: null, b: [], c: {}, d: 1 }, { d: 1 }],
  ["settings", { b: 1, a: { d: 2, c: 3 } }, { a: { c: 3, d: 2 }, b: 1 }],
  ["runNextFlowIds", ["b", "a"], ["a", "b"]],
  ["runNextFlowIds", [], undefined],
  ["runNextFlowIds", [1], ["1"]],
  [
    "aliases",
    [
      { alias: "x", flowId: "f" },
      { alias: "a", exportId: "e" },
    ],
    [
      { exportId: "e", alias: "a" },
      { alias: "x", flowId: "f" },
    ],
  ],
  ["draftExpiresAt", "2026-01-31T01:00:00+01:00", "2026-01-31T00:00:00.000Z"],
  ["draftExpiresAt", "2026-01-31", "2026-01-31T00:00:00Z"],
  ["pageGenerators", [{ exportId: "e", skipRetries: false, schedule: null }], [{ exportId: "e" }]],
  [
    "pageGenerators",
    [{ exportId: 5, schedule: "? 0 2 ? * *" }],
    [{ exportId: "5", schedule: "0 2 * * *" }],
  ],
  [
    "pageProcessors",
    [
      {
        type: "import",
        importId: "i",
        responseMapping: { fields: [], lists: [] },
        hooks: {},
        proceedOnFailure: false,
      },
    ],
    [{ importId: "i", type: "import" }],
  ],
  [
    "routers",
    [
      {
        id: "r",
        branches: [
          {
            name: "b",
            pageProcessors: [{ type: "import", importId: "i", responseMapping: { lists: [] } }],
          },
          { name: "c", pageProcessors: [] },
        ],
      },
    ],
    [
      {
        id: "r",
        branches: [
          { name: "b", pageProcessors: [{ type: "import", importId: "i" }] },
          { name: "c" },
        ],
      },
    ],
  ],
];

/** Pairs that do not. */
const DIFFERENT: readonly [FieldName, unknown, unknown][] = [
  ["schedule", "0 2 * * *", "0 3 * * *"],
  ["description", "a", "A"],
  ["timezone", "UTC", undefined],
  ["disabled", true, undefined],
  ["settings", { a: false }, {}],
  ["settings", { a: [1, 2] }, { a: [2, 1] }],
  ["settings", { a: "1" }, { a: 1 }],
  [
    "pageGenerators",
    [{ exportId: "a" }, { exportId: "b" }],
    [{ exportId: "b" }, { exportId: "a" }],
  ],
  [
    "pageProcessors",
    [{ type: "import", importId: "i" }],
    [
      { type: "import", importId: "i" },
      { type: "import", importId: "i" },
    ],
  ],
  ["logging", { mode: "basic" }, undefined],
  ["draftExpiresAt", "2026-01-31T00:00:00", "2026-01-31T00:00:01"],
  ["aliases", [{ alias: "x", flowId: "f" }], [{ alias: "x", exportId: "f" }]],
];

it.each(SAME)("%s: %j means the same as %j", (name, left, right) => {
  expect(equal(shapeOf(name), left, right)).toBe(true);
  expect(equal(shapeOf(name), right, left)).toBe(true);
  expect(fingerprint(shapeOf(name), left)).toBe(fingerprint(shapeOf(name), right));
});

it.each(DIFFERENT)("%s: %j means something else than %j", (name, left, right) => {
  expect(equal(shapeOf(name), left, right)).toBe(false);
  expect(fingerprint(shapeOf(name), left)).not.toBe(fingerprint(shapeOf(name), right));
});

it("bears an object in place of a schedule, which one source knows, and any other surprise", () => {
  const odd: readonly unknown[] = [{ cron: "0 2 * * *" }, 7, true, ["a"]];
  for (const name of ["schedule", "pageGenerators", "settings", "disabled", "logging"] as const)
    for (const value of odd) expect(() => normal(shapeOf(name), value)).not.toThrow();
  expect(equal(shapeOf("schedule"), { cron: "0 2 * * *" }, "0 2 * * *")).toBe(false);
});

describe("names", () => {
  it.each(Object.entries(FLOW_SAMPLES).filter(([name]) => name !== "additionalFields"))(
    "%s goes to the API and comes back",
    (name, { sample, sent }) => {
      const shape = shapeOf(name as FieldName);
      expect(toWire(shape, sample)).toEqual(sent);
      expect(fromWire(shape, sent)).toEqual(sample);
    },
  );

  it("renames nothing inside free documents, and keeps unknown members", () => {
    const free = { exportId: "a", _exportId: "b", pageGenerators: [{ exportId: "c" }] };
    const generator = { exportId: "e", raw: free };
    for (const name of [
      "settings",
      "settingsForm",
      "overrides",
      "overridesHelper",
      "aiDescription",
    ] as const)
      expect(toWire(shapeOf(name), free)).toEqual(free);
    expect(toWire(shapeOf("pageGenerators"), [generator])).toEqual([{ _exportId: "e", raw: free }]);
    expect(toBody({ additionalFields: free, settings: free })).toEqual({ ...free, settings: free });
    const mapping = { fields: [{ extract: "exportId", generate: "_importId" }] };
    const step = { type: "import", importId: "i", responseMapping: mapping };
    expect(toWire(shapeOf("pageProcessors"), [step])).toEqual([
      { type: "import", _importId: "i", responseMapping: mapping },
    ]);
    const branch = { name: "b", inputFilter: { version: "1", rules: ["equals", "exportId"] } };
    expect(toWire(shapeOf("routers"), [{ id: "r", branches: [branch] }])).toEqual([
      { id: "r", branches: [branch] },
    ]);
  });

  it("leaves out what says nothing, but keeps what is only empty", () => {
    const inputs = {
      name: "n",
      description: "",
      schedule: "",
      timezone: null,
      integrationId: undefined,
      runNextFlowIds: [],
      settings: {},
      pageGenerators: [{ exportId: "e", schedule: "", skipRetries: null, raw: null }],
    };
    expect(toBody(inputs)).toEqual({
      name: "n",
      description: "",
      _runNextFlowIds: [],
      settings: {},
      pageGenerators: [{ _exportId: "e", raw: null }],
    });
  });
});

describe("members", () => {
  it("are told apart by their ids, never by position, equal ones by number", () => {
    const { shape } = FLOW_FIELDS.pageProcessors;
    const steps = [
      { type: "import", importId: "i" },
      { type: "export", exportId: "i" },
      { type: "import", importId: "i", proceedOnFailure: true },
    ];
    const keys = memberKeys(shape, steps, "program");
    expect(new Set(keys).size).toBe(3);
    expect(memberKeys(shape, [...steps].reverse(), "program")[1]).toBe(keys[1]);
    expect(memberKeys(shape, toWire(shape, steps) as JsonObject[], "wire")).toEqual(keys);
  });

  it("lose what nobody declared, however deep, and keep what somebody did", () => {
    const live = [
      { id: "r", _id: "1", branches: [{ name: "b", branchId: "2", raw: 1, other: 2 }] },
    ];
    const declared = [{ id: "r", branches: [{ name: "b", raw: 0 }] }];
    expect(prune(shapeOf("routers"), live, declared)).toEqual([
      { id: "r", branches: [{ name: "b", raw: 1 }] },
    ]);
    expect(prune(FREE, { a: 1 }, {})).toEqual({ a: 1 });
  });

  it("are looked at as the program has them, raw fields only as far as it names them", () => {
    const document = {
      _id: "64f0",
      name: "n",
      _exportId: "legacy",
      unknown: 1,
      known: 2,
      description: null,
      _runNextExportIds: [{ _id: "x", _flowId: "f", _exportId: "e" }],
    };
    expect(liveFields(document, { additionalFields: { known: 0, gone: 0 } })).toEqual({
      name: "n",
      runNextExportIds: [{ flowId: "f", exportId: "e" }],
      additionalFields: { known: 2 },
    });
  });
});
