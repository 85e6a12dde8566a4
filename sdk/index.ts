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
