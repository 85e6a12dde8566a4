import type { DriftReport, SourceLine } from "../report";
import { githubReport } from "./github";
import { jsonReport } from "./json";
import { junitReport } from "./junit";
import { markdownReport } from "./markdown";
import { sarifReport } from "./sarif";
import { textReport } from "./text";

/** The formats of a report, with the name under which a file of several gets it. */
export const FORMATS = {
  text: "drift.txt",
  json: "drift.json",
  markdown: "drift.md",
  junit: "drift.xml",
  sarif: "drift.sarif",
  github: "drift.github.txt",
} as const;

/** Name of a format (contract.md 6). */
export type DriftFormat = keyof typeof FORMATS;

/** How a report is rendered. */
export interface RenderOptions {
  /** With colours, where the format has them. */
  readonly colored: boolean;
  /** File for what has no line of its own. */
  readonly fallback: SourceLine;
}

/** The report in one format. Pure. */
export function render(format: DriftFormat, report: DriftReport, options: RenderOptions): string {
  const { colored, fallback } = options;
  switch (format) {
    case "text":
      return textReport(report, colored);
    case "json":
      return jsonReport(report);
    case "markdown":
      return markdownReport(report);
    case "junit":
      return junitReport(report);
    case "sarif":
      return sarifReport(report, fallback);
    case "github":
      return githubReport(report, fallback);
  }
}
