import type { Service } from "../../provider/service";
import { earlierNames } from "./earlier-names";
import type { GeneratedProgram } from "./generated-program";
import { MAIN_FILE } from "./layout";
import type { ImportFailure, ImportPlan, ReadFlowsForImportArgs } from "./plan";
import { programOf } from "./program";
import {
  type ExistingFile,
  readProgram,
  refuseEdited,
  writeProgram,
  type WrittenProgram,
} from "./program-folder";
import { type OnProgress, readPlan } from "./read-plan";

/** What to import, and where to. */
export interface ImportFlowsArgs {
  /** Which flows; those that the folder's program has already come along. */
  readonly selection: ReadFlowsForImportArgs;
  /** Folder of the program. */
  readonly folder: string;
  /** Whether `diagram.md` is written; one that an earlier run wrote is renewed in any case. */
  readonly diagram: boolean;
  /** Whether files of a person's may be overwritten. */
  readonly force: boolean;
  /** Whether nothing is written at all. */
  readonly dryRun: boolean;
}

/** What an import came to. */
export interface Imported {
  /** What was read. */
  readonly plan: ImportPlan;
  /** The program; absent where no flow could be read. */
  readonly program?: GeneratedProgram;
  /** What became of its files; absent where nothing was written. */
  readonly written?: WrittenProgram;
  /** Flows that the folder's program had and the service no longer has: they are left out of it. */
  readonly gone: readonly ImportFailure[];
  /** What was asked for and could not be read. */
  readonly failed: readonly ImportFailure[];
}

/**
 * Reads flows and writes the program that takes them over. Nothing is written to the service, and nothing to the folder
 * where a person's work would be lost.
 *
 * @throws EditedFilesError, ApiError; an Error where flows of the folder's program could not be read now, or all are gone
 */
export async function importFlows(
  service: Service,
  { selection, folder, diagram, force, dryRun }: ImportFlowsArgs,
  onProgress?: OnProgress,
): Promise<Imported> {
  const existing = await readProgram(folder);
  const refuse = (files: readonly string[]): void => {
    if (!dryRun && !force) refuseEdited(folder, existing, files);
  };
  // What is sure to be refused is refused before a thousand flows are read.
  refuse([
    MAIN_FILE,
    ...existing.filter(({ author }) => author === "edited").map(({ path }) => path),
  ]);
  const earlier = existing.filter(({ author }) => author !== "foreign");
  const known = [...earlierNames(earlier.map(({ text }) => text)).resources.keys()];
  const asked = new Set(selection.flowIds);
  const plan = await readPlan(service, { ...selection, flowIds: [...asked, ...known] }, onProgress);
  const gone = plan.failed.filter(
    (one) => one.kind === "flow" && one.gone === true && !asked.has(one.id),
  );
  const failed = plan.failed.filter((one) => !gone.includes(one));
  if (!dryRun && !force) {
    refuseToDrop(failed, known);
    refuseOtherAccount(gone, known, service);
  }
  if (plan.flows.length === 0) return { plan, gone, failed };
  const hasDiagram = existing.some(
    ({ path, author }) => path === "diagram.md" && author === "ours",
  );
  const program = await programOf(plan, { earlier, diagram: diagram || hasDiagram });
  const files = program.files.map(({ path }) => path);
  refuse(files);
  if (dryRun) return { plan, program, gone, failed };
  return {
    plan,
    program,
    gone,
    failed,
    written: await writeProgram(folder, program.files, keptAway(existing, force)),
  };
}

/** A flow that fails now would vanish from a program that has it, and `pulumi up` would go to delete it. */
function refuseToDrop(failed: readonly ImportFailure[], known: readonly string[]): void {
  const dropped = failed.filter(({ id, gone }) => known.includes(id) && gone !== true);
  if (dropped.length === 0) return;
  const lines = dropped.map(({ reason }) => `  - ${reason.replaceAll("\n", "\n    ")}`);
  throw new Error(
    `nothing was written, since flows of this program could not be read, and would be missing from it:\n${lines.join("\n")}\nNext: run again, or leave them out (--force).`,
  );
}

/** A token for another account or region would answer 404 to every flow of the program (contract.md 5.8). */
function refuseOtherAccount(
  gone: readonly ImportFailure[],
  known: readonly string[],
  { settings: { origin, allowAllGone } }: Service,
): void {
  if (allowAllGone || known.length < 2 || gone.length < known.length) return;
  throw new Error(
    `nothing was written, since none of this program's ${String(known.length)} flows is at ${origin}, which a token of another account, environment or region looks like.\nNext: check CELIGO_API_TOKEN and CELIGO_REGION (or CELIGO_BASE_URL), or import into another folder (--out). If all of them are really gone, leave them out (--force).`,
  );
}

/** With `--force`, what a person edited is ours again. */
function keptAway(existing: readonly ExistingFile[], force: boolean): ExistingFile[] {
  return existing.map((file) =>
    force && file.author === "edited" ? { ...file, author: "ours" } : file,
  );
}
