import type { Json } from "../../provider/api/types";
import type { FieldName } from "../../provider/flow/state";

/** A value that the check refuses. */
export interface WrongValue {
  readonly value: unknown;
  /** Path that the refusal names. */
  readonly path: string;
  /** Part of its reason. */
  readonly reason: string;
}

/** What tests that iterate the field table know of one field. */
export interface FlowSample {
  /** A value, in program names. */
  readonly sample: unknown;
  /** Another value, as somebody would change the first one. */
  readonly edit: unknown;
  /** Key under which the sample stands on the wire. */
  readonly key: string;
  /** {@link sample} as the API wants it, written out by hand. */
  readonly sent: Json;
  /** {@link edit} as the API wants it. */
  readonly sentEdit: Json;
  /** Values that are refused. */
  readonly wrong: readonly WrongValue[];
  /** Fields of {@link aFlow} that cannot stand beside this one. */
  readonly without?: readonly FieldName[];
  /** What the service has once the field was taken out of the program. Absent: nothing. */
  readonly cleared?: Json;
}

/** Schedules that are refused. */
export const CRON_WRONG = (
  path: string,
  wrap: (cron: string) => unknown,
): readonly WrongValue[] => [
  { value: wrap("@daily"), path, reason: "nickname" },
  { value: wrap("0 30 2 * * *"), path, reason: "no seconds" },
  { value: wrap("0 0 31 2 *"), path, reason: "never comes round" },
];

/** The fields that hold a flow's steps. */
type StepField = "pageGenerators" | "pageProcessors" | "routers";

/** Samples of the steps; see `flow-samples.ts`. */
export const STEP_SAMPLES: Readonly<Record<StepField, FlowSample>> = {
  pageGenerators: {
    sample: [
      { exportId: "exp123", schedule: "? 5 0 ? * *", keepDeltaBehindFlowId: "64f0bb" },
      { exportId: "exp456", keepDeltaBehindExportId: "exp123", __startDateHelper: { a: 1 } },
    ],
    edit: [{ exportId: "exp456", skipRetries: true }],
    key: "pageGenerators",
    sent: [
      { _exportId: "exp123", schedule: "? 5 0 ? * *", _keepDeltaBehindFlowId: "64f0bb" },
      { _exportId: "exp456", _keepDeltaBehindExportId: "exp123", __startDateHelper: { a: 1 } },
    ],
    sentEdit: [{ _exportId: "exp456", skipRetries: true }],
    wrong: [
      { value: { exportId: "exp123" }, path: "pageGenerators", reason: "must be a list" },
      { value: [{}], path: "pageGenerators[0].exportId", reason: "is missing" },
      { value: [null], path: "pageGenerators[0]", reason: "is empty" },
      { value: [{ exportId: 7 }], path: "pageGenerators[0].exportId", reason: "must be an id" },
      {
        value: [{ exportId: "exp123", _exportId: "exp123" }],
        path: "pageGenerators[0]._exportId",
        reason: "did you mean `exportId`?",
      },
      {
        value: [{ exportId: "exp123", skipRetrys: true }],
        path: "pageGenerators[0].skipRetrys",
        reason: "did you mean `skipRetries`?",
      },
      ...CRON_WRONG("pageGenerators[0].schedule", (schedule) => [{ exportId: "exp123", schedule }]),
    ],
  },
  pageProcessors: {
    sample: [
      { type: "export", exportId: "exp456", proceedOnFailure: true },
      {
        type: "import",
        importId: "imp123",
        responseMapping: { fields: [{ extract: "id", generate: "customerId" }], lists: [] },
        hooks: { postResponseMap: { function: "after", scriptId: "script1" } },
      },
    ],
    edit: [{ type: "import", importId: "imp456" }],
    key: "pageProcessors",
    sent: [
      { type: "export", _exportId: "exp456", proceedOnFailure: true },
      {
        type: "import",
        _importId: "imp123",
        responseMapping: { fields: [{ extract: "id", generate: "customerId" }], lists: [] },
        hooks: { postResponseMap: { function: "after", _scriptId: "script1" } },
      },
    ],
    sentEdit: [{ type: "import", _importId: "imp456" }],
    wrong: [
      { value: [{ type: "import" }], path: "pageProcessors[0].importId", reason: "is missing" },
      { value: [{ type: "export" }], path: "pageProcessors[0].exportId", reason: "is missing" },
      {
        value: [{ type: "import", importId: "imp123", exportId: "exp123" }],
        path: "pageProcessors[0].exportId",
        reason: "does not belong to an import",
      },
      {
        value: [{ type: "export", importId: "imp123", exportId: "exp123" }],
        path: "pageProcessors[0].importId",
        reason: "does not belong to a lookup",
      },
      { value: [{ importId: "imp123" }], path: "pageProcessors[0].type", reason: "is missing" },
      {
        value: [{ type: "imports", importId: "imp123" }],
        path: "pageProcessors[0].type",
        reason: 'did you mean "import"?',
      },
      {
        value: [
          { type: "import", importId: "imp123", hooks: { postResponseMap: { function: 1 } } },
        ],
        path: "pageProcessors[0].hooks.postResponseMap.function",
        reason: "must be a string",
      },
      { value: ["imp123"], path: "pageProcessors[0]", reason: "must be an object, not a string" },
    ],
  },
  routers: {
    sample: [
      {
        id: "byRegion",
        name: "By region",
        routeRecordsTo: "first_matching_branch",
        routeRecordsUsing: "input_filters",
        branches: [
          {
            name: "EMEA",
            description: "Europe",
            inputFilter: {
              version: "1",
              rules: ["equals", ["string", ["extract", "region"]], "EMEA"],
            },
            pageProcessors: [{ type: "import", importId: "imp123" }],
            nextRouterId: "byScript",
          },
          { name: "Rest", pageProcessors: [] },
        ],
      },
      {
        id: "byScript",
        routeRecordsUsing: "script",
        script: { function: "route", scriptId: "script1" },
      },
    ],
    edit: [
      {
        id: "byRegion",
        branches: [{ name: "Rest", pageProcessors: [{ type: "import", importId: "imp456" }] }],
      },
    ],
    key: "routers",
    sent: [
      {
        id: "byRegion",
        name: "By region",
        routeRecordsTo: "first_matching_branch",
        routeRecordsUsing: "input_filters",
        branches: [
          {
            name: "EMEA",
            description: "Europe",
            inputFilter: {
              version: "1",
              rules: ["equals", ["string", ["extract", "region"]], "EMEA"],
            },
            pageProcessors: [{ type: "import", _importId: "imp123" }],
            nextRouterId: "byScript",
          },
          { name: "Rest", pageProcessors: [] },
        ],
      },
      {
        id: "byScript",
        routeRecordsUsing: "script",
        script: { function: "route", _scriptId: "script1" },
      },
    ],
    sentEdit: [
      {
        id: "byRegion",
        branches: [{ name: "Rest", pageProcessors: [{ type: "import", _importId: "imp456" }] }],
      },
    ],
    without: ["pageProcessors"],
    wrong: [
      { value: [{ branches: [] }], path: "routers[0].id", reason: "is missing" },
      {
        value: [{ id: "a" }, { id: "a" }],
        path: "routers[1].id",
        reason: "is used by another router",
      },
      {
        value: [{ id: "a", branches: [{ name: "x", nextRouterId: "b" }] }],
        path: "routers[0].branches[0].nextRouterId",
        reason: "no router of this flow",
      },
      {
        value: [{ id: "a", branches: [{}] }],
        path: "routers[0].branches[0].name",
        reason: "is missing",
      },
      {
        value: [{ id: "a", routeRecordsTo: "all" }],
        path: "routers[0].routeRecordsTo",
        reason: "must be one of",
      },
      {
        value: [{ id: "a", branches: [{ name: "x", pageProcessors: [{ type: "import" }] }] }],
        path: "routers[0].branches[0].pageProcessors[0].importId",
        reason: "is missing",
      },
      {
        value: [{ id: "a", branches: [{ name: "x", nextRouter: "a" }] }],
        path: "routers[0].branches[0].nextRouter",
        reason: "did you mean `nextRouterId`?",
      },
    ],
  },
};
