import type { FlowDocument } from "../../../provider/api/types";
import type { GeneratedFile } from "../../../sdk/adopt/generated-program";
import { generateProgram } from "../../../sdk/index";
import { FLOWS, flowId } from "../../fixtures/adopt/account";
import { aDocument, aPlan, textOf } from "./a-plan";

function allText(files: readonly GeneratedFile[]): string {
  return files.map(({ path, text }) => `==== ${path}\n${text}`).join("");
}

async function program(
  flows: readonly FlowDocument[] = FLOWS,
  more?: Parameters<typeof aPlan>[1],
): Promise<string> {
  return allText((await generateProgram(aPlan(flows, more))).files);
}

const ordinary = FLOWS.filter(({ name }) => /^(Customer|Chain|Cycle|Clear)/.test(textOf(name)));

describe("generateProgram", () => {
  it("writes one file where they are few, constants first, flows in the order of their chains", async () => {
    const { files } = await generateProgram(aPlan(FLOWS.slice(12, 15)));
    expect(files.map(({ path }) => path)).toEqual(["index.ts"]);
    expect(files[0]?.text.replace(/content \w+/, "content …")).toBe(CHAIN);
  });

  it("writes a file per integration, and one for the constants, past a size", async () => {
    const { files } = await generateProgram(aPlan());
    expect(files.map(({ path }) => path)).toEqual([
      "index.ts",
      "ids.ts",
      "flows/netsuite-salesforce.ts",
      "flows/shopify-eu.ts",
      "flows/shopify-us.ts",
      "flows/standalone.ts",
    ]);
  });

  it("writes the same for the same flows in any order, in any time zone and language", async () => {
    const expected = await program();
    const zone = process.env.TZ;
    process.env.TZ = "Pacific/Kiritimati";
    try {
      const plan = aPlan([...FLOWS].reverse());
      const shuffled = {
        ...plan,
        exports: [...plan.exports].reverse(),
        imports: [...plan.imports].reverse(),
        integrations: [...plan.integrations].reverse(),
      };
      expect(allText((await generateProgram(shuffled)).files)).toBe(expected);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it("writes the same when the service turns the keys of its documents around", async () => {
    const turned = FLOWS.map((flow) => turn(flow) as FlowDocument);
    expect(await program(turned)).toBe(await program());
  });

  it("only grows by a flow that is added, of the same name too", async () => {
    const before = (await program(ordinary)).split("\n").slice(2);
    const added = aDocument("64ffffffffffffffffffffff", {
      name: "Customer Sync",
      createdAt: "2025-01-01T00:00:00.000Z",
    });
    const after = new Set((await program([added, ...ordinary])).split("\n"));
    expect(before.filter((line) => !after.has(line))).toEqual([]);
  });

  it("keeps the names of an earlier program when the flow that had the plain one goes", async () => {
    const earlier = (await generateProgram(aPlan(ordinary))).files;
    const left = ordinary.filter(({ _id }) => _id !== flowId(0));
    const names = async (files?: readonly GeneratedFile[]): Promise<string[]> =>
      (await generateProgram(aPlan(left), { earlier: files })).flows
        .filter(({ name }) => name === "Customer Sync")
        .map(({ resourceName }) => resourceName);
    expect(await names()).toEqual(["customer-sync"]);
    expect(await names(earlier)).toEqual(["customer-sync-000001"]);
  });

  it("writes ids for a cycle of chains, and says why", async () => {
    const text = await program(FLOWS.slice(14, 18));
    expect(text).toContain(
      `      // The id of flow "Cycle B", whose chain leads back to this flow: Pulumi cannot order a cycle of references.\n      "${flowId(16)}",`,
    );
    expect(text).toContain("      chainCFlow.id,\n");
    expect(text).toContain("// The flow's own id: a resource cannot refer to itself.");
  });

  it("names flows outside of the program by a constant, and says what the service does not have", async () => {
    const more = {
      otherFlows: [{ id: flowId(14), name: "Chain C" }],
      missing: [{ kind: "flows", id: flowId(13), flowIds: [flowId(12)] } as const],
    };
    const text = await program(FLOWS.slice(12, 13), more);
    expect(text).toContain(
      `// Flows that this program does not manage\nconst chainCFlow = "${flowId(14)}";`,
    );
    expect(text).toContain(
      `// The service has no flow with this id.\n      "${flowId(13)}",\n      chainCFlow,`,
    );
  });

  it("holds no secret, and lists what to set", async () => {
    const { files, secrets } = await generateProgram(aPlan());
    const text = allText(files);
    expect(text).not.toMatch(/"\*{6,}"|abcdef123456/);
    expect(secrets.map(({ key }) => key)).toEqual([
      "clearSecretSettingsApiKey",
      "flow000003Name",
      "maskedSettingsApiKey",
      "maskedSettingsApiOddKey",
      "maskedSettingsList0",
    ]);
    for (const { key } of secrets) expect(text).toContain(`config.requireSecret("${key}")`);
  });
});

function turn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turn);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]: [string, unknown]) => [key, turn(member)]),
  );
}

const CHAIN = `// Written by \`pulumi-celigo import\`, content …. Edit it as you like: from then on only --force overwrites it.

import * as celigo from "pulumi-celigo";

// Exports: where records come from, and lookups
const records12Export = "64f0e100000000000000000c"; // HTTPExport, connection "Shopify"
const records13Export = "64f0e100000000000000000d"; // HTTPExport, connection "Shopify"
const records14Export = "64f0e100000000000000000e"; // HTTPExport, connection "Shopify"

// Imports: where records go
const target12Import = "64f0a100000000000000000c"; // NetSuiteDistributedImport, connection "NetSuite (prod)"
const target13Import = "64f0a100000000000000000d"; // NetSuiteDistributedImport, connection "NetSuite (prod)"
const target14Import = "64f0a100000000000000000e"; // NetSuiteDistributedImport, connection "NetSuite (prod)"

const chainCFlow = new celigo.Flow(
  "chain-c",
  {
    name: "Chain C",
    pageGenerators: [{ exportId: records14Export }],
    pageProcessors: [{ type: "import", importId: target14Import }],
  },
  { import: "64f0f100000000000000000e", protect: true },
);

const chainBFlow = new celigo.Flow(
  "chain-b",
  {
    name: "Chain B",
    pageGenerators: [{ exportId: records13Export }],
    pageProcessors: [{ type: "import", importId: target13Import }],
    runNextFlowIds: [chainCFlow.id],
  },
  { import: "64f0f100000000000000000d", protect: true },
);

new celigo.Flow(
  "chain-a",
  {
    name: "Chain A",
    pageGenerators: [{ exportId: records12Export }],
    pageProcessors: [{ type: "import", importId: target12Import }],
    runNextFlowIds: [chainBFlow.id, chainCFlow.id],
  },
  { import: "64f0f100000000000000000c", protect: true },
);
`;
