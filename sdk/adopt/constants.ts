import { type EarlierNames, earlierConstants } from "./earlier-names";
import { identifier, uniqueNames } from "./names";
import type { ImportPlan, PlannedKind, PlannedResource } from "./plan";
import { commentLine, quoted } from "./source";

/** A constant for the id of something that flows use. */
export interface Constant {
  /** What it is. */
  readonly kind: PlannedKind;
  /** The name in the program. */
  readonly identifier: string;
  /** The id. */
  readonly id: string;
  /** What a reader may want to know; may be empty. */
  readonly comment: string;
}

/** Constants by {@link constantKey}. */
export type Constants = ReadonlyMap<string, Constant>;

/** Kinds in the order in which their constants stand, with the last word of their names and a heading. */
const KINDS = [
  { kind: "integrations", word: "Integration", heading: "Integrations" },
  { kind: "connections", word: "Connection", heading: "Connections" },
  { kind: "exports", word: "Export", heading: "Exports: where records come from, and lookups" },
  { kind: "imports", word: "Import", heading: "Imports: where records go" },
  { kind: "scripts", word: "Script", heading: "Scripts" },
  { kind: "flows", word: "Flow", heading: "Flows that this program does not manage" },
] as const;

/** Key of a constant. */
export function constantKey(kind: PlannedKind, id: string): string {
  return `${kind} ${id}`;
}

/** A constant for everything of the plan, named after what it is called in the service. Pure. */
export function constantsOf(plan: ImportPlan, earlier: EarlierNames): Constants {
  const resources = { ...plan, flows: plan.otherFlows };
  const connections = new Map(plan.connections.map((one) => [one.id, one]));
  const entries = KINDS.flatMap(({ kind, word }) => {
    const members = resources[kind].map((one) => ({
      ...one,
      wanted: identifier(one.name ?? "", word),
    }));
    const names = uniqueNames(members, {
      fallback: word.toLowerCase(),
      separator: "",
      earlier: earlierConstants(earlier, word),
    });
    return resources[kind].map((one): [string, Constant] => {
      const comment = commentOf(kind, one, connections);
      return [
        constantKey(kind, one.id),
        { kind, id: one.id, identifier: names.get(one.id) ?? "", comment },
      ];
    });
  });
  return new Map(entries);
}

/** The statements that define constants, under a heading for each kind, sorted by name. Pure. */
export function constantStatements(constants: readonly Constant[], isExported: boolean): string {
  const sections = KINDS.map(({ kind, heading }) => {
    const own = constants
      .filter((one) => one.kind === kind)
      .sort((left, right) => (left.identifier < right.identifier ? -1 : 1));
    const lines = own.map(({ identifier: name, id, comment }) => {
      const statement = `${isExported ? "export " : ""}const ${name} = ${quoted(id)};`;
      return comment === "" ? `${statement}\n` : `${statement} ${commentLine(comment)}`;
    });
    return own.length === 0 ? "" : `${commentLine(heading)}${lines.join("")}`;
  });
  return sections.filter((section) => section !== "").join("\n");
}

function commentOf(
  kind: PlannedKind,
  { name, adaptorType, connectionId }: PlannedResource,
  connections: ReadonlyMap<string, PlannedResource>,
): string {
  if (name === undefined) return "without a name, or not readable with this token";
  if (kind !== "exports" && kind !== "imports") return "";
  const over =
    connectionId === undefined
      ? undefined
      : `connection ${JSON.stringify(connections.get(connectionId)?.name ?? connectionId)}`;
  return [adaptorType, over].filter((part) => part !== undefined).join(", ");
}
