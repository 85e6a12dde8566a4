import * as pulumi from "@pulumi/pulumi";

import { DOCUMENT_FIELDS, FLOW_FIELD_NAMES } from "../provider/flow/fields";
import type { FlowArgs } from "./flow-args";
import { isPlain, warnAbout, warnOfStart, warnOfTwins } from "./flow-warnings";
import { loaderTransformation } from "./loader";
import { preflight } from "./preflight";

/** Type under which the engine knows flows (contract.md 3). */
export const FLOW_TYPE = "pulumi-nodejs:dynamic/celigo:Flow";

const withLoader = loaderTransformation(FLOW_TYPE, "flow");

/** Outputs that no argument names. */
const STAMPS = { createdAt: undefined, lastModified: undefined };

/** What the engine is told of a flow. */
export interface Registration {
  /** Arguments, hidden inputs, and the outputs that no argument names. */
  readonly props: pulumi.Inputs;
  /** The engine's options, without those that travel as hidden inputs only. */
  readonly options: pulumi.CustomResourceOptions;
  /** Says, on the resource, what deserves a second look. */
  readonly warnings: (flow: pulumi.CustomResource) => void;
}

/**
 * Turns a constructor's arguments into properties and options. The engine's own `import` cannot reach a dynamic resource, so
 * the option travels as a hidden input (design.md 2); `ignoreChanges` as another, by which an adoption knows what not to
 * compare; `replaceOnChanges` as a third, since the engine cannot apply it to a dynamic resource. A flow that is only looked at (`id` or `urn` given) names every output, since no argument does.
 */
export function registerFlow(
  name: string,
  args: FlowArgs | undefined,
  opts: pulumi.CustomResourceOptions = {},
): Registration {
  preflight();
  const { import: adoptee, ...rest } = opts;
  const options = {
    ...rest,
    transformations: [withLoader, ...(opts.transformations ?? [])],
    additionalSecretOutputs: ["__baseline", ...(opts.additionalSecretOutputs ?? [])],
  };
  if (opts.id !== undefined || opts.urn !== undefined) {
    const outputs = [...FLOW_FIELD_NAMES, "additionalFields"].map(
      (field) => [field, undefined] as const,
    );
    return {
      props: { ...Object.fromEntries(outputs), ...STAMPS },
      options,
      warnings: () => undefined,
    };
  }
  const given = Object.fromEntries(
    Object.entries(args ?? {}).filter(([, value]) => value !== undefined),
  );
  const props: pulumi.Inputs = {
    name,
    disabled: false,
    ...given,
    ...documentsAsWhole(given),
    ...(adoptee !== undefined && { __import: adoptee, __secrets: secretFields(given) }),
    ...pathsOf("__ignoreChanges", opts.ignoreChanges),
    ...pathsOf("__replaceOnChanges", opts.replaceOnChanges),
    ...STAMPS,
    ...(pulumi.runtime.isDryRun() && { __twins: undefined }),
  };
  return {
    props,
    options,
    warnings: (flow) => {
      warnAbout(flow, given);
      if (adoptee !== undefined) return;
      warnOfStart(flow, given);
      warnOfTwins(flow);
    },
  };
}

/** Names of the arguments that hold secrets: where an adoption finds them otherwise, it must not print them. */
async function secretFields(args: Record<string, unknown>): Promise<string[] | undefined> {
  const names = Object.keys(args).filter((name) => !isPlain(args[name]));
  const secret = await Promise.all(names.map((name) => pulumi.isSecret(pulumi.output(args[name]))));
  const found = names.filter((_, index) => secret[index]);
  return found.length > 0 ? found : undefined;
}

/** Property paths as a hidden input; none where the option is not used. */
function pathsOf(
  key: string,
  paths: readonly string[] | undefined,
): Record<string, readonly string[]> {
  return paths === undefined || paths.length === 0 ? {} : { [key]: paths };
}

/**
 * A document with a secret anywhere inside becomes one secret: a drift could move the secret to another key, where the engine
 * would not know it again.
 */
function documentsAsWhole(args: Record<string, unknown>): Record<string, unknown> {
  const documents = DOCUMENT_FIELDS.filter(
    (key) => typeof args[key] === "object" && args[key] !== null,
  );
  return Object.fromEntries(documents.map((key) => [key, pulumi.output(args[key])]));
}
