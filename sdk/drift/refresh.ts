import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { CannotTellError } from "./cannot-tell";
import { complaintOf, type PulumiCli } from "./pulumi-cli";

/** What the engine's refresh preview found of one resource. */
export interface Refreshed {
  /** `same`, `update` or `delete`: what a refresh would do to the state. */
  readonly op: string;
  /** Outputs as read; secrets are blinded. Absent for a deleted resource. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

interface EngineEvent {
  readonly resOutputsEvent?: {
    readonly metadata: {
      readonly op: string;
      readonly urn: string;
      readonly old?: { readonly delete?: boolean } | null;
      readonly new?: { readonly outputs?: Readonly<Record<string, unknown>> } | null;
    };
  };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
}

/** Beyond this many characters of targets a pattern is given to the engine: command lines have a limit. */
const LONGEST_TARGETS = 100_000;

/** Every flow of the stack, as the engine's patterns say it. */
const ALL_FLOWS = "**celigo:Flow::**";

/**
 * Lets the engine preview a refresh of these resources and nothing else, so that other providers need no credentials.
 *
 * @returns what was found, by URN; every one of `urns` is there
 * @throws CannotTellError with the engine's words when it failed, or said nothing of one of them
 */
export async function refreshPreview(
  cli: PulumiCli,
  urns: readonly string[],
): Promise<ReadonlyMap<string, Refreshed>> {
  const folder = await mkdtemp(path.join(tmpdir(), "pulumi-celigo-drift-"));
  try {
    const log = path.join(folder, "events.jsonl");
    const targets = urns.join("").length > LONGEST_TARGETS ? [ALL_FLOWS] : urns;
    // Whatever the environment says: the program would need the credentials of all that it uses.
    const args = ["refresh", "--preview-only", "--run-program=false", "--event-log", log];
    // The engine's event log, by which its Automation API works too, is among its debugging flags.
    const env = { PULUMI_DEBUG_COMMANDS: "true" };
    const result = await cli.run([...args, ...targets.flatMap((urn) => ["--target", urn])], env);
    const events = parseEvents(await readFile(log, "utf8").catch(() => ""));
    if (result.code !== 0)
      throw new CannotTellError(withNextStep(errorsIn(events) ?? complaintOf(result)));
    return found(events, urns);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function parseEvents(text: string): readonly EngineEvent[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as EngineEvent];
    } catch {
      return []; // cut short; what it would have said is missed below
    }
  });
}

function found(
  events: readonly EngineEvent[],
  urns: readonly string[],
): ReadonlyMap<string, Refreshed> {
  const refreshed = new Map<string, Refreshed>();
  for (const { resOutputsEvent } of events) {
    if (resOutputsEvent === undefined) continue;
    const { op, urn, old, new: now } = resOutputsEvent.metadata;
    if (old?.delete === true) continue;
    refreshed.set(urn, { op, ...(now?.outputs !== undefined && { outputs: now.outputs }) });
  }
  const unsaid = urns.filter((urn) => !refreshed.has(urn));
  if (unsaid.length > 0) {
    throw new CannotTellError(
      `The engine's refresh preview ended without a word on ${String(unsaid.length)} of ${String(urns.length)} flows, e.g. ${unsaid[0] ?? ""}.\nNext: run it again; if that does not help, \`pulumi refresh --preview-only\` shows more.`,
    );
  }
  return refreshed;
}

/** Most failures that are told in full. */
const MOST_ERRORS = 3;

/** The engine's own words: each failure once, what to do about it at the end if it is the same for all. */
function errorsIn(events: readonly EngineEvent[]): string | undefined {
  const messages = events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent?.severity === "error" ? [diagnosticEvent.message.trim()] : [],
  );
  const plain = messages.map((message) => message.replace(/^Preview failed: /, ""));
  const unique = [...new Set(plain)].filter((text) => text !== "" && text !== "preview failed");
  if (unique.length === 0) return undefined;
  const next = new Set(unique.map((text) => /\nNext: [^]*$/.exec(text)?.[0] ?? ""));
  const shared = next.size === 1 ? ([...next][0] ?? "") : "";
  const shown = unique
    .slice(0, MOST_ERRORS)
    .map((text) => text.slice(0, text.length - shared.length));
  const left = unique.length - shown.length;
  if (left > 0) shown.push(`… and ${String(left)} more of the kind.`);
  return `${shown.join("\n")}${shared}`;
}

/** The engine says what failed, and not what to do about a folder in which nothing is installed. Pure. */
export function withNextStep(text: string): string {
  if (!/Cannot find module|could not load provider/.test(text)) return text;
  const [plain = ""] = text.split("\nRequire stack:");
  return `${plain}\nNext: run \`npm ci\` in the project's folder; \`pulumi-celigo doctor\` tells what else is missing.`;
}
