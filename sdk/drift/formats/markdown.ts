import type { DriftReport, FlowReport, UnmanagedReport } from "../report";
import { drifted } from "../report";
import { blameText, coverageText, placeText, sideText, summaryLine } from "./wording";

/** The report for a pull request, an issue or a step summary: GitHub's and GitLab's Markdown. */
export function markdownReport(report: DriftReport): string {
  const { error, unmanaged, warnings } = report;
  const parts = [
    marker(report),
    `### ${TITLES[report.result]}: ${escaped(placeText(report))}`,
    escaped(summaryLine(report)),
    ...(error === undefined ? [] : [fenced(error)]),
    ...drifted(report).map(flowPart),
    ...(unmanaged === undefined ? [] : [unmanagedPart(unmanaged)]),
    ...warnings.map((warning) => `Warning:\n\n${fenced(warning)}`),
  ];
  return `${parts.join("\n\n")}\n`;
}

const TITLES = { "in-sync": "In sync", drift: "Drift", unknown: "Could not tell" } as const;

/** First line of the report: by it a script finds the comment or issue of this stack again, to edit it in place. */
function marker(report: DriftReport): string {
  return `<!-- pulumi-celigo drift: ${placeText(report).replaceAll(/[^\w./@-]/g, "_")} -->`;
}

function flowPart(flow: FlowReport): string {
  const { resource, name, id, source, status, changes, blame } = flow;
  const at =
    source === undefined ? "" : ` in ${code(`${source.file}:${String(source.line ?? 1)}`)}`;
  const head = `**${escaped(resource)}** (${code(name)}, ${code(id)})${at}`;
  if (status === "missing") {
    const by = blame ? ` by ${code(blameText(blame))}` : "";
    return `${head}: deleted elsewhere${by}`;
  }
  const blamed = changes.some((change) => change.blame !== undefined);
  const rows = changes.map((change) => [
    code(change.kind === "reordered" ? `${change.path} (order)` : change.path),
    code(sideText(change, "declared")),
    code(sideText(change, "live")),
    ...(blamed
      ? [change.blame ? code(blameText(change.blame)) : "the audit log does not tell"]
      : []),
  ]);
  const heading = ["Field", "Declared", "Live", ...(blamed ? ["Changed by"] : [])];
  return `${head}\n\n${table(heading, rows)}`;
}

function unmanagedPart({ flows, coverage, integrations }: UnmanagedReport): string {
  const parts = [`**Coverage**: ${coverageText(coverage)}`];
  if (integrations.length > 1) {
    const rows = integrations.map((one) => [code(one.integrationId), coverageText(one)]);
    parts.push(table(["Integration", "Coverage"], rows));
  }
  if (flows.length > 0) {
    const rows = flows.map(({ name, id, integrationId, blame }) => [
      code(name),
      code(id),
      code(integrationId),
      blame ? code(blameText(blame)) : "",
    ]);
    parts.push(table(["Unmanaged flow", "Id", "Integration", "Made by"], rows));
  }
  return parts.join("\n\n");
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...rows.map(line)].join("\n");
}

/**
 * Foreign text as code, where neither names nor values are read as Markdown or as a mention of somebody. A `|` has to be
 * escaped even there, as the text stands in a table.
 */
function code(text: string): string {
  const flat = text.replaceAll(/\s+/g, " ").trim();
  if (flat === "") return "";
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = flat.startsWith("`") || flat.endsWith("`") ? " " : "";
  return `${fence}${space}${flat.replaceAll("|", "\\|")}${space}${fence}`;
}

/** Foreign text among words of ours. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~!@]/g, "\\$&").replaceAll(/\s+/g, " ");
}

/** Several lines as they are. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
