import type { Input } from "@pulumi/pulumi";

/** A source of a flow (`api-facts.md` 1.2a). Keys beyond these are passed to the API as they are. */
export interface PageGenerator {
  /** Id of the export that is read. Required. API: `_exportId`. */
  exportId: Input<string>;
  /** Cron expression of this source alone, in place of the flow's; same forms as {@link FlowArgs.schedule}. Absent: the flow's. */
  schedule?: Input<string> | undefined;
  /** Do not retry this source's failed records. @defaultValue `false` */
  skipRetries?: Input<boolean> | undefined;
  /** The step is a draft that the web application has not finished. @defaultValue `false` */
  setupInProgress?: Input<boolean> | undefined;
  /** Id of a flow behind whose last export time a delta stays. API: `_keepDeltaBehindFlowId`. */
  keepDeltaBehindFlowId?: Input<string> | undefined;
  /** Id of an export behind whose last export time a delta stays. API: `_keepDeltaBehindExportId`. */
  keepDeltaBehindExportId?: Input<string> | undefined;
  /** A raw field of the API that has no name here. */
  [field: string]: unknown;
}

/** A call of a script's function. */
export interface ScriptCall {
  /** Name of the function. */
  function?: Input<string> | undefined;
  /** Id of the script. API: `_scriptId`. */
  scriptId?: Input<string> | undefined;
}

/** What of a step's answer goes into the record. Passed as it is; absent and all-empty mean the same. */
export interface ResponseMapping {
  /** Single values: where they are found in the answer, where they go in the record. */
  fields?: Input<Input<{ extract?: Input<string>; generate?: Input<string> }>[]> | undefined;
  /** Lists, as the API has them. */
  lists?: Input<unknown[]> | undefined;
}

/** What every step may have (`api-facts.md` 1.2a). */
export interface PageProcessorOptions {
  /** Go on with the record although this step failed. @defaultValue `false` */
  proceedOnFailure?: Input<boolean> | undefined;
  /** What of the step's answer goes into the record. */
  responseMapping?: Input<ResponseMapping> | undefined;
  /** Scripts around the step. The service drops any hook but `postResponseMap` silently. */
  hooks?: Input<{ postResponseMap?: Input<ScriptCall> | undefined }> | undefined;
  /** The step is a draft that the web application has not finished. @defaultValue `false` */
  setupInProgress?: Input<boolean> | undefined;
  /** A raw field of the API that has no name here. */
  [field: string]: unknown;
}

/** A step that writes records to a destination. */
export interface ImportProcessor extends PageProcessorOptions {
  /** Says that the step is an import. */
  type: Input<"import">;
  /** Id of the import. API: `_importId`. */
  importId: Input<string>;
  /** Belongs to a look-up, and is refused here. */
  exportId?: undefined;
}

/** A step that enriches records by a look-up; its export must have `isLookup`. */
export interface LookupProcessor extends PageProcessorOptions {
  /** Says that the step is a look-up. */
  type: Input<"export">;
  /** Id of the export that is looked up. API: `_exportId`. */
  exportId: Input<string>;
  /** Belongs to an import, and is refused here. */
  importId?: undefined;
}

/** A step of a flow, done in the order of the list. */
export type PageProcessor = ImportProcessor | LookupProcessor;

/** One way out of a {@link Router}. */
export interface Branch {
  /** Display name; tells branches of one router apart. Required. */
  name: Input<string>;
  /** What the branch is for. */
  description?: Input<string> | undefined;
  /** Which records go this way, as the API has it: `{ version, rules }`. Absent: all. */
  inputFilter?: Input<Record<string, unknown>> | undefined;
  /** Steps of the branch. An empty list discards the records. */
  pageProcessors?: Input<Input<PageProcessor>[]> | undefined;
  /** Id of the router that records go to afterwards; must be one of this flow. Absent: the branch ends. */
  nextRouterId?: Input<string> | undefined;
  /** A raw field of the API that has no name here. */
  [field: string]: unknown;
}

/** A fork in a flow. */
export interface Router {
  /** Id that you choose, unique in the flow. Required. */
  id: Input<string>;
  /** Display name. */
  name?: Input<string> | undefined;
  /** Whether a record goes to the first branch that takes it or to all of them. */
  routeRecordsTo?: Input<"first_matching_branch" | "all_matching_branches"> | undefined;
  /** Whether the branches' filters decide or a script. */
  routeRecordsUsing?: Input<"input_filters" | "script"> | undefined;
  /** The script that decides, with `routeRecordsUsing: "script"`. */
  script?: Input<ScriptCall> | undefined;
  /** The ways out, in order. */
  branches?: Input<Input<Branch>[]> | undefined;
  /** A raw field of the API that has no name here. */
  [field: string]: unknown;
}

/** A name under which scripts find a resource; exactly one id beside it. */
export interface Alias {
  /** The name. */
  alias: Input<string>;
  /** API: `_exportId`. */
  exportId?: Input<string> | undefined;
  /** API: `_importId`. */
  importId?: Input<string> | undefined;
  /** API: `_flowId`. */
  flowId?: Input<string> | undefined;
  /** API: `_connectionId`. */
  connectionId?: Input<string> | undefined;
  /** API: `_lookupCacheId`. */
  lookupCacheId?: Input<string> | undefined;
}

/** Arguments of a `Flow`. Sources: `flows-api.md` "Field Reference", `api-facts.md` 1.2. Absent means: cleared on the service. */
export interface FlowArgs {
  /** Display name, at most 255 characters. Not unique in the service. @defaultValue the resource's own name */
  name?: Input<string> | undefined;
  /** What the flow is for, at most 1,000 characters. */
  description?: Input<string> | undefined;
  /** Id of the integration that owns the flow. Absent: a standalone flow. Changed in place; a refusal is shown as the service words it. API: `_integrationId`. */
  integrationId?: Input<string> | undefined;
  /** Whether the flow is off: no schedule, no trigger; running jobs finish. Always sent. @defaultValue `false` */
  disabled?: Input<boolean> | undefined;
  /**
   * When the flow runs: five cron fields (`0 *\/6 * * *`) or the live service's six with a leading `?` (`? 0 2 ? * *`); the two
   * forms of one schedule are equal. Absent: by hand, webhook or chain only. An enabled flow may start as soon as it is made.
   */
  schedule?: Input<string> | undefined;
  /** IANA zone of the schedule, e.g. `America/Los_Angeles`. Absent: sources differ on what the service takes, hence a warning beside a schedule. */
  timezone?: Input<string> | undefined;
  /** The sources. */
  pageGenerators?: Input<Input<PageGenerator>[]> | undefined;
  /** The steps, in order. Not together with {@link routers}. */
  pageProcessors?: Input<Input<PageProcessor>[]> | undefined;
  /** The forks of a branching flow. Not together with {@link pageProcessors}. */
  routers?: Input<Input<Router>[]> | undefined;
  /** Ids of the flows started when this one has ended; write `[other.id]`. API: `_runNextFlowIds`. */
  runNextFlowIds?: Input<Input<string>[]> | undefined;
  /** Single sources of other flows started when this one has ended. API: `_runNextExportIds`. */
  runNextExportIds?: Input<Input<{ flowId: Input<string>; exportId: Input<string> }>[]> | undefined;
  /** Read all sources at once. @defaultValue `false` */
  runPageGeneratorsInParallel?: Input<boolean> | undefined;
  /** Do not retry failed records. @defaultValue `false` */
  skipRetries?: Input<boolean> | undefined;
  /** Resolve open errors when a record of the same trace key succeeds. @defaultValue `false` */
  autoResolveMatchingTraceKeys?: Input<boolean> | undefined;
  /** Id of the group on the integration. A move to another integration clears it. API: `_flowGroupingId`. */
  flowGroupingId?: Input<string> | undefined;
  /** Id of a flow behind whose last export time deltas stay. API: `_keepDeltaBehindFlowId`. */
  keepDeltaBehindFlowId?: Input<string> | undefined;
  /** Id of an export behind whose last export time deltas stay. API: `_keepDeltaBehindExportId`. */
  keepDeltaBehindExportId?: Input<string> | undefined;
  /** Names under which scripts find resources; their order means nothing. */
  aliases?: Input<Input<Alias>[]> | undefined;
  /** Custom settings: any JSON object, kept as it is. May hold secrets, which stay encrypted. */
  settings?: Input<Record<string, unknown>> | undefined;
  /** Form for the custom settings, kept as it is. */
  settingsForm?: Input<Record<string, unknown>> | undefined;
  /** Script that is called before the flow is saved. */
  preSave?: Input<ScriptCall> | undefined;
  /** How much is logged. `debugUntil` (ISO 8601) is moved by the service and never compared. @defaultValue mode `accountLevel` */
  logging?:
    | Input<{
        mode?: Input<"accountLevel" | "basic" | "detailed"> | undefined;
        debugUntil?: Input<string> | undefined;
      }>
    | undefined;
  /** The flow is a template for instances: it neither runs nor is chained to. Cannot be unset while instances exist. @defaultValue `false` */
  isAbstract?: Input<boolean> | undefined;
  /** Id of the abstract flow that this one is an instance of; such a flow has no steps of its own. The service never lets it change. API: `_abstractFlowId`. */
  abstractFlowId?: Input<string> | undefined;
  /** What an instance has otherwise than its abstract flow, kept as it is. */
  overrides?: Input<Record<string, unknown>> | undefined;
  /** Help for whoever fills in overrides, kept as it is. */
  overridesHelper?: Input<unknown>;
  /** Hidden in the web application. @defaultValue `false` */
  hidden?: Input<boolean> | undefined;
  /** Generated description, kept as it is. */
  aiDescription?: Input<Record<string, unknown>> | undefined;
  /** The flow is a draft. @defaultValue `false` */
  draft?: Input<boolean> | undefined;
  /** When the draft goes, ISO 8601. */
  draftExpiresAt?: Input<string> | undefined;
  /** Deprecated by the service: belongs to the sandbox; must match everything that the flow uses. @defaultValue `false` */
  sandbox?: Input<boolean> | undefined;
  /** Raw fields of the API that have no name here, under their API names: sent, compared and cleared like the others. */
  additionalFields?: Input<Record<string, unknown>> | undefined;
}
