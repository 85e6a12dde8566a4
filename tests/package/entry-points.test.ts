import { createConsumer, runNode } from "../support/consumer";

const ENTRY_POINTS: readonly [name: string, holds: string][] = [
  ["pulumi-celigo", "Flow"],
  ["pulumi-celigo/runtime", "flow"],
  ["pulumi-celigo/testing", "startEmulator"],
];

describe.each(ENTRY_POINTS)("%s, installed from the tarball", (name, holds) => {
  it("can be required", async () => {
    const folder = await createConsumer({
      "index.cjs": `console.log(typeof require("${name}")["${holds}"])`,
    });
    const { stdout, stderr } = await runNode(folder, "index.cjs");
    expect([stdout.trim(), stderr]).toEqual([expect.stringMatching(/^(function|object)$/), ""]);
  });

  it("can be imported, by name", async () => {
    const folder = await createConsumer({
      "index.mjs": `import { ${holds} } from "${name}"; console.log(typeof ${holds})`,
    });
    const { stdout, stderr } = await runNode(folder, "index.mjs");
    expect([stdout.trim(), stderr]).toEqual([expect.stringMatching(/^(function|object)$/), ""]);
  });
});

it("keeps every other file to itself", async () => {
  const folder = await createConsumer({
    "index.cjs": `require("pulumi-celigo/dist/provider/settings.js")`,
  });
  expect((await runNode(folder, "index.cjs")).stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
});

it("uses the program's own copy of @pulumi/pulumi", async () => {
  const folder = await createConsumer({
    "index.cjs": [
      `const pulumi = require("@pulumi/pulumi");`,
      `const { Flow } = require("pulumi-celigo");`,
      `console.log(Flow.prototype instanceof pulumi.dynamic.Resource);`,
    ].join("\n"),
  });
  expect((await runNode(folder, "index.cjs")).stdout).toBe("true\n");
});
