import path from "node:path";

import { packageFolder } from "../../sdk/engine/package-folder";
import { createConsumer, runNode } from "../support/consumer";

const PROGRAM = `
import * as celigo from "pulumi-celigo";
import { flow } from "pulumi-celigo/runtime";
import { startEmulator } from "pulumi-celigo/testing";

const next = new celigo.Flow("next", {
  pageGenerators: [{ exportId: "exp123" }],
  pageProcessors: [{ type: "import", importId: "imp123" }],
});
const args: celigo.FlowArgs = {
  name: "Customer Sync",
  description: undefined,
  schedule: "0 */6 * * *",
  timezone: "America/Los_Angeles",
  pageGenerators: [{ exportId: "exp123", skipRetries: true }],
  pageProcessors: [
    { type: "export", exportId: "exp456" },
    { type: "import", importId: "imp123" },
  ],
  runNextFlowIds: [next.id],
};
export const id = new celigo.Flow("customer-sync", args).id;
export const url = async (): Promise<string> => (await startEmulator({})).url;
export const verbs: object = flow;

// @ts-expect-error: an import step has no exportId
export const wrong: celigo.PageProcessor = { type: "import", exportId: "exp123" };
`;

/** Settings under which users compile; the last is what `pulumi new typescript` writes. */
const SETTINGS: readonly [name: string, options: Readonly<Record<string, unknown>>][] = [
  ["node16", { module: "node16", moduleResolution: "node16" }],
  // @types/node does not bear this setting itself
  ["node16, exact", { module: "node16", exactOptionalPropertyTypes: true, skipLibCheck: true }],
  ["bundler", { module: "esnext", moduleResolution: "bundler" }],
  ["node10", { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "6.0" }],
];

it.each(SETTINGS)(
  "compiles in a strict program, our types checked too (%s)",
  async (_, options) => {
    const strict = { strict: true, skipLibCheck: false, noEmit: true };
    const platform = { target: "es2022", lib: ["es2023"], types: ["node"] };
    const folder = await createConsumer({
      "index.ts": PROGRAM,
      "tsconfig.json": JSON.stringify({
        compilerOptions: { ...platform, ...strict, ...options },
        files: ["index.ts"],
      }),
    });
    const tsc = path.join(packageFolder(), "node_modules", "typescript", "bin", "tsc");
    expect((await runNode(folder, tsc, "-p", folder)).stdout).toBe("");
  },
  180_000,
);
