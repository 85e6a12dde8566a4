import type { FlowDocument } from "../../provider/api/types";
import type { FlowArguments } from "./flow-arguments";
import { LEGACY_STEPS } from "./references";
import { render, type Surroundings } from "./render";
import type { SecretValue } from "./secrets";
import { Code, Commented, commentLine, openSource, quoted, source } from "./source";

/** A secret of a flow and the config key that holds it. */
export interface NamedSecret {
  /** The secret. */
  readonly secret: SecretValue;
  /** Its config key. */
  readonly key: string;
  /** Where it stands, as a property path. */
  readonly path: string;
}

/** A flow with all the names that it has in a program. */
export interface NamedFlow {
  /** Its id in the service. */
  readonly id: string;
  /** Its display name; absent where it has none. */
  readonly name: string | undefined;
  /** Its name in the stack. */
  readonly resourceName: string;
  /** The variable that holds it, where others refer to it. */
  readonly variable: string;
  /** The file in which it stands. */
  readonly file: string;
  /** The flow as the service has it. */
  readonly document: FlowDocument;
  /** What the program says of it. */
  readonly arguments: FlowArguments;
  /** Its secrets. */
  readonly secrets: readonly NamedSecret[];
}

/** How a flow is written. */
export interface StatementOptions {
  /** What its references depend on. */
  readonly around: Surroundings;
  /** Whether a variable holds it. */
  readonly isNamed: boolean;
  /** Whether other files use that variable. */
  readonly isExported: boolean;
}

/** The statement that declares a flow and takes it over, not yet formatted. */
export function flowStatement(
  flow: NamedFlow,
  { around, isNamed, isExported }: StatementOptions,
): string {
  const variable = isNamed ? `${isExported ? "export " : ""}const ${flow.variable} = ` : "";
  const args = openSource(render(flow.arguments.fields, around));
  const options = source({ import: flow.id, protect: true, ...ignoreChanges(flow.arguments) });
  return `${remarks(flow.document)}${variable}new celigo.Flow(${quoted(flow.resourceName)}, ${args}, ${options});\n`;
}

function ignoreChanges({ ignored }: FlowArguments): Record<string, unknown> {
  if (ignored.length === 0) return {};
  return {
    ignoreChanges: ignored.map(({ path, why }) => new Commented(new Code(quoted(path)), why)),
  };
}

function remarks(document: FlowDocument): string {
  const lines: string[] = [];
  if (typeof document["_connectorId"] === "string")
    lines.push(
      "Owned by an Integration App: the service refuses its deletion, its move and some edits.",
    );
  if (Object.keys(LEGACY_STEPS).some((wire) => typeof document[wire] === "string"))
    lines.push("In the old form: one export and one import, which have no arguments of their own.");
  return lines.map(commentLine).join("");
}
