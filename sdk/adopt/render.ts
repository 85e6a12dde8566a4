import { FLOW } from "../../provider/flow/fields";
import { isRecord } from "../../provider/flow/normal";
import type { Shape } from "../../provider/flow/shape";
import { type Constants, constantKey } from "./constants";
import type { PlannedKind } from "./plan";
import { kindOf, LEGACY_STEPS } from "./references";
import { type Argument, SecretValue } from "./secrets";
import { Code, Commented, quoted, source } from "./source";

/** What the text of one flow's arguments depends on, and what it turns out to use. */
export interface Surroundings {
  /** The flow itself. */
  readonly flowId: string;
  /** Constants of ids. */
  readonly constants: Constants;
  /** How another flow of the program is written here, or why its id has to stand here instead; `undefined` for strangers. */
  readonly flow: (
    id: string,
  ) => { readonly variable: string } | { readonly why: string } | undefined;
  /** Ids that the service does not have, by {@link constantKey}. */
  readonly missing: ReadonlySet<string>;
  /** Config key of a secret. */
  readonly secretKey: (secret: SecretValue) => string;
  /** Told of each constant that is used. */
  readonly use: (key: string) => void;
}

const SINGULAR: Readonly<Record<PlannedKind, string>> = {
  exports: "export",
  imports: "import",
  scripts: "script",
  connections: "connection",
  integrations: "integration",
  flows: "flow",
};

/** Arguments with constants and references in place of ids, ready for `source`. */
export function render(
  fields: Readonly<Record<string, Argument>>,
  around: Surroundings,
): Record<string, unknown> {
  const { additionalFields, ...typed } = fields;
  const members = Object.entries(typed).map(
    ([name, value]) => [name, renderValue(FLOW.fields[name]?.shape, name, value, around)] as const,
  );
  return {
    ...Object.fromEntries(members),
    ...(additionalFields !== undefined && {
      additionalFields: renderLegacy(additionalFields, around),
    }),
  };
}

function renderValue(
  shape: Shape | undefined,
  name: string,
  value: unknown,
  around: Surroundings,
): unknown {
  if (value instanceof SecretValue)
    return new Code(`config.requireSecret(${quoted(around.secretKey(value))})`);
  if (typeof value === "string") {
    const kind = shape?.kind === "text" ? kindOf(name) : undefined;
    return kind === undefined ? value : reference(kind, value, around);
  }
  if (Array.isArray(value)) {
    const inner = shape?.kind === "list" ? shape.of : undefined;
    return value.map((member: unknown) => renderValue(inner, name, member, around));
  }
  return isRecord(value) ? renderObject(shape, name, value, around) : value;
}

function renderObject(
  shape: Shape | undefined,
  name: string,
  value: Readonly<Record<string, unknown>>,
  around: Surroundings,
): unknown {
  const known = shape?.kind === "object" ? shape.fields : {};
  const members = Object.entries(value).map(([key, member]) => [
    key,
    renderValue(known[key]?.shape, key, member, around),
  ]);
  const rendered: unknown = Object.fromEntries(members);
  const type = shape === undefined ? undefined : unfitFor(name, value);
  return type === undefined
    ? rendered
    : new Code(`${source(rendered)} as unknown as celigo.${type}`);
}

/** The public type that a value should have and does not, such as that of a step which nobody has finished. */
function unfitFor(name: string, value: Readonly<Record<string, unknown>>): string | undefined {
  const { type, exportId, importId } = value;
  if (name === "responseMapping") return isMapping(value) ? undefined : "ResponseMapping";
  if (name === "pageGenerators") return exportId === undefined ? "PageGenerator" : undefined;
  if (name !== "pageProcessors") return undefined;
  const isWhole =
    (type === "import" && importId !== undefined) || (type === "export" && exportId !== undefined);
  return isWhole ? undefined : "PageProcessor";
}

/** The steps of an old flow, the only raw fields that a generated program declares. */
function renderLegacy(fields: unknown, around: Surroundings): unknown {
  if (!isRecord(fields)) return fields;
  const members = Object.entries(fields).map(([wire, id]) => {
    const kind = LEGACY_STEPS[wire];
    return [
      wire,
      kind === undefined || typeof id !== "string"
        ? renderValue(undefined, wire, id, around)
        : reference(kind, id, around),
    ];
  });
  return Object.fromEntries(members);
}

function reference(kind: PlannedKind, id: string, around: Surroundings): unknown {
  if (around.missing.has(constantKey(kind, id)))
    return new Commented(id, `The service has no ${SINGULAR[kind]} with this id.`);
  const own = kind === "flows" ? around.flow(id) : undefined;
  if (own !== undefined)
    return "variable" in own ? new Code(`${own.variable}.id`) : new Commented(id, own.why);
  const key = constantKey(kind, id);
  const constant = around.constants.get(key);
  if (constant === undefined) return id;
  around.use(key);
  return new Code(constant.identifier);
}

/** Whether a mapping has the members that the types know, and no others. */
function isMapping(value: Readonly<Record<string, unknown>>): boolean {
  const { fields = [], lists = [], ...rest } = value;
  if (Object.keys(rest).length > 0 || !Array.isArray(fields) || !Array.isArray(lists)) return false;
  return fields.every((field) => {
    if (!isRecord(field)) return false;
    const { extract = "", generate = "", ...others } = field;
    return (
      typeof extract === "string" &&
      typeof generate === "string" &&
      Object.keys(others).length === 0
    );
  });
}
