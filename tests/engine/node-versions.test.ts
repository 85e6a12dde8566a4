import path from "node:path";

import { testEngine } from "../support/engine";
import { createFlowStack, expectCode } from "../support/flow-stack";
import { otherNode } from "../support/other-node";
import { createProject } from "../support/pulumi-project";

/** The newest releases of the lines that are supported beside the one in CI (contract.md 1). */
const VERSIONS = ["22.23.3", "24.21.0"];

const PROGRAM = `
import * as celigo from "pulumi-celigo";

const flow = new celigo.Flow("one", {
  description: process.env["DESCRIPTION"] ?? "first",
  pageGenerators: [{ exportId: "exp123" }],
  pageProcessors: [{ type: "import", importId: "imp123" }],
});
export const imports = celigo.getImportsOutput({ name: "Import imp123" }).apply((all) => all.length);
export const node = flow.id.apply(() => process.version);
`;

describe.each(VERSIONS)("Node.js %s", (version) => {
  const node = otherNode(version);
  if ("missing" in node) console.log(`Node.js ${version} is left out: ${node.missing}`);

  ("missing" in node ? it.skip : it)("runs a flow's whole life", async () => {
    const binDir = "binDir" in node ? node.binDir : "";
    const stack = await createFlowStack();
    const project = await createProject({
      language: "typescript",
      program: PROGRAM,
      config: { "celigo:baseUrl": stack.emulator.url },
      secrets: { "celigo:apiToken": stack.emulator.token },
      env: { PATH: [binDir, testEngine().env["PATH"]].join(path.delimiter) },
    });
    try {
      expectCode(await project.up(), 0);
      expect(await project.outputs()).toEqual({ imports: 1, node: `v${version}` });
      expectCode(await project.up([], { env: { DESCRIPTION: "second" } }), 0);
      expectCode(await project.refresh(), 0);
      expect(stack.emulator.flows()).toMatchObject([{ description: "second" }]);
      expectCode(await project.destroy(), 0);
      expect(stack.emulator.flows()).toEqual([]);
    } finally {
      await project.dispose();
      await stack.close();
    }
  });
});
