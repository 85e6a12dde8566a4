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
