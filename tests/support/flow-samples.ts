import { CRON_WRONG, type FlowSample, STEP_SAMPLES, type WrongValue } from "./step-samples";
import type { FieldName } from "../../provider/flow/state";

const TEXT_WRONG = (path: string): readonly WrongValue[] => [
  { value: 5, path, reason: "must be a string, not a number" },
  { value: "******", path, reason: "only asterisks" },
];
const ID_WRONG = (path: string): readonly WrongValue[] => [
  { value: 123, path, reason: "must be an id, which is a string, not a number" },
  { value: " ", path, reason: "is an empty id" },
];
const FLAG_WRONG = (path: string): readonly WrongValue[] => [
  { value: "true", path, reason: "must be true or false, not a string" },
  { value: 1, path, reason: "must be true or false, not a number" },
];
const OBJECT_WRONG = (path: string): readonly WrongValue[] => [
  { value: ["a"], path, reason: "must be an object, not a list" },
  { value: "a", path, reason: "must be an object, not a string" },
  { value: { deep: [{ key: "********" }] }, path: `${path}.deep[0].key`, reason: "asterisks" },
];
const flag = (key: string): FlowSample => ({
  sample: true,
  edit: false,
  key,
  sent: true,
  sentEdit: false,
  wrong: FLAG_WRONG(key),
});

const id = (key: string, program: string): FlowSample => ({
  sample: "64f0aa",
  edit: "exp123",
  key,
  sent: "64f0aa",
  sentEdit: "exp123",
  wrong: ID_WRONG(program),
});

const document = (key: string): FlowSample => ({
  sample: { region: "emea", rows: [{ id: 1, _exportId: "as it is" }], off: false },
  edit: { region: "apac", rows: [] },
  key,
  sent: { region: "emea", rows: [{ id: 1, _exportId: "as it is" }], off: false },
  sentEdit: { region: "apac", rows: [] },
  wrong: OBJECT_WRONG(key),
});

/**
 * A sample, an edit and wrong values for every field that a program can say. A field of `FLOW_FIELDS` without an entry does
 * not compile, and fails `field-table.test.ts` too.
 */
export const FLOW_SAMPLES: Readonly<Record<FieldName, FlowSample>> = {
  name: {
    sample: "Customer Sync",
    edit: "Customer Sync (nightly)",
    key: "name",
    sent: "Customer Sync",
    sentEdit: "Customer Sync (nightly)",
    wrong: [...TEXT_WRONG("name"), { value: "  ", path: "name", reason: "is empty" }],
    // The constructor never lets it out: absent means the resource's own name.
    cleared: "Customer Sync (nightly)",
  },
  description: {
    sample: "Copies customers",
    edit: "Copies customers and contacts",
    key: "description",
    sent: "Copies customers",
    sentEdit: "Copies customers and contacts",
    wrong: TEXT_WRONG("description"),
  },
  integrationId: id("_integrationId", "integrationId"),
  disabled: { ...flag("disabled"), cleared: false },
  schedule: {
    sample: "? 0 2 ? * *",
    edit: "*/15 8-18 * * 1-5",
    key: "schedule",
    sent: "? 0 2 ? * *",
    sentEdit: "*/15 8-18 * * 1-5",
    wrong: CRON_WRONG("schedule", (cron) => cron),
  },
  timezone: {
    sample: "America/Los_Angeles",
    edit: "Europe/Berlin",
    key: "timezone",
    sent: "America/Los_Angeles",
    sentEdit: "Europe/Berlin",
    wrong: [
      { value: "america/los_angeles", path: "timezone", reason: '"America/Los_Angeles"' },
      { value: "Mars/Olympus", path: "timezone", reason: "no IANA time zone" },
      { value: 2, path: "timezone", reason: "must be a string" },
    ],
  },
  ...STEP_SAMPLES,
  runNextFlowIds: {
    sample: ["64f0aa", "64f0bb"],
    edit: ["64f0bb"],
    key: "_runNextFlowIds",
    sent: ["64f0aa", "64f0bb"],
    sentEdit: ["64f0bb"],
    wrong: [
      { value: "64f0aa", path: "runNextFlowIds", reason: "must be a list, not a string" },
      { value: ["64f0aa", 5], path: "runNextFlowIds[1]", reason: "must be an id" },
      { value: [""], path: "runNextFlowIds[0]", reason: "is an empty id" },
    ],
  },
  runNextExportIds: {
    sample: [{ flowId: "64f0aa", exportId: "exp123" }],
    edit: [
      { flowId: "64f0aa", exportId: "exp123" },
      { flowId: "64f0aa", exportId: "exp456" },
    ],
    key: "_runNextExportIds",
    sent: [{ _flowId: "64f0aa", _exportId: "exp123" }],
    sentEdit: [
      { _flowId: "64f0aa", _exportId: "exp123" },
      { _flowId: "64f0aa", _exportId: "exp456" },
    ],
    wrong: [
      { value: ["exp123"], path: "runNextExportIds[0]", reason: "must be an object" },
      { value: [{ flowId: "64f0aa" }], path: "runNextExportIds[0].exportId", reason: "is missing" },
    ],
  },
  runPageGeneratorsInParallel: flag("runPageGeneratorsInParallel"),
  skipRetries: flag("skipRetries"),
  autoResolveMatchingTraceKeys: flag("autoResolveMatchingTraceKeys"),
  flowGroupingId: id("_flowGroupingId", "flowGroupingId"),
  keepDeltaBehindFlowId: id("_keepDeltaBehindFlowId", "keepDeltaBehindFlowId"),
  keepDeltaBehindExportId: id("_keepDeltaBehindExportId", "keepDeltaBehindExportId"),
  aliases: {
    sample: [
      { alias: "source", exportId: "exp123" },
      { alias: "target", importId: "imp123" },
      { alias: "next", flowId: "64f0aa" },
    ],
    edit: [
      { alias: "source", connectionId: "con1" },
      { alias: "cache", lookupCacheId: "cache1" },
    ],
    key: "aliases",
    sent: [
      { alias: "source", _exportId: "exp123" },
      { alias: "target", _importId: "imp123" },
      { alias: "next", _flowId: "64f0aa" },
    ],
    sentEdit: [
      { alias: "source", _connectionId: "con1" },
      { alias: "cache", _lookupCacheId: "cache1" },
    ],
    wrong: [
      { value: [{ exportId: "exp123" }], path: "aliases[0].alias", reason: "is missing" },
      { value: [{ alias: "a" }], path: "aliases[0]", reason: "names nothing" },
      {
        value: [{ alias: "a", exportId: "exp123", importId: "imp123" }],
        path: "aliases[0]",
        reason: "`exportId` and `importId`",
      },
    ],
  },
  settings: document("settings"),
  settingsForm: document("settingsForm"),
  preSave: {
    sample: { function: "before", scriptId: "script1" },
    edit: { function: "beforeAll", scriptId: "script1" },
    key: "preSave",
    sent: { function: "before", _scriptId: "script1" },
    sentEdit: { function: "beforeAll", _scriptId: "script1" },
    wrong: [
      { value: "before", path: "preSave", reason: "must be an object" },
      { value: { scriptId: 1 }, path: "preSave.scriptId", reason: "must be an id" },
      { value: { _scriptId: "s" }, path: "preSave._scriptId", reason: "did you mean `scriptId`?" },
    ],
  },
  logging: {
    sample: { mode: "detailed" },
    edit: { mode: "basic", debugUntil: "2026-01-31T10:00:00.000Z" },
    key: "logging",
    sent: { mode: "detailed" },
    sentEdit: { mode: "basic", debugUntil: "2026-01-31T10:00:00.000Z" },
    cleared: { mode: "accountLevel" },
    wrong: [
      { value: { mode: "details" }, path: "logging.mode", reason: "must be one of" },
      { value: { debugUntil: "tomorrow" }, path: "logging.debugUntil", reason: "no ISO 8601 date" },
    ],
  },
  isAbstract: flag("isAbstract"),
  abstractFlowId: {
    ...id("_abstractFlowId", "abstractFlowId"),
    without: ["pageGenerators", "pageProcessors"],
  },
  overrides: document("overrides"),
  overridesHelper: {
    sample: { name: { label: "Name" } },
    edit: { name: { label: "Display name" } },
    key: "overridesHelper",
    sent: { name: { label: "Name" } },
    sentEdit: { name: { label: "Display name" } },
    wrong: [{ value: { a: "******" }, path: "overridesHelper.a", reason: "asterisks" }],
  },
  hidden: flag("hidden"),
  aiDescription: document("aiDescription"),
  draft: flag("draft"),
  draftExpiresAt: {
    sample: "2026-01-31T00:00:00.000Z",
    edit: "2026-02-28T00:00:00.000Z",
    key: "draftExpiresAt",
    sent: "2026-01-31T00:00:00.000Z",
    sentEdit: "2026-02-28T00:00:00.000Z",
    wrong: [{ value: "in a week", path: "draftExpiresAt", reason: "no ISO 8601 date" }],
  },
  sandbox: flag("sandbox"),
  additionalFields: {
    sample: { _ownerId: "u1", tags: ["a", "b"], retention: { days: 30, keep: true } },
    edit: { _ownerId: "u1", retention: { days: 60 } },
    key: "retention",
    sent: { days: 30, keep: true },
    sentEdit: { days: 60 },
    wrong: [
      { value: "x", path: "additionalFields", reason: "must be an object" },
      {
        value: { _integrationId: "int123" },
        path: "additionalFields._integrationId",
        reason: "has an argument of its own: `integrationId`",
      },
      {
        value: { lastModified: "now" },
        path: "additionalFields.lastModified",
        reason: "set by the service only",
      },
      { value: { key: "******" }, path: "additionalFields.key", reason: "asterisks" },
    ],
  },
};

/** A flow in program names, as `check` hands it on. */
export function aFlow(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    name: "Customer Sync",
    disabled: false,
    pageGenerators: [{ exportId: "exp123" }],
    pageProcessors: [{ type: "import", importId: "imp123" }],
    ...overrides,
  };
}

/** {@link aFlow} with the sample of one field, or its edit. */
export function aFlowWith(
  name: FieldName,
  which: "sample" | "edit" = "sample",
): Record<string, unknown> {
  return { ...aFlowWithout(name), [name]: FLOW_SAMPLES[name][which] };
}

/** {@link aFlow} as the sample of one field needs it, without the field itself. */
export function aFlowWithout(name: FieldName): Record<string, unknown> {
  const { without = [] } = FLOW_SAMPLES[name];
  const flow = Object.entries(aFlow()).filter(
    ([key]) => key === "name" || (key !== name && !without.includes(key as FieldName)),
  );
  return { ...Object.fromEntries(flow), ...(name === "disabled" && { disabled: false }) };
}
