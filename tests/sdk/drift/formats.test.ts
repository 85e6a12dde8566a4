import { type DriftFormat, FORMATS, render } from "../../../sdk/drift/formats/render";
import type { DriftReport } from "../../../sdk/drift/report";
import { githubAnnotations, jsonFaults, junitFaults, parseMarkdown, sarifFaults } from "./judges";
import { NASTY, REPORTS } from "./samples";

const FALLBACK = { file: "infra/Pulumi.yaml" };
const CODES = { "in-sync": 0, drift: 2, unknown: 1 };
const KINDS = Object.entries(REPORTS);

function reportOf(kind: string): DriftReport {
  const report = REPORTS[kind];
  if (report === undefined) throw new Error(`There is no sample "${kind}".`);
  return report;
}

const rendered = (format: DriftFormat, report: DriftReport): string =>
  render(format, report, { colored: false, fallback: FALLBACK });

/** What a format's judge says, in a word for the table. */
const JUDGES: Readonly<Record<DriftFormat, (text: string) => string[] | Promise<string[]>>> = {
  text: (text) => (text.endsWith("\n") && !text.includes("\u001b") ? [] : ["not plain"]),
  json: jsonFaults,
  markdown: (text) => [...parseMarkdown(text).smuggled],
  junit: junitFaults,
  sarif: sarifFaults,
  github: (text) => githubAnnotations(text).faults,
};

describe.each(KINDS)("the report of `%s`", (_, report) => {
  it.each(Object.keys(FORMATS) as DriftFormat[])("is valid %s", async (format) => {
    expect(await JUDGES[format](rendered(format, report))).toEqual([]);
  });
});

it("prints kind of change × format × exit code", async () => {
  const formats = Object.keys(FORMATS) as DriftFormat[];
  const rows = await Promise.all(
    KINDS.map(async ([kind, report]) => {
      const verdicts = formats.map(async (format) => {
        const text = rendered(format, report);
        return (await JUDGES[format](text)).length === 0 ? `${String(text.length)} ok` : "BAD";
      });
      return [kind, ...(await Promise.all(verdicts)), String(CODES[report.result])];
    }),
  );
  const heading = ["kind", ...formats, "exit"];
  const line = (cells: readonly string[]): string =>
    cells.map((cell, index) => cell.padEnd(index === 0 ? 28 : 10)).join("");
  console.log([heading, ...rows].map(line).join("\n"));
  expect(rows.flat()).not.toContain("BAD");
});

describe("json", () => {
  it("is refused by the schema where a value of a secret stands", () => {
    const [flow] = REPORTS["secret changed"]?.flows ?? [];
    const changes = [{ ...flow?.changes[0], live: "x" }];
    const leaking = { ...REPORTS["secret changed"], flows: [{ ...flow, changes }] };
    expect(jsonFaults(JSON.stringify(leaking))).not.toEqual([]);
  });

  it("is refused by the schema where it could not tell and does not say why", () => {
    const { error: _why, ...silent } = REPORTS["could not tell"] ?? {};
    expect(jsonFaults(JSON.stringify(silent))).not.toEqual([]);
  });

  it("has long values in full", () => {
    const text = rendered("json", reportOf("long and nasty"));
    expect(JSON.parse(text)).toEqual(REPORTS["long and nasty"]);
  });
});

describe("text and markdown", () => {
  it.each(["text", "markdown", "github", "junit"] as const)("%s shortens long values", (format) => {
    const text = rendered(format, reportOf("long and nasty"));
    expect(text).not.toContain("long ".repeat(20));
    expect(text).toContain("…");
  });

  it("keep foreign text inside its cell", () => {
    const report = reportOf("long and nasty");
    const { tables } = parseMarkdown(rendered("markdown", report));
    const cells = tables[0] ?? [];
    expect(cells[0]).toEqual(["Field", "Declared", "Live", "Changed by"]);
    expect(cells[1]).toHaveLength(4);
    expect(cells[1]?.[3]).toContain("| `a` ``b`` <script>alert(1)</script>");
  });

  it("say who made the change", () => {
    const report = reportOf("field changed");
    const { headings, tables } = parseMarkdown(rendered("markdown", report));
    expect(headings).toEqual(["Drift: shop/prod"]);
    expect(tables[0]?.[1]).toEqual([
      "schedule",
      '"0 1 * * *"',
      '"0 2 * * *"',
      "Mallory @ops <mallory@example.test> through ui, 2026-01-15T11:00:00.000Z",
    ]);
  });

  it("do not say of a log that it holds nothing, which may not have been read", () => {
    const report = reportOf("long and nasty");
    const flows = report.flows.map((flow) => ({
      ...flow,
      changes: flow.changes.map((change) => ({ ...change, blame: null })),
    }));
    for (const format of ["text", "markdown"] as const)
      expect(rendered(format, { ...report, flows })).toContain("the audit log does not tell");
  });

  it("text shows no control character of foreign text", () => {
    const text = rendered("text", reportOf("long and nasty")).replaceAll("\n", "");
    // eslint-disable-next-line no-control-regex -- these are the ones
    expect(text).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
  });

  it("looks like this", () => {
    const report = {
      ...reportOf("flow unmanaged"),
      flows: ["field changed", "secret changed", "flow missing"].flatMap(
        (kind) => reportOf(kind).flows,
      ),
    };
    expect(rendered("text", report)).toMatchInlineSnapshot(`
     "Drift in shop/prod: 2 flows changed, 1 flow deleted elsewhere, 1 flow unmanaged.

     ~ orders "Orders" (64f0aa) infra/index.ts:12
       field     declared     live         changed by
       schedule  "0 1 * * *"  "0 2 * * *"  Mallory @ops <mallory@example.test> through ui, 2026-01-15T11:00:00.000Z

     ~ orders "Orders" (64f0aa) infra/index.ts:12
       field     declared  live
       settings  [secret]  [secret, changed]

     - orders "Orders" (64f0aa) infra/index.ts:12
       deleted elsewhere by Mallory @ops <mallory@example.test> through api, 2026-01-15T11:00:00.000Z

     Coverage: 1 of 2 flows managed, 50 %
     Unmanaged flows:
       + By hand  64f0bb  integration int123  Mallory @ops <mallory@example.test> through ui, 2026-01-15T11:00:00.000Z
     "
    `);
  });
});

describe("github annotations", () => {
  it("point at the user's line", () => {
    const text = rendered("github", reportOf("field changed"));
    const [annotation] = githubAnnotations(text).annotations;
    expect(annotation?.level).toBe("warning");
    expect(annotation?.properties).toEqual({
      title: "Drift: orders (shop/prod)",
      file: "infra/index.ts",
      line: "12",
      col: "1",
    });
    expect(annotation?.message).toContain('schedule: declared "0 1 * * *", live "0 2 * * *"');
  });

  it("carry any text in one line", () => {
    const { annotations } = githubAnnotations(rendered("github", reportOf("could not tell")));
    expect(annotations).toHaveLength(1);
    expect(annotations[0]?.message).toContain(NASTY);
  });
});

describe("junit", () => {
  it("counts a run that could not tell as an error, never as passed", () => {
    const text = rendered("junit", reportOf("could not tell"));
    expect(text).toContain('tests="1" failures="0" errors="1"');
  });
});

describe("sarif", () => {
  it("points at the user's line, and says when it could not tell", () => {
    const changed = JSON.parse(rendered("sarif", reportOf("field changed")));
    expect(changed.runs[0].results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "infra/index.ts" },
      region: { startLine: 12, startColumn: 1 },
    });
    const unknown = JSON.parse(rendered("sarif", reportOf("could not tell")));
    expect(unknown.runs[0].results).toEqual([]);
    expect(unknown.runs[0].invocations[0].executionSuccessful).toBe(false);
  });
});
