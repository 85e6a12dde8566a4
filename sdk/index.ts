export { Flow } from "./flow";
export type {
  Alias,
  Branch,
  FlowArgs,
  ImportProcessor,
  LookupProcessor,
  PageGenerator,
  PageProcessor,
  PageProcessorOptions,
  ResponseMapping,
  Router,
  ScriptCall,
} from "./flow-args";
export { Provider, type ProviderArgs } from "./provider";
export type { CallOptions } from "./call-options";
export type { InputsOf, OutputCallOptions } from "./output-form";
export { FlowRun } from "./flow-run";
export type { FlowRunArgs } from "./flow-run-args";
export { getFlow, type GetFlowArgs, getFlowOutput } from "./get-flow";
export type { GetFlowResult } from "./flow-result";
export { getFlows, getFlowsOutput } from "./get-flows";
export type { FlowFilter } from "../provider/query/flows";
export { getFlowState, getFlowStateOutput } from "./get-flow-state";
export type { FlowStateInfo } from "../provider/query/flow-state";
export { runFlow, type RunFlowArgs, type RunFlowResult } from "./run-flow";
export { getFlowLatestJobs, getFlowLatestJobsOutput } from "./get-flow-latest-jobs";
export type { FlowJob } from "../provider/query/jobs";
export { getFlowAuditLog, getFlowAuditLogOutput } from "./get-flow-audit-log";
export type { AuditEntry } from "../provider/query/audit-log";
export { getFlowDependencies, getFlowDependenciesOutput } from "./get-flow-dependencies";
export type { Dependency, FlowDependencies } from "../provider/query/dependencies";
export { getFlowDescendants, getFlowDescendantsOutput } from "./get-flow-descendants";
export type { DescendantDocument, FlowDescendants } from "../provider/query/descendants";
export {
  getFlowLastExportDateTime,
  getFlowLastExportDateTimeOutput,
} from "./get-flow-last-export-date-time";
export type { LastExport } from "../provider/query/last-export";
export { getFlowTemplate, getFlowTemplateOutput } from "./get-flow-template";
export type { GetFlowTemplateArgs, GetFlowTemplateResult } from "./get-flow-template";
export { getExport, getExportOutput, getExports, getExportsOutput } from "./get-exports";
export { getImport, getImportOutput, getImports, getImportsOutput } from "./get-imports";
export {
  getConnection,
  getConnectionOutput,
  getConnections,
  getConnectionsOutput,
} from "./get-connections";
export {
  getIntegration,
  getIntegrationOutput,
  getIntegrations,
  getIntegrationsOutput,
} from "./get-integrations";
export type { LookupArgs, LookupOneArgs } from "./lookup-args";
export type { LookupResult } from "../provider/query/lookup";
export { readFlowsForImport, readFlowsForImportOutput } from "./adopt/read-flows-for-import";
export type {
  ImportFailure,
  ImportPlan,
  MissingReference,
  PlannedKind,
  PlannedResource,
  ReadFlowsForImportArgs,
} from "./adopt/plan";
export { generateProgram } from "./adopt/generate-program";
export type {
  GeneratedFile,
  GeneratedFlow,
  GeneratedProgram,
  GeneratedSecret,
  GenerateProgramOptions,
} from "./adopt/generated-program";
