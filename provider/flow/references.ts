import { isApiError } from "../api/errors";
import { explain, messageOf } from "../explain";
import { say } from "../log";
import type { Reads } from "../reads";
import type { Service } from "../service";
import { isRecord } from "./normal";
import type { FlowInputs } from "./state";
import { isUnknown } from "./unknown";
import type { Problem } from "./validate";

/** A step's reference to an export or import. */
interface Reference {
  readonly kind: "export" | "import";
  readonly id: string;
  readonly path: string;
}

/**
 * Exports and imports that new or changed steps name and that do not exist (contract.md 5.4). Asked together and remembered
 * for the process, by list when they are many; what cannot be looked up passes with a line that says so. Nothing is asked
 * for steps that did not change.
 */
export async function checkReferences(
  service: Service,
  olds: FlowInputs,
  news: FlowInputs,
): Promise<Problem[]> {
  const before = new Set(referencesOf(olds).map(({ kind, id }) => `${kind} ${id}`));
  const fresh = referencesOf(news).filter(({ kind, id }) => !before.has(`${kind} ${id}`));
  const found = await Promise.all(
    fresh.map(async (reference) => checkOne(service, reference, news)),
  );
  return found.flat();
}

async function checkOne(
  service: Service,
  { kind, id, path }: Reference,
  inputs: FlowInputs,
): Promise<Problem[]> {
  if (isDown(service)) return [];
  const reads: Reads = kind === "export" ? service.exports : service.imports;
  try {
    if ((await reads.load({ id })) !== undefined) return [];
  } catch (error) {
    const malformed =
      isApiError(error, "invalid") &&
      error.info.complaints.some(({ code }) => code === "invalid_ref");
    if (!malformed) {
      if (!isApiError(error, "forbidden", "invalid")) down.set(service, service.clock.now());
      const name = typeof inputs["name"] === "string" ? inputs["name"] : undefined;
      warnOnce(
        service,
        `${explain(error, { doing: `looking up ${kind}s for`, name }, service.settings).split("\n", 1)[0] ?? messageOf(error)} Whether they exist was not checked.`,
      );
      return [];
    }
  }
  return [
    { path, reason: `names ${kind} "${id}", which does not exist in this account and environment` },
  ];
}

/** How long nothing is asked after a service that did not answer: thousands of flows must not wait for it one by one. */
const PATIENCE_MS = 60_000;
const down = new WeakMap<Service, number>();

function isDown(service: Service): boolean {
  const since = down.get(service);
  return since !== undefined && service.clock.now() - since < PATIENCE_MS;
}

const warned = new WeakMap<Service, Set<string>>();

/** Says a thing once per process, however many flows it is true of. */
function warnOnce(service: Service, line: string): void {
  const said = warned.get(service) ?? new Set();
  warned.set(service, said);
  const kind = line.replace(/"[^"]*"/g, "");
  if (!said.has(kind)) say(`warning: ${line}`);
  said.add(kind);
}

function referencesOf(inputs: FlowInputs): Reference[] {
  const { pageGenerators, pageProcessors, routers } = inputs;
  return [
    ...stepsOf(pageGenerators, "pageGenerators"),
    ...stepsOf(pageProcessors, "pageProcessors"),
    ...listOf(routers).flatMap((router, index) =>
      listOf(router["branches"]).flatMap((branch, position) =>
        stepsOf(
          branch["pageProcessors"],
          `routers[${String(index)}].branches[${String(position)}].pageProcessors`,
        ),
      ),
    ),
  ];
}

function stepsOf(steps: unknown, path: string): Reference[] {
  return listOf(steps).flatMap(({ exportId, importId }, index) => {
    const at = `${path}[${String(index)}]`;
    return [
      ...one("export", exportId, `${at}.exportId`),
      ...one("import", importId, `${at}.importId`),
    ];
  });
}

function one(kind: Reference["kind"], id: unknown, path: string): Reference[] {
  // An empty id is refused by itself, and would ask for the whole list.
  const isAskable = typeof id === "string" && id.trim() !== "" && !isUnknown(id);
  return isAskable ? [{ kind, id, path }] : [];
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
