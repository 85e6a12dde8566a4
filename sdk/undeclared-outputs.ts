import * as pulumi from "@pulumi/pulumi";

import { FLOW_FIELD_NAMES } from "../provider/flow/fields";
import { secretKeys } from "../provider/settings";
import type { GetFlowResult } from "./flow-result";
import { getFlowOutput } from "./get-flow";
import { Provider } from "./provider";

const asked = new WeakMap<pulumi.CustomResource, pulumi.Output<GetFlowResult>>();

/**
 * Gives flows the outputs that their program does not declare. The engine hands a program only the outputs that it named, and
 * each name costs time with every flow (design.md 2), so a field that nobody declared is read from the service by the one who
 * asks for it: one GET per flow, and none where nobody asks. In unit tests with mocks it is `undefined`.
 */
export function defineUndeclaredOutputs(prototype: pulumi.CustomResource, type: string): void {
  for (const field of FLOW_FIELD_NAMES) {
    Object.defineProperty(prototype, field, {
      configurable: true,
      get(this: pulumi.CustomResource) {
        return liveFlow(this, type).apply((flow) => flow?.[field]);
      },
      // What was declared is set by Pulumi's own constructor and is an ordinary property from then on.
      set(this: pulumi.CustomResource, value: unknown) {
        Object.defineProperty(this, field, {
          value,
          writable: true,
          enumerable: true,
          configurable: true,
        });
      },
    });
  }
}

function liveFlow(
  flow: pulumi.CustomResource,
  type: string,
): pulumi.Output<GetFlowResult | undefined> {
  if (secretKeys() === undefined) return pulumi.output<GetFlowResult | undefined>(undefined);
  let live = asked.get(flow);
  if (live === undefined) {
    const provider = flow.getProvider(type);
    live = getFlowOutput({ flowId: flow.id }, provider instanceof Provider ? { provider } : {});
    asked.set(flow, live);
  }
  return live;
}
