import type * as pulumi from "@pulumi/pulumi";

/**
 * The text that Pulumi stores for a resource's provider: it loads the runtime by name, so that the code that runs is the
 * installed version's, also for state that an older one wrote (design.md 3). Its wording is in users' state and never changes.
 */
function loaderText(resource: string): string {
  return `exports.handler = () => require("module").createRequire(process.cwd() + "/")("pulumi-celigo/runtime").${resource};`;
}

/**
 * A transformation that puts the one-line loader in place of the provider that Pulumi would serialise. Children inherit a
 * parent's transformations, so it touches nothing but resources of its own type. One per type and process: Pulumi caches by
 * identity.
 */
export function loaderTransformation(
  type: string,
  resource: string,
): pulumi.ResourceTransformation {
  const text = loaderText(resource);
  return ({ type: actual, props, opts }) => {
    if (actual !== type) return undefined;
    return { props: { ...(props as Record<string, unknown>), __provider: text }, opts };
  };
}

/** Stands for the provider until the transformation replaces it; never called. */
export const PLACEHOLDER: pulumi.dynamic.ResourceProvider = {
  create: () => Promise.reject(new Error("pulumi-celigo: the provider's loader is missing")),
};
