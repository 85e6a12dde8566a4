import type { DriftReport, SourceLine } from "../report";

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

/** The report in one format. Each format's code is loaded where it is asked for. */
export async function render(
  format: DriftFormat,
  report: DriftReport,
  { colored, fallback }: RenderOptions,
): Promise<string> {
  switch (format) {
    case "text":
      return (await import("./text.js")).textReport(report, colored);
    case "json":
      return (await import("./json.js")).jsonReport(report);
    case "markdown":
      return (await import("./markdown.js")).markdownReport(report);
    case "junit":
      return (await import("./junit.js")).junitReport(report);
    case "sarif":
      return (await import("./sarif.js")).sarifReport(report, fallback);
    case "github":
      return (await import("./github.js")).githubReport(report, fallback);
  }
}
