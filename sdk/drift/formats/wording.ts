import type { Json } from "../../../provider/api/types";
import type {
  Blame,
  Coverage,
  DriftReport,
  FieldChange,
  FlowReport,
  UnmanagedFlow,
} from "../report";
import { drifted } from "../report";

/** Most characters of a value that people are shown. */
const LONGEST = 80;

/** One side of a change, as people read it: shortened, and never a secret. */
export function sideText(change: FieldChange, side: "declared" | "live"): string {
  const absent =
    (side === "declared" && change.kind === "added") ||
    (side === "live" && change.kind === "removed");
  if (absent) return "(absent)";
  if (change.secret) return side === "live" ? "[secret, changed]" : "[secret]";
  const value = change[side];
  return value === undefined ? "(absent)" : shortened(valueText(value));
}

/** A change in one sentence. */
export function changeText(change: FieldChange): string {
  const blame = change.blame ? ` (${blameText(change.blame)})` : "";
  return `${oneLine(change.path)}: declared ${sideText(change, "declared")}, live ${sideText(change, "live")}${blame}`;
}

/** A flow's drift on several lines. */
export function flowLines(flow: FlowReport): string[] {
  if (flow.status === "missing") {
    const blame = flow.blame ? ` by ${blameText(flow.blame)}` : "";
    return [`The flow "${oneLine(flow.name)}" (${flow.id}) was deleted elsewhere${blame}.`];
  }
  return flow.changes.map(changeText);
}

/** Who, through what, when. */
export function blameText({ by, email, through, at }: Blame): string {
  const who = by ?? email ?? "somebody";
  const address = email !== undefined && email !== who ? ` <${email}>` : "";
  const way = through === undefined ? "" : ` through ${through}`;
  return oneLine(`${who}${address}${way}${at === undefined ? "" : `, ${at}`}`);
}

/** That a flow is not managed, in one sentence. */
export function unmanagedText({ name, id, integrationId, blame }: UnmanagedFlow): string {
  const by = blame ? `, made by ${blameText(blame)}` : "";
  return `The flow "${oneLine(name)}" (${id}) in integration ${integrationId} is not managed${by}.`;
}

/** Foreign text without line breaks and other control characters, which a terminal would obey. */
export function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the ones
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F]+/g, " ");
}

/** What the run came to, in one line. */
export function summaryLine(report: DriftReport): string {
  const where = placeText(report);
  if (report.result === "unknown") return `Could not tell whether ${where} has drifted.`;
  const all = report.flows.length;
  const unmanaged = report.unmanaged?.flows.length ?? 0;
  const counts = [
    counted(all - drifted(report).length, "flow", "in sync"),
    counted(countOf(report, "changed"), "flow", "changed"),
    counted(countOf(report, "missing"), "flow", "deleted elsewhere"),
    counted(unmanaged, "flow", "unmanaged"),
  ].filter((text) => text !== undefined);
  const head = report.result === "drift" ? "Drift in" : "In sync:";
  return `${head} ${where}${report.result === "drift" ? ":" : ","} ${counts.join(", ") || "no flows"}.`;
}

/** Coverage in one line. */
export function coverageText({ managed, total, percent }: Coverage): string {
  if (percent === null) return "no flow of the stack belongs to an integration";
  return `${String(managed)} of ${String(total)} flows managed, ${String(percent)} %`;
}

/** The stack as people name it: `project/stack`. */
export function placeText({ project, stack }: DriftReport): string {
  return [project, stack ?? "the selected stack"].filter((part) => part !== undefined).join("/");
}

function countOf({ flows }: DriftReport, wanted: FlowReport["status"]): number {
  return flows.filter(({ status }) => status === wanted).length;
}

function counted(count: number, noun: string, how: string): string | undefined {
  return count === 0 ? undefined : `${String(count)} ${noun}${count === 1 ? "" : "s"} ${how}`;
}

function valueText(value: Json): string {
  return JSON.stringify(value);
}

function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  // Not in the middle of a character that takes two places.
  return `${text.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
