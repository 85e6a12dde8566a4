import path from "node:path";

import { flowTitle } from "../../provider/explain";
import type { Imported } from "../adopt/import-flows";
import type { ImportFailure, MissingReference } from "../adopt/plan";

/** An import as it is told. */
export interface ImportOutcome extends Imported {
  /** Folder of the program, as the user wrote it. */
  readonly folder: string;
  /** How long it took. */
  readonly seconds: number;
  /** The API that was read, where that is not the one which a stack takes by itself. */
  readonly baseUrl?: string;
}

/** What `--json` prints. Stable: add here, never rename. */
export function importJson({
  plan,
  program,
  written,
  gone,
  failed,
  folder,
  seconds,
}: ImportOutcome): Record<string, unknown> {
  return {
    ok: failed.length === 0 && program !== undefined,
    folder,
    seconds: Math.round(seconds * 10) / 10,
    flows: program?.flows ?? [],
    secrets: program?.secrets ?? [],
    missing: plan.missing,
    gone,
    failed,
    ...(written === undefined
      ? { files: program?.files ?? [] }
      : { written: written.written, unchanged: written.unchanged, removed: written.removed }),
  };
}

/** What people read: what was done and what comes next, and apart from it what was not done. */
export function importReport(outcome: ImportOutcome): {
  readonly done: string;
  readonly undone: string;
} {
  const { program, written, gone, failed, plan } = outcome;
  const done = [
    headline(outcome),
    ...(written === undefined ? [] : fileLines(outcome, written)),
    ...plan.missing.map((one) => missingLine(one, plan.flows)),
    ...gone.map(
      ({ id }) =>
        `Flow ${id} is gone from the service, and from the program; \`pulumi refresh\` takes it out of the stack.`,
    ),
    ...(program === undefined || written === undefined ? [] : nextLines(outcome)),
  ];
  const undone =
    failed.length === 0
      ? []
      : [`${String(failed.length)} could not be read:`, ...failed.map(failureLine)];
  return { done: done.join("\n"), undone: undone.join("\n") };
}

function headline({ program, plan, written, seconds }: ImportOutcome): string {
  if (program === undefined)
    return plan.failed.length > 0
      ? "No flow could be read."
      : "No flow was found: none is listed, or none has such a name. A token that is limited to some integrations may list flows only with --integration.";
  const { flows, exports, imports } = plan;
  const read = `${counted(flows, "flow")}, ${counted(exports, "export")} and ${counted(imports, "import")}`;
  return `Read ${read} in ${seconds.toFixed(1)} s${written === undefined ? "; wrote nothing" : ""}.`;
}

function counted(members: readonly unknown[], noun: string): string {
  return `${String(members.length)} ${noun}${members.length === 1 ? "" : "s"}`;
}

function fileLines(
  { folder }: ImportOutcome,
  { written, unchanged, removed }: NonNullable<Imported["written"]>,
): string[] {
  const line = (verb: string, files: readonly string[]): string[] =>
    files.map((file) => `  ${verb.padEnd(9)} ${path.join(folder, file)}`);
  return [...line("wrote", written), ...line("unchanged", unchanged), ...line("removed", removed)];
}

function missingLine(
  { kind, id, flowIds }: MissingReference,
  flows: Imported["plan"]["flows"],
): string {
  const named = flowIds.map((flowId) => {
    const name = flows.find(({ _id }) => _id === flowId)?.["name"];
    return flowTitle({ id: flowId, name: typeof name === "string" ? name : undefined });
  });
  return `The service has no ${kind.slice(0, -1)} ${id}, which ${named.join(" and ")} name${named.length === 1 ? "s" : ""}.`;
}

function failureLine({ kind, id, name, reason }: ImportFailure): string {
  const title = kind === "integration" ? `integration ${id}` : flowTitle({ id, name });
  return `  - ${title}:\n    ${reason.replaceAll("\n", "\n    ")}`;
}

function nextLines({ program, written, folder, baseUrl }: ImportOutcome): string[] {
  const secrets = program?.secrets ?? [];
  const isNew = written?.isNewProject === true;
  const steps = [
    ...(path.resolve(folder) === process.cwd() ? [] : [`cd ${shellWord(folder)}`]),
    ...installLines(written),
    ...(isNew
      ? [
          "pulumi stack init dev",
          ...(baseUrl === undefined ? [] : [`pulumi config set celigo:baseUrl ${baseUrl}`]),
          "pulumi config set --secret celigo:apiToken",
        ]
      : []),
    ...secrets.map(({ key }) => `pulumi config set --secret ${key}`),
    "pulumi preview",
    "pulumi up",
  ];
  const asked =
    secrets.length === 0
      ? []
      : [
          "",
          "Values that are not in the program, to be set as secrets:",
          ...secrets.map(({ key, path: at, flowId }) => `  ${key} (${at} of flow ${flowId})`),
        ];
  return [
    ...asked,
    "",
    "Next, which adopts the flows and writes nothing to the service:",
    ...steps.map((step) => `  ${step}`),
  ];
}

/** A `package.json` that was there is left alone, so that it may lack what the program needs. */
function installLines(written: Imported["written"]): string[] {
  const missing = written?.missingPackages ?? [];
  if (missing.length > 0) return [`npm install ${missing.join(" ")}`];
  return written?.isNewProject === true ? ["npm install"] : [];
}

/** A path as a POSIX shell takes it for one word. */
function shellWord(text: string): string {
  return /^[\w./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
