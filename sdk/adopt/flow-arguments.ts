import type { FlowDocument, Json } from "../../provider/api/types";
import { adoptionProblems } from "../../provider/flow/adopt";
import { isRecord } from "../../provider/flow/normal";
import type { FlowInputs } from "../../provider/flow/state";
import { validateFlow } from "../../provider/flow/validate-flow";
import { decidedFields } from "./decided";
import { type Argument, propertyPath, SecretValue, secretsIn, withoutSecrets } from "./secrets";

/** A path under `ignoreChanges`. */
export interface IgnoredPath {
  /** As the engine takes it. */
  readonly path: string;
  /** Why, as one line of comment. */
  readonly why: string;
}

/** What a program says of one flow, so that it is adopted as it is. */
export interface FlowArguments {
  /** Arguments by name, in the order of the table. */
  readonly fields: Readonly<Record<string, Argument>>;
  /** What cannot be compared or declared. */
  readonly ignored: readonly IgnoredPath[];
  /** Secrets among the arguments. */
  readonly secrets: readonly SecretValue[];
}

/**
 * The arguments with which a flow is adopted without a write. What the provider would not take (a half-finished step, a
 * schedule in another form) is left out and ignored, so that the live value stays. Proven here by the provider's own checks.
 *
 * @param resourceName - the resource's name, which is the flow's where the arguments have none
 * @throws Error when no arguments can be found, which would be a mistake of ours
 */
export function argumentsOf(document: FlowDocument, resourceName: string): FlowArguments {
  const decided = Object.entries(decidedFields(document)).map(
    ([name, value]) => [name, withoutSecrets(name, value)] as const,
  );
  let fields: Readonly<Record<string, Argument>> = Object.fromEntries(decided);
  const left: IgnoredPath[] = [];
  for (;;) {
    const ignored = [...left, ...ignoredSecrets(fields)];
    const problem = firstProblem(document, inputsOf(fields, resourceName, ignored));
    if (problem === undefined) return { fields, ignored, secrets: secretsIn(fields) };
    const name = problem.path.split(/[.[]/)[0] ?? "";
    if (left.some(({ path }) => path === name))
      throw new Error(`argumentsOf: ${problem.path} ${problem.reason}`);
    left.push({
      path: name,
      why: `Left as it is in the service: ${problem.path} ${problem.reason}.`,
    });
    const { [name]: _without, ...rest } = fields;
    fields = rest;
  }
}

function firstProblem(
  document: FlowDocument,
  inputs: FlowInputs,
): { readonly path: string; readonly reason: string } | undefined {
  const [invalid] = [...validateFlow(inputs), ...incompleteStarts(inputs["runNextExportIds"])];
  if (invalid !== undefined) return invalid;
  const [different] = adoptionProblems(document, inputs);
  // Both values may be long, and one of them may be a secret.
  return different === undefined
    ? undefined
    : { path: different.path, reason: "cannot be declared as it is live" };
}

/** The types want both ids. */
function incompleteStarts(starts: unknown): { readonly path: string; readonly reason: string }[] {
  if (!Array.isArray(starts)) return [];
  const whole = starts.every(
    (start) =>
      isRecord(start) &&
      typeof start["flowId"] === "string" &&
      typeof start["exportId"] === "string",
  );
  return whole ? [] : [{ path: "runNextExportIds", reason: "lacks a flow or an export" }];
}

/** What the provider will see of the program; a secret is whatever the user has set. */
function inputsOf(
  fields: Readonly<Record<string, Argument>>,
  resourceName: string,
  ignored: readonly IgnoredPath[],
): FlowInputs {
  const plain = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, revealed(value)]),
  );
  return {
    name: resourceName,
    disabled: false,
    ...plain,
    __ignoreChanges: ignored.map(({ path }) => path),
  };
}

/** An argument as it arrives: Pulumi loses a key named `__proto__`, and whatever is no well-formed text. */
function revealed(argument: Argument): Json {
  if (argument instanceof SecretValue) return "a secret";
  if (typeof argument === "string") return Buffer.from(argument).toString();
  if (Array.isArray(argument)) return argument.map((member: Argument) => revealed(member));
  if (typeof argument !== "object" || argument === null) return argument;
  const members: [string, Argument][] = Object.entries(argument);
  return Object.fromEntries(
    members.filter(([key]) => key !== "__proto__").map(([key, member]) => [key, revealed(member)]),
  );
}

/** A mask can never be compared, and a secret in the clear would stand in the message of a difference. */
function ignoredSecrets(fields: Readonly<Record<string, Argument>>): IgnoredPath[] {
  const byPath = new Map<string, IgnoredPath>();
  for (const { path, secrecy } of secretsIn(fields)) {
    const text = propertyPath(path);
    const why =
      secrecy === "masked"
        ? "The service shows only asterisks, which cannot be compared."
        : "A secret: not compared, so that it stands in no message.";
    if (!byPath.has(text)) byPath.set(text, { path: text, why });
  }
  return [...byPath.values()];
}
