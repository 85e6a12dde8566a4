import type { DriftReport } from "../report";

/** The report as JSON, by the schema `docs/drift.schema.json`; values in full length. */
export function jsonReport(report: DriftReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
