/** Who may import whom: examples -> sdk -> provider -> provider/api, one way only. */

const VERBS = "(check|diff|create|read|update|delete)";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that need each other are one file, or need a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-missing",
      comment: "What is imported must be there, and be named in package.json.",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["unknown", "undetermined", "npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "no-development-dependency",
      comment: "What ships imports only what is installed with it.",
      severity: "error",
      from: { path: "^(provider|sdk)/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm-peer", "type-only"] },
    },
    {
      name: "nothing-imports-tests",
      severity: "error",
      from: { pathNot: "^tests/" },
      to: { path: "^tests/" },
    },
    {
      name: "api-is-closed",
      comment:
        "provider/api knows HTTP and JSON, not resources: it imports nothing of ours outside itself.",
      severity: "error",
      from: { path: "^provider/api/" },
      to: { path: "^(provider|sdk|tools|examples)/", pathNot: "^provider/api/" },
    },
    {
      name: "provider-is-below-sdk",
      severity: "error",
      from: { path: "^provider/" },
      to: { path: "^(sdk|tools|examples)/" },
    },
    {
      name: "provider-without-pulumi",
      comment:
        "The provider runs in Pulumi's process and under the functions: types of @pulumi/pulumi only.",
      severity: "error",
      from: { path: "^provider/" },
      to: { path: "@pulumi/pulumi", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "sdk-is-below-examples",
      severity: "error",
      from: { path: "^sdk/" },
      to: { path: "^(tools|examples)/" },
    },
    {
      name: "examples-import-the-package",
      comment: "An example is a program to copy: it imports pulumi-celigo by name.",
      severity: "error",
      from: { path: "^examples/" },
      to: { path: "^(provider|sdk|tools)/" },
    },
    {
      name: "verbs-stand-alone",
      comment: "What two verbs need is a file of its own, with a name.",
      severity: "error",
      from: { path: `^provider/[^/]+/${VERBS}\\.ts$` },
      to: { path: `^provider/[^/]+/${VERBS}\\.ts$` },
    },
    {
      name: "emulator-shares-no-logic",
      comment: "The emulator must not make the client's mistakes: types of provider/api only.",
      severity: "error",
      from: { path: "^sdk/testing/" },
      to: { path: "^(provider|sdk)/", pathNot: "^(provider/api|sdk/testing)/" },
    },
    {
      name: "emulator-shares-types-only",
      severity: "error",
      from: { path: "^sdk/testing/" },
      to: { path: "^provider/api/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "engine-is-closed",
      comment: "Finding and running the Pulumi CLI has nothing to do with flows.",
      severity: "error",
      from: { path: "^sdk/engine/" },
      to: { path: "^(provider|sdk)/", pathNot: "^sdk/engine/" },
    },
    {
      name: "cli-is-on-top",
      comment: "Console output and exit codes stay in sdk/cli.",
      severity: "error",
      from: { path: "^(provider|sdk)/", pathNot: "^sdk/cli/" },
      to: { path: "^sdk/cli/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
    tsPreCompilationDeps: "specify",
    tsConfig: { fileName: "tsconfig.json" },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "node", "require", "import", "default"],
    },
  },
};
