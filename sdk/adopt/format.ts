import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";

/** TypeScript as Prettier writes it by its own defaults, whatever settings the folder has: the same text everywhere. */
export function formatProgram(text: string): Promise<string> {
  return format(text, { parser: "typescript", plugins: [estree, typescript], endOfLine: "lf" });
}
