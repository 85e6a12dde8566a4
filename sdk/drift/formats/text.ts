import Table from "cli-table3";
import pc from "picocolors";

import type { DriftReport, FlowReport, UnmanagedReport } from "../report";
import { drifted } from "../report";
import { blameText, coverageText, oneLine, sideText, summaryLine } from "./wording";

type Colors = ReturnType<typeof pc.createColors>;

/** The report as a person reads it: what came out, then a table for each flow that is not in sync. */
export function textReport(report: DriftReport, colored: boolean): string {
  const colors = pc.createColors(colored);
  const { result, error, unmanaged, warnings } = report;
  const tint = { "in-sync": colors.green, drift: colors.yellow, unknown: colors.red }[result];
  const parts = [
    colors.bold(tint(summaryLine(report))),
    ...(error === undefined ? [] : [error]),
    ...drifted(report).map((flow) => flowText(flow, colors)),
    ...(unmanaged === undefined ? [] : [unmanagedText(unmanaged, colors)]),
    ...warnings.map(
      (warning) => `${colors.yellow("warning:")} ${warning.split("\n").map(oneLine).join("\n")}`,
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}

function flowText(flow: FlowReport, colors: Colors): string {
  const { status, resource, name, id, source, changes, blame } = flow;
  const title = name === resource || name === "" ? "" : `"${oneLine(name)}" `;
  const at = source === undefined ? "" : colors.dim(` ${source.file}:${String(source.line ?? 1)}`);
  const head = `${colors.bold(oneLine(resource))} ${title}(${id})${at}`;
  if (status === "missing") {
    const unsaid = blame === null ? " (the audit log does not tell by whom)" : "";
    const by = blame ? ` by ${blameText(blame)}` : unsaid;
    return `${colors.red("-")} ${head}\n  deleted elsewhere${by}`;
  }
  const blamed = changes.some((change) => change.blame !== undefined);
  const rows = changes.map((change) => [
    `${oneLine(change.path)}${change.kind === "reordered" ? " (order)" : ""}`,
    sideText(change, "declared"),
    sideText(change, "live"),
    ...(blamed ? [change.blame ? blameText(change.blame) : "(the audit log does not tell)"] : []),
  ]);
  const heading = ["field", "declared", "live", ...(blamed ? ["changed by"] : [])];
  return `${colors.yellow("~")} ${head}\n${columns([heading.map(colors.dim), ...rows])}`;
}

function unmanagedText(unmanaged: UnmanagedReport, colors: Colors): string {
  const rows = unmanaged.flows.map(({ name, id, integrationId, blame }) => [
    `${colors.cyan("+")} ${colors.bold(oneLine(name))}`,
    id,
    `integration ${integrationId}`,
    ...(blame ? [blameText(blame)] : []),
  ]);
  const lines = [`Coverage: ${coverageText(unmanaged.coverage)}`];
  if (unmanaged.integrations.length > 1) {
    const each = unmanaged.integrations.map((one) => [one.integrationId, coverageText(one)]);
    lines.push(columns(each));
  }
  if (rows.length > 0) lines.push("Unmanaged flows:", columns(rows));
  return lines.join("\n");
}

const BORDERLESS = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left"],
    ...["bottom-right", "left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"],
  ].map((place) => [place, ""]),
);

/** Rows in aligned columns, wide characters and colours taken for what they are. */
function columns(rows: readonly (readonly string[])[]): string {
  const style = { head: [], border: [], "padding-left": 2, "padding-right": 0, compact: true };
  const table = new Table({ chars: BORDERLESS, style });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
