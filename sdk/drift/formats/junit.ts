import Builder from "fast-xml-builder";

import type { DriftReport, FlowReport, UnmanagedFlow } from "../report";
import { flowLines, placeText, summaryLine, unmanagedText } from "./wording";

/** A test case as the builder takes it: `@` marks attributes, `#text` is the content. */
interface TestCase {
  readonly "@name": string;
  readonly "@classname": string;
  readonly failure?: Outcome;
  readonly error?: Outcome;
}

interface Outcome {
  readonly "@message": string;
  readonly "@type": string;
  readonly "#text": string;
}

/**
 * The report as JUnit: a test case per flow, failed where it drifted; an error where it could not be told, so that a CI never
 * counts it as passed.
 */
export function junitReport(report: DriftReport): string {
  const cases = [
    ...report.flows.map(flowCase),
    ...(report.unmanaged?.flows ?? []).map(unmanagedCase),
    ...(report.result === "unknown" ? [errorCase(report)] : []),
  ];
  const counts = {
    "@tests": String(cases.length),
    "@failures": String(cases.filter(({ failure }) => failure).length),
    "@errors": String(cases.filter(({ error }) => error).length),
  };
  const suite = {
    "@name": clean(`drift ${placeText(report)}`),
    ...counts,
    "@timestamp": report.generatedAt.replace(/\.\d+Z$/, ""),
    testcase: cases,
  };
  const builder = new Builder({ attributeNamePrefix: "@", ignoreAttributes: false, format: true });
  const body = builder.build({ testsuites: { ...counts, testsuite: suite } });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body.trimEnd()}\n`;
}

function flowCase(flow: FlowReport): TestCase {
  const base = { "@name": clean(flow.resource), "@classname": "celigo.Flow" };
  if (flow.status === "in-sync") return base;
  const lines = flowLines(flow);
  const message = flow.status === "missing" ? (lines[0] ?? "") : `${String(lines.length)} changed`;
  return { ...base, failure: outcome(message, flow.status, lines.join("\n")) };
}

function unmanagedCase(flow: UnmanagedFlow): TestCase {
  const message = unmanagedText(flow);
  return {
    "@name": clean(`${flow.name} (${flow.id})`),
    "@classname": "celigo.unmanaged",
    failure: outcome(message, "unmanaged", message),
  };
}

function errorCase(report: DriftReport): TestCase {
  return {
    "@name": "drift",
    "@classname": "celigo.Stack",
    error: outcome(summaryLine(report), "unknown", report.error ?? ""),
  };
}

function outcome(message: string, type: string, text: string): Outcome {
  return { "@message": clean(message), "@type": type, "#text": clean(text) };
}

/** XML 1.0 has no place for some characters, not even escaped. */
function clean(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the ones
  return text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu, "\uFFFD");
}
