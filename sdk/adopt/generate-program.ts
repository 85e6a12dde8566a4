import type { GeneratedProgram, GenerateProgramOptions } from "./generated-program";
import type { ImportPlan } from "./plan";
import type * as program from "./program";

/**
 * Turns a plan into a Pulumi program in TypeScript that takes its flows over as they are: formatted, type-checked under
 * `strict`, without secrets, and the same text for the same flows in whatever order they come.
 *
 * @param plan - from {@link readFlowsForImport}
 * @param options - files of an earlier run, whose names are kept, and whether a picture comes along
 */
export async function generateProgram(
  plan: ImportPlan,
  options?: GenerateProgramOptions,
): Promise<GeneratedProgram> {
  // Loaded by the first call: the formatter alone takes as long to load as the rest of the package.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { programOf } = require("./program") as typeof program;
  return programOf(plan, options);
}
