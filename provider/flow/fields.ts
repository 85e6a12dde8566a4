import {
  type Field,
  FREE,
  FREE_OBJECT,
  ID,
  type ListShape,
  type ObjectShape,
  OFF,
  reference,
  same,
  TEXT,
  type TextShape,
} from "./shape";

/*
 * The table of a flow's fields: program name, API name, shape. Conversion, checks, comparison, merging and the tests
 * read it; nothing else knows a field by name. Sources: `flows-api.md` "Field Reference", `api-facts.md` 1.2 and 1.2a.
 */

const CRON: TextShape = { kind: "text", format: "cron" };

const SCRIPT_CALL: ObjectShape = {
  kind: "object",
  fields: { ...same("function", TEXT), ...reference("scriptId") },
};

const PAGE_GENERATOR: ObjectShape = {
  kind: "object",
  fields: {
    exportId: { wire: "_exportId", shape: ID, required: true },
    ...same("schedule", CRON),
    ...same("skipRetries", OFF),
    ...same("setupInProgress", OFF),
    ...reference("keepDeltaBehindFlowId"),
    ...reference("keepDeltaBehindExportId"),
  },
};

const PAGE_PROCESSOR: ObjectShape = {
  kind: "object",
  fields: {
    type: { wire: "type", shape: { kind: "text", oneOf: ["import", "export"] }, required: true },
    ...reference("importId"),
    ...reference("exportId"),
    ...same("proceedOnFailure", OFF),
    ...same("responseMapping", FREE_OBJECT),
    hooks: {
      wire: "hooks",
      shape: { kind: "object", fields: same("postResponseMap", SCRIPT_CALL) },
    },
    ...same("setupInProgress", OFF),
  },
};

const PAGE_PROCESSORS: ListShape = {
  kind: "list",
  of: PAGE_PROCESSOR,
  key: ["type", "importId", "exportId"],
};

const BRANCH: ObjectShape = {
  kind: "object",
  fields: {
    name: { wire: "name", shape: TEXT, required: true },
    ...same("description", TEXT),
    ...same("inputFilter", FREE_OBJECT),
    pageProcessors: { wire: "pageProcessors", shape: PAGE_PROCESSORS },
    ...same("nextRouterId", ID),
  },
};

const ROUTER: ObjectShape = {
  kind: "object",
  fields: {
    id: { wire: "id", shape: ID, required: true },
    ...same("name", TEXT),
    ...same("routeRecordsTo", {
      kind: "text",
      oneOf: ["first_matching_branch", "all_matching_branches"],
    }),
    ...same("routeRecordsUsing", { kind: "text", oneOf: ["input_filters", "script"] }),
    ...same("script", SCRIPT_CALL),
    branches: { wire: "branches", shape: { kind: "list", of: BRANCH, key: ["name"] } },
  },
};

const ALIAS: ObjectShape = {
  kind: "object",
  fields: {
    alias: { wire: "alias", shape: TEXT, required: true },
    ...reference("exportId"),
    ...reference("importId"),
    ...reference("flowId"),
    ...reference("connectionId"),
    ...reference("lookupCacheId"),
  },
};

const NEXT_EXPORT: ObjectShape = {
  kind: "object",
  fields: {
    flowId: { wire: "_flowId", shape: ID, required: true },
    exportId: { wire: "_exportId", shape: ID, required: true },
  },
};

const LOGGING: ObjectShape = {
  kind: "object",
  fields: {
    ...same("mode", { kind: "text", oneOf: ["accountLevel", "basic", "detailed"] }),
    ...same("debugUntil", { kind: "text", format: "date" }),
  },
  // Only PATCH can set it, and it runs out by itself (api-facts.md 1.4, 6 #9).
  volatile: ["debugUntil"],
  absent: { mode: "accountLevel" },
};

/** Every field of a flow that a program can say, by program name. */
export const FLOW_FIELDS = {
  name: { wire: "name", shape: { kind: "text", longest: 255 }, required: true },
  description: { wire: "description", shape: { kind: "text", longest: 1000 } },
  integrationId: { wire: "_integrationId", shape: ID },
  disabled: { wire: "disabled", shape: OFF },
  schedule: { wire: "schedule", shape: CRON },
  timezone: { wire: "timezone", shape: { kind: "text", format: "zone" } },
  pageGenerators: {
    wire: "pageGenerators",
    shape: { kind: "list", of: PAGE_GENERATOR, key: ["exportId"] },
  },
  pageProcessors: { wire: "pageProcessors", shape: PAGE_PROCESSORS },
  routers: { wire: "routers", shape: { kind: "list", of: ROUTER, key: ["id"] } },
  runNextFlowIds: { wire: "_runNextFlowIds", shape: { kind: "list", of: ID, unordered: true } },
  runNextExportIds: {
    wire: "_runNextExportIds",
    shape: { kind: "list", of: NEXT_EXPORT, key: ["flowId", "exportId"], unordered: true },
  },
  runPageGeneratorsInParallel: { wire: "runPageGeneratorsInParallel", shape: OFF },
  skipRetries: { wire: "skipRetries", shape: OFF },
  autoResolveMatchingTraceKeys: { wire: "autoResolveMatchingTraceKeys", shape: OFF },
  flowGroupingId: { wire: "_flowGroupingId", shape: ID },
  keepDeltaBehindFlowId: { wire: "_keepDeltaBehindFlowId", shape: ID },
  keepDeltaBehindExportId: { wire: "_keepDeltaBehindExportId", shape: ID },
  aliases: { wire: "aliases", shape: { kind: "list", of: ALIAS, key: ["alias"], unordered: true } },
  settings: { wire: "settings", shape: FREE_OBJECT },
  settingsForm: { wire: "settingsForm", shape: FREE_OBJECT },
  preSave: { wire: "preSave", shape: SCRIPT_CALL },
  logging: { wire: "logging", shape: LOGGING },
  isAbstract: { wire: "isAbstract", shape: OFF },
  abstractFlowId: { wire: "_abstractFlowId", shape: ID },
  overrides: { wire: "overrides", shape: FREE_OBJECT },
  overridesHelper: { wire: "overridesHelper", shape: FREE },
  hidden: { wire: "hidden", shape: OFF },
  aiDescription: { wire: "aiDescription", shape: FREE_OBJECT },
  draft: { wire: "draft", shape: OFF },
  draftExpiresAt: { wire: "draftExpiresAt", shape: { kind: "text", format: "date" } },
  sandbox: { wire: "sandbox", shape: OFF },
} as const satisfies Readonly<Record<string, Field>>;

/** Program name of a field. */
export type FlowFieldName = keyof typeof FLOW_FIELDS;

/** All field names, in the order of the table. */
export const FLOW_FIELD_NAMES = Object.keys(FLOW_FIELDS) as FlowFieldName[];

/** Free documents of the user's, which may hold secrets anywhere inside, by program name. */
export const DOCUMENT_FIELDS: readonly (FlowFieldName | "additionalFields")[] = [
  ...FLOW_FIELD_NAMES.filter((name) => FLOW_FIELDS[name].shape.kind === "free"),
  "additionalFields",
];

/** The whole flow as one shape. */
export const FLOW: ObjectShape = { kind: "object", fields: FLOW_FIELDS };

/**
 * Fields that only the service sets, by API name: dropped from every body that is sent back (`api-facts.md` 1.3).
 * The legacy `_exportId` and `_importId` are not among them: a legacy flow that lost them would have no steps.
 */
export const READ_ONLY: ReadonlySet<string> = new Set([
  "_id",
  "createdAt",
  "lastModified",
  "lastModifiedBy",
  "lastExecutedAt",
  "resolvedAt",
  "free",
  "_templateId",
  "_sourceId",
  "numInstances",
  "deletedAt",
  "externalId",
  "wizardState",
  "setupInProgress",
  "_userId",
]);
