import * as resource from "./flow/resource";
import * as runResource from "./run/resource";
import { configure } from "./session";

/**
 * What the engine's plugin process calls for every `Flow`; the text stored in state loads it by this name, so the name, and
 * that it is an object with these verbs, never change (contract.md 1, design.md 3).
 */
export const flow = {
  configure,
  check: resource.check,
  diff: resource.diff,
  create: resource.create,
  read: resource.read,
  update: resource.update,
  delete: resource.remove,
};

/** The same for every `FlowRun`. */
export const flowRun = {
  configure,
  check: runResource.check,
  diff: runResource.diff,
  create: runResource.create,
  read: runResource.read,
  update: runResource.update,
  delete: runResource.remove,
};
