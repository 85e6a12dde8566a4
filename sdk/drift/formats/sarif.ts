import type { Location, Log, Notification, ReportingDescriptor, Result } from "sarif";

import type { DriftReport, FlowReport, SourceLine, UnmanagedFlow } from "../report";
import { drifted } from "../report";
import { changeText, flowLines, placeText, unmanagedText } from "./wording";

const RULES: readonly ReportingDescriptor[] = [
  {
    id: "celigo/changed-field",
    name: "ChangedField",
    shortDescription: { text: "A field of a flow is not as declared" },
    help: { text: "Repair it with `pulumi up --refresh`, or accept it: change the program." },
    defaultConfiguration: { level: "warning" },
  },
  {
    id: "celigo/missing-flow",
    name: "MissingFlow",
    shortDescription: { text: "A flow was deleted elsewhere" },
    help: { text: "`pulumi up --refresh` makes it anew; or take it out of the program." },
    defaultConfiguration: { level: "error" },
  },
  {
    id: "celigo/unmanaged-flow",
    name: "UnmanagedFlow",
    shortDescription: { text: "A flow in a managed integration is not declared" },
    help: { text: "Declare it with the `import` option, or delete it." },
    defaultConfiguration: { level: "note" },
  },
];

/**
 * The report as SARIF 2.1.0, for code scanning: a result per changed field, missing flow and unmanaged flow, at the line that
 * declares the flow.
 *
 * @param fallback - file for what has no line of its own
 */
export function sarifReport(report: DriftReport, fallback: SourceLine): string {
  const { result, error, warnings, generatedAt, unmanaged, tool } = report;
  const notifications: Notification[] = [
    ...(error === undefined ? [] : [{ level: "error" as const, message: { text: error } }]),
    ...warnings.map((text) => ({ level: "warning" as const, message: { text } })),
  ];
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, rules: [...RULES] } },
        automationDetails: { id: `drift/${placeText(report)}/` },
        invocations: [
          {
            executionSuccessful: result !== "unknown",
            endTimeUtc: generatedAt,
            toolExecutionNotifications: notifications,
          },
        ],
        results: [
          ...drifted(report).flatMap((flow) => flowResults(flow, fallback)),
          ...(unmanaged?.flows ?? []).map((flow) => unmanagedResult(flow, fallback)),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function flowResults(flow: FlowReport, fallback: SourceLine): Result[] {
  const locations = [locationOf(flow.source ?? fallback, flow)];
  if (flow.status === "missing") {
    const text = flowLines(flow).join("\n");
    return [resultOf("celigo/missing-flow", text, locations, [flow.urn])];
  }
  return flow.changes.map((change) => {
    const text = `${flow.resource}: ${changeText(change)}`;
    return resultOf("celigo/changed-field", text, locations, [flow.urn, change.path]);
  });
}

function unmanagedResult(flow: UnmanagedFlow, fallback: SourceLine): Result {
  const locations = [locationOf(fallback)];
  return resultOf("celigo/unmanaged-flow", unmanagedText(flow), locations, [flow.id]);
}

function resultOf(
  ruleId: string,
  text: string,
  locations: Location[],
  identity: readonly string[],
): Result {
  const ruleIndex = RULES.findIndex(({ id }) => id === ruleId);
  return {
    ruleId,
    ruleIndex,
    level: RULES[ruleIndex]?.defaultConfiguration?.level ?? "warning",
    message: { text },
    locations,
    partialFingerprints: { "celigo/v1": identity.join(" ") },
  };
}

function locationOf({ file, line = 1, column }: SourceLine, flow?: FlowReport): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/") },
      region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
    },
    ...(flow !== undefined && {
      logicalLocations: [{ name: flow.resource, fullyQualifiedName: flow.urn, kind: "resource" }],
    }),
  };
}
