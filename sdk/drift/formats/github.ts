import type { DriftReport, FlowReport, SourceLine, UnmanagedFlow } from "../report";
import { drifted } from "../report";
import { flowLines, placeText, summaryLine, unmanagedText } from "./wording";

/** What an annotation may say beside its message, in the order of the documentation. */
interface Properties {
  readonly title: string;
  readonly file?: string;
  readonly line?: number;
  readonly col?: number;
}

/**
 * The report as workflow commands of GitHub Actions, printed to be shown as annotations at the user's lines: one per flow,
 * since a step shows ten of each level and no more.
 *
 * @param fallback - file for what has no line of its own
 */
export function githubReport(report: DriftReport, fallback: SourceLine): string {
  const place = placeText(report);
  const commands = [
    ...(report.result === "unknown"
      ? [command("error", { title: summaryLine(report), ...fallback }, report.error ?? "")]
      : []),
    ...drifted(report).map((flow) => flowCommand(flow, place, fallback)),
    ...(report.unmanaged?.flows ?? []).map((flow) => unmanagedCommand(flow, place, fallback)),
    ...report.warnings.map((warning) =>
      command("warning", { title: `Drift of ${place}` }, warning),
    ),
    ...(report.result === "in-sync"
      ? [command("notice", { title: place }, summaryLine(report))]
      : []),
  ];
  return commands.map((line) => `${line}\n`).join("");
}

function flowCommand(flow: FlowReport, place: string, fallback: SourceLine): string {
  const missing = flow.status === "missing";
  const title = `${missing ? "Deleted elsewhere" : "Drift"}: ${flow.resource} (${place})`;
  const { file, line, column: col } = flow.source ?? fallback;
  const properties = { title, file, ...(line && { line }), ...(col && { col }) };
  return command(missing ? "error" : "warning", properties, flowLines(flow).join("\n"));
}

function unmanagedCommand(flow: UnmanagedFlow, place: string, { file }: SourceLine): string {
  return command("notice", { title: `Unmanaged flow (${place})`, file }, unmanagedText(flow));
}

function command(level: "error" | "warning" | "notice", given: Properties, text: string): string {
  const { title, file, line, col } = given;
  const properties = Object.entries({ title, file, line, col })
    .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
    .map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${level} ${properties.join(",")}::${data(text)}`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
