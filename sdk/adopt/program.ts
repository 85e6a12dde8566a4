import path from "node:path";

import { flowTitle } from "../../provider/explain";
import type { Order } from "./chains";
import { orderOf } from "./chains";
import { type Constants, constantKey, constantsOf, constantStatements } from "./constants";
import { diagramOf } from "./diagram";
import { earlierNames } from "./earlier-names";
import { flowStatement, type NamedFlow } from "./flow-statement";
import { formatProgram } from "./format";
import type { GeneratedFile, GeneratedProgram, GenerateProgramOptions } from "./generated-program";
import { IDS_FILE, layoutOf, MAIN_FILE } from "./layout";
import { withMarker } from "./marker";
import { namedFlows } from "./named-flows";
import type { ImportPlan } from "./plan";
import { referencesIn } from "./references";
import type { Surroundings } from "./render";

/** Everything that the text of a program is made from. */
interface Whole {
  readonly plan: ImportPlan;
  readonly flows: ReadonlyMap<string, NamedFlow>;
  readonly constants: Constants;
  readonly order: Order;
  /** Files that would have to import each other. */
  readonly fileCycles: Order["cycles"];
  /** For each flow that others refer to, the files that do. */
  readonly users: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Turns a plan into the files of a Pulumi program. The same plan gives the same text, whatever the order of its lists. */
export async function programOf(
  plan: ImportPlan,
  { earlier = [], diagram = false }: GenerateProgramOptions = {},
): Promise<GeneratedProgram> {
  const names = earlierNames(earlier.map(({ text }) => text));
  const flows = new Map(namedFlows(plan, names, layoutOf(plan)).map((flow) => [flow.id, flow]));
  const byName = [...flows.values()].sort((left, right) =>
    left.resourceName < right.resourceName ? -1 : 1,
  );
  const order = orderOf(
    byName.map(({ id }) => id),
    (id) => chained(flows.get(id)),
  );
  const links = byName.flatMap((from) =>
    chained(from).flatMap((id) => linkTo(from, flows.get(id), order)),
  );
  const fileOrder = orderOf([...new Set(byName.map(({ file }) => file))], (file) =>
    links
      .filter(({ from }) => from.file === file)
      .map(({ to }) => to.file)
      .filter((other) => other !== file),
  );
  const users = new Map<string, Set<string>>();
  for (const { from, to } of links) {
    if (from.file === to.file || fileOrder.cycles.get(from.file)?.has(to.file) !== true)
      users.set(to.id, (users.get(to.id) ?? new Set()).add(from.file));
  }
  const whole: Whole = {
    plan,
    flows,
    constants: constantsOf(plan, names),
    order,
    fileCycles: fileOrder.cycles,
    users,
  };
  const texts = textsOf(whole);
  const formatted = await Promise.all(
    [...texts].map(async ([file, text]): Promise<GeneratedFile> => ({
      path: file,
      text: withMarker(file, await formatProgram(text)),
    })),
  );
  const picture = diagram
    ? [{ path: "diagram.md", text: withMarker("diagram.md", diagramOf(plan)) }]
    : [];
  return {
    files: [...formatted, ...picture],
    flows: byName.map(({ id, name, resourceName, file }) => ({ id, name, resourceName, file })),
    secrets: byName.flatMap(({ id, secrets }) =>
      secrets.map(({ key, path: at }) => ({ key, flowId: id, path: at })),
    ),
  };
}

function chained(flow: NamedFlow | undefined): string[] {
  return flow === undefined
    ? []
    : referencesIn(flow.arguments.fields).flatMap(({ kind, id }) => (kind === "flows" ? [id] : []));
}

function linkTo(
  from: NamedFlow,
  to: NamedFlow | undefined,
  { cycles }: Order,
): { readonly from: NamedFlow; readonly to: NamedFlow }[] {
  return to === undefined || cycles.get(from.id)?.has(to.id) === true ? [] : [{ from, to }];
}

/** The program's files, not yet formatted, by path; the main file first. */
function textsOf(whole: Whole): Map<string, string> {
  const files = [...new Set([...whole.flows.values()].map(({ file }) => file))].sort();
  const used = new Set<string>();
  const bodies = new Map(files.map((file) => [file, fileText(whole, file, used)]));
  const main = bodies.get(MAIN_FILE);
  if (main !== undefined || files.length === 0)
    return new Map([[MAIN_FILE, main ?? IMPORT_CELIGO]]);
  const index = files
    .map((file) => `import ${JSON.stringify(modulePath(MAIN_FILE, file))};\n`)
    .join("");
  const ids = constantStatements(constantsFor(whole, used), true);
  return new Map([
    [MAIN_FILE, index],
    ...(ids === "" ? [] : [[IDS_FILE, ids] as const]),
    ...bodies,
  ]);
}

const IMPORT_CELIGO = 'import * as celigo from "pulumi-celigo";\n';

function fileText(whole: Whole, file: string, usedAnywhere: Set<string>): string {
  const used = new Set<string>();
  const others = new Map<string, Set<string>>();
  const own = whole.order.sorted
    .map((id) => whole.flows.get(id))
    .filter((flow): flow is NamedFlow => flow?.file === file);
  const statements = own.map((flow) =>
    flowStatement(flow, {
      around: surroundings(whole, flow, used, others),
      isNamed: whole.users.has(flow.id),
      isExported: isExported(whole, flow),
    }),
  );
  for (const key of used) usedAnywhere.add(key);
  const constants = constantsFor(whole, used);
  const inFile = file === MAIN_FILE;
  const needsConfig = own.some(({ secrets }) => secrets.length > 0);
  const imports = [
    ...(needsConfig ? ['import * as pulumi from "@pulumi/pulumi";\n'] : []),
    IMPORT_CELIGO,
    ...(inFile || constants.length === 0
      ? []
      : [
          "\n",
          importText(
            constants.map(({ identifier }) => identifier),
            modulePath(file, IDS_FILE),
          ),
        ]),
    ...[...others]
      .sort()
      .map(([other, variables]) => importText([...variables], modulePath(file, other))),
  ].join("");
  const config = needsConfig ? "const config = new pulumi.Config();\n" : "";
  return [imports, config, inFile ? constantStatements(constants, false) : "", ...statements]
    .filter((part) => part !== "")
    .join("\n");
}

function surroundings(
  whole: Whole,
  from: NamedFlow,
  used: Set<string>,
  others: Map<string, Set<string>>,
): Surroundings {
  return {
    flowId: from.id,
    constants: whole.constants,
    missing: new Set(whole.plan.missing.map(({ kind, id }) => constantKey(kind, id))),
    secretKey: (secret) => from.secrets.find((one) => one.secret === secret)?.key ?? "",
    use: (key) => used.add(key),
    flow: (id) => {
      const to = whole.flows.get(id);
      if (to === undefined) return undefined;
      if (to === from) return { why: "The flow's own id: a resource cannot refer to itself." };
      if (whole.order.cycles.get(from.id)?.has(id) === true)
        return {
          why: `The id of ${flowTitle({ name: to.name })}, whose chain leads back to this flow: Pulumi cannot order a cycle of references.`,
        };
      if (to.file === from.file) return { variable: to.variable };
      if (whole.fileCycles.get(from.file)?.has(to.file) === true)
        return {
          why: `The id of ${flowTitle({ name: to.name })} in ${path.basename(to.file)}, which already refers to this file: two files cannot import each other.`,
        };
      others.set(to.file, (others.get(to.file) ?? new Set()).add(to.variable));
      return { variable: to.variable };
    },
  };
}

function isExported({ users }: Whole, { id, file }: NamedFlow): boolean {
  return [...(users.get(id) ?? [])].some((user) => user !== file);
}

function constantsFor(
  { constants }: Whole,
  keys: ReadonlySet<string>,
): (Constants extends ReadonlyMap<string, infer C> ? C : never)[] {
  return [...constants].filter(([key]) => keys.has(key)).map(([, constant]) => constant);
}

function importText(identifiers: readonly string[], from: string): string {
  return `import { ${[...identifiers].sort().join(", ")} } from ${JSON.stringify(from)};\n`;
}

function modulePath(from: string, to: string): string {
  const relative = path.posix.relative(path.posix.dirname(from), to).replace(/\.ts$/, "");
  return relative.startsWith(".") ? relative : `./${relative}`;
}
