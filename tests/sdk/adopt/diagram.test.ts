import type { JsonObject } from "../../../provider/api/types";
import { diagramOf } from "../../../sdk/adopt/diagram";
import { FLOWS } from "../../fixtures/adopt/account";
import { aDocument, aPlan } from "./a-plan";

function diagrams(text: string): string[] {
  return [...text.matchAll(/```mermaid\n([^]*?)```/g)].map(([, diagram]) => diagram ?? "");
}

it("shows the way of the records and the chains", () => {
  const [diagram] = diagrams(diagramOf(aPlan(FLOWS.slice(13, 15))));
  const [b, c] = [13, 14].map((number) => number.toString(16).padStart(18, "0"));
  expect(diagram?.split("\n")).toEqual([
    "flowchart LR",
    `  export_64f0e1${String(b)}(["Records 13"])`,
    `  export_64f0e1${String(c)}(["Records 14"])`,
    `  flow_64f0f1${String(b)}["Chain B"]`,
    `  flow_64f0f1${String(c)}["Chain C"]`,
    `  import_64f0a1${String(b)}[("Target 13 import")]`,
    `  import_64f0a1${String(c)}[("Target 14 import")]`,
    `  export_64f0e1${String(b)} --> flow_64f0f1${String(b)}`,
    `  export_64f0e1${String(c)} --> flow_64f0f1${String(c)}`,
    `  flow_64f0f1${String(b)} --> import_64f0a1${String(b)}`,
    `  flow_64f0f1${String(b)} -.-> flow_64f0f1${String(c)}`,
    `  flow_64f0f1${String(c)} --> import_64f0a1${String(c)}`,
    "",
  ]);
});

it("draws as steps what is one, not what an alias, a chain to one export or a delta names", () => {
  const flow = aDocument("f1", {
    pageGenerators: [{ _exportId: "e1", _keepDeltaBehindExportId: "e2" }],
    pageProcessors: [{ type: "export", _exportId: "e1" }],
    _keepDeltaBehindExportId: "e2",
    _runNextExportIds: [{ _flowId: "f2", _exportId: "e3" }],
    aliases: [{ alias: "a", _importId: "i1" }],
  });
  expect(diagramOf(aPlan([flow])).match(/^.*-> .*$/gm)).toEqual([
    "  export_e1 --> flow_f1",
    "  flow_f1 --> export_e1",
    "  flow_f1 -.-> flow_f2",
  ]);
});

it("has a part per integration, sorted, the standalone flows last", () => {
  const headings = diagramOf(aPlan())
    .split("\n")
    .filter((line) => line.startsWith("## "));
  expect(headings).toEqual([
    "## NetSuite → Salesforce",
    "## Shopify EU",
    "## Shopify US",
    "## Flows without an integration",
  ]);
});

it.each([
  ['say "hi" #1 <b>&amp;</b>', "say #34;hi#34; #35;1 #60;b#62;#38;amp#59;#60;/b#62;"],
  ["`code` [x](y) {z} | ; end", "#96;code#96; #91;x#93;(y) #123;z#125; #124; #59; end"],
  ["1. first", "1#46; first"],
  ["- item", "#45; item"],
  ["two\nlines\u202e", "two lines"],
  ["受注 é 👩", "受注 é #128105;"],
  ["x".repeat(200), `${"x".repeat(79)}#8230;`],
])("writes the label %j so that Mermaid takes it literally", (name, expected) => {
  expect(diagramOf(aPlan([aDocument("f1", { name })]))).toContain(`  flow_f1["${expected}"]\n`);
});

it("writes ids that Mermaid would not take as codes", () => {
  expect(diagramOf(aPlan([aDocument('a-b"] --> c')]))).toContain(
    "  flow_a_2d_b_22__5d__20__2d__2d__3e__20_c[",
  );
});

it("draws no more in one diagram than GitHub does", () => {
  const flows = Array.from({ length: 1000 }, (_, index) =>
    aDocument(`f${String(index)}`, {
      pageProcessors: [
        { type: "import", _importId: `i${String(index)}` },
      ] as unknown as JsonObject[],
    }),
  );
  const parts = diagrams(diagramOf(aPlan(flows)));
  expect(parts.join("").match(/-->/g)).toHaveLength(1000);
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(50_000);
  expect(Math.max(...parts.map((part) => part.match(/-->/g)?.length ?? 0))).toBeLessThanOrEqual(
    500,
  );
});

it("is the same for any order, and without a flow only shorter", () => {
  const whole = diagramOf(aPlan());
  expect(diagramOf(aPlan([...FLOWS].reverse()))).toBe(whole);
  const lines = new Set(whole.split("\n"));
  expect(
    diagramOf(aPlan(FLOWS.slice(1)))
      .split("\n")
      .filter((line) => !lines.has(line)),
  ).toEqual([]);
});
