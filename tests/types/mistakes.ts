/*
 * What TypeScript must not let a user write, each with the reason that the compiler has. Compiled against the packed
 * package by `mistakes.test.ts`, never run. A mistake that stops being one is an error too.
 */
import * as pulumi from "@pulumi/pulumi";
import * as celigo from "pulumi-celigo";

const steps = {
  pageGenerators: [{ exportId: "exp123" }],
  pageProcessors: [{ type: "import", importId: "imp123" }],
} satisfies celigo.FlowArgs;
const flow = new celigo.Flow("flow", steps);
const account = new celigo.Provider("account", { region: "eu" });

const step = (value: celigo.PageProcessor): celigo.PageProcessor => value;
const branch = (value: celigo.Branch): celigo.Branch => value;

// ---- right, and stays so

new celigo.Flow("nothing");
new celigo.Flow("resource's own name", {});
new celigo.Flow("all kinds of inputs", {
  name: pulumi.interpolate`${flow.name} (copy)`,
  description: undefined,
  disabled: pulumi.output(true),
  pageGenerators: pulumi.output([{ exportId: "exp123", notInTheTypes: { any: "thing" } }]),
  pageProcessors: [
    { type: "export", exportId: pulumi.output("exp456"), proceedOnFailure: true },
    {
      type: "import",
      importId: Promise.resolve("imp123"),
      responseMapping: { fields: [{ extract: "a", generate: "b" }] },
      hooks: { postResponseMap: { function: "after", scriptId: "script1" } },
    },
  ],
  runNextFlowIds: [flow.id, flow.flowId],
  settings: { secret: pulumi.secret("x"), any: [{ thing: 1 }] },
  additionalFields: { newField: pulumi.output(1) },
});
new celigo.Flow(
  "branches",
  {
    routers: [
      {
        id: "r1",
        routeRecordsTo: "first_matching_branch",
        branches: [{ name: "all", pageProcessors: [{ type: "import", importId: "imp123" }] }],
      },
    ],
  },
  { import: "64f0", ignoreChanges: ["description"], provider: account, dependsOn: [flow] },
);
export const exportIds: pulumi.Output<string[]> = celigo.Flow.get("got", flow.id).exportIds;

void celigo.getFlows(
  {},
  {
    apiToken: "token",
    region: "eu",
    baseUrl: "https://api.eu.integrator.io",
    requestTimeoutMs: 1000,
    maxRetries: 1,
    checkReferences: false,
    sharedReads: false,
    allowAllGone: false,
    conflictTimeoutMs: 1000,
  },
);

// ---- arguments of a flow

// @ts-expect-error: the API's name; the argument is integrationId
new celigo.Flow("f", { _integrationId: "int123" });
// @ts-expect-error: the argument is pageGenerators
new celigo.Flow("f", { pageGenerator: [{ exportId: "exp123" }] });
// @ts-expect-error: the argument is timezone
new celigo.Flow("f", { timeZone: "UTC" });
// @ts-expect-error: a raw field goes into additionalFields
new celigo.Flow("f", { newField: 1 });
// @ts-expect-error: a schedule is a text
new celigo.Flow("f", { schedule: 5 });
// @ts-expect-error: nor is it the object that one source knows
new celigo.Flow("f", { schedule: { cron: "0 2 * * *" } });
// @ts-expect-error: a flag is no text
new celigo.Flow("f", { disabled: "true" });
// @ts-expect-error: null is no value; leave the argument out, or pass undefined
new celigo.Flow("f", { description: null });
// @ts-expect-error: ids are strings
new celigo.Flow("f", { integrationId: 123 });
// @ts-expect-error: a list of ids
new celigo.Flow("f", { runNextFlowIds: flow.id });
// @ts-expect-error: ids, not resources
new celigo.Flow("f", { runNextFlowIds: [flow] });
// @ts-expect-error: both ids are needed
new celigo.Flow("f", { runNextExportIds: [{ flowId: "f1" }] });
// @ts-expect-error: settings are an object
new celigo.Flow("f", { settings: "a" });
// @ts-expect-error: additionalFields are an object
new celigo.Flow("f", { additionalFields: [1] });
// @ts-expect-error: the mode is detailed
new celigo.Flow("f", { logging: { mode: "details" } });
// @ts-expect-error: an alias needs its name
new celigo.Flow("f", { aliases: [{ exportId: "exp123" }] });
// @ts-expect-error: the argument is scriptId
new celigo.Flow("f", { preSave: { function: "before", _scriptId: "script1" } });
// @ts-expect-error: the name of the resource comes first
new celigo.Flow({ name: "f" });
// @ts-expect-error: createdAt is set by the service
new celigo.Flow("f", { createdAt: "2024-01-01" });

// ---- sources

// @ts-expect-error: sources stand in a list
new celigo.Flow("f", { pageGenerators: { exportId: "exp123" } });
// @ts-expect-error: exportId is missing
new celigo.Flow("f", { pageGenerators: [{}] });
// @ts-expect-error: exportId, not the API's name
new celigo.Flow("f", { pageGenerators: [{ _exportId: "exp123" }] });
// @ts-expect-error: an object with exportId
new celigo.Flow("f", { pageGenerators: ["exp123"] });
// @ts-expect-error: a flag is no text
new celigo.Flow("f", { pageGenerators: [{ exportId: "exp123", skipRetries: "no" }] });
// @ts-expect-error: ids are strings
new celigo.Flow("f", { pageGenerators: [{ exportId: 123 }] });

// ---- steps

// @ts-expect-error: type is missing
new celigo.Flow("f", { pageProcessors: [{ importId: "imp123" }] });
// @ts-expect-error: import or export
new celigo.Flow("f", { pageProcessors: [{ type: "lookup", exportId: "exp123" }] });
// @ts-expect-error: importId is missing
new celigo.Flow("f", { pageProcessors: [{ type: "import" }] });
// @ts-expect-error: a lookup needs exportId
new celigo.Flow("f", { pageProcessors: [{ type: "export", importId: "imp123" }] });
// @ts-expect-error: an import has no exportId
new celigo.Flow("f", { pageProcessors: [{ type: "import", importId: "i", exportId: "e" }] });
// @ts-expect-error: a lookup has no importId
new celigo.Flow("f", { pageProcessors: [{ type: "export", importId: "i", exportId: "e" }] });
// @ts-expect-error: postResponseMap is an object
step({ type: "import", importId: "i", hooks: { postResponseMap: "after" } });
// @ts-expect-error: the service drops every other hook
step({ type: "import", importId: "i", hooks: { preMap: {} } });
// @ts-expect-error: fields is a list
step({ type: "import", importId: "i", responseMapping: { fields: {} } });

// ---- branches

// @ts-expect-error: id is missing
new celigo.Flow("f", { routers: [{ branches: [] }] });
// @ts-expect-error: name is missing
new celigo.Flow("f", { routers: [{ id: "r", branches: [{}] }] });
// @ts-expect-error: first_matching_branch or all_matching_branches
new celigo.Flow("f", { routers: [{ id: "r", routeRecordsTo: "all" }] });
// @ts-expect-error: input_filters or script
new celigo.Flow("f", { routers: [{ id: "r", routeRecordsUsing: "filters" }] });
// @ts-expect-error: a step of a branch is a step
branch({ name: "b", pageProcessors: [{ type: "import" }] });

// ---- outputs

// @ts-expect-error: an output is no text
export const text: string = flow.name;
// @ts-expect-error: nothing writes to a resource
flow.name = pulumi.output("other");
// @ts-expect-error: a flow has no such output
export const nothing = flow.exports;

// ---- options, accounts, functions

// @ts-expect-error: import names the flow by its id
new celigo.Flow("f", steps, { import: 64 });
// @ts-expect-error: an account is an object
new celigo.Flow("f", steps, { provider: "account" });
// @ts-expect-error: Flow.get needs an id
celigo.Flow.get("f");
// @ts-expect-error: the argument is apiToken
new celigo.Provider("p", { token: "t" });
// @ts-expect-error: milliseconds are a number
new celigo.Provider("p", { requestTimeoutMs: "30s" });
// @ts-expect-error: getFlow takes an object
void celigo.getFlow("64f0");
// @ts-expect-error: an output needs getFlowOutput
void celigo.getFlow({ flowId: flow.id });
// @ts-expect-error: flowId is missing
void celigo.runFlow({ exportIds: ["exp123"] });
