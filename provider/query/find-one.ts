import type { Service } from "../service";
import { type LookupFilter, type LookupKind, type LookupResult, lookUp } from "./lookup";

/** None has the name, or several have it. The message lists what is there. */
class NotExactlyOneError extends Error {
  override readonly name = "NotExactlyOneError";
}

/** Most names or ids that a message lists. */
const MOST = 20;

/**
 * The one export, import, connection or integration of a name.
 *
 * @throws NotExactlyOneError when there is none or more than one; ApiError
 */
export async function findOne(
  service: Service,
  kind: LookupKind,
  { name, integrationId }: LookupFilter & { readonly name: string },
): Promise<LookupResult> {
  const all = await lookUp(service, kind, { integrationId });
  const [only, another] = all.filter((one) => one.name === name);
  if (only !== undefined && another === undefined) return only;
  const where = integrationId === undefined ? "" : ` in integration ${integrationId}`;
  const { origin } = service.settings;
  if (only === undefined) throw new NotExactlyOneError(missing({ kind, name, where, origin }, all));
  const twins = all.filter((one) => one.name === name);
  throw new NotExactlyOneError(ambiguous({ kind, name, where, origin }, twins));
}

interface Asked {
  readonly kind: LookupKind;
  readonly name: string;
  readonly where: string;
  readonly origin: string;
}

function missing({ kind, name, where, origin }: Asked, all: readonly LookupResult[]): string {
  const head = `No ${singular(kind)} at ${origin}${where} is named "${name}".`;
  if (all.length === 0) {
    return `${head} The token sees no ${kind} there at all.\nNext: check token and region (celigo:region); a token limited to some integrations needs \`integrationId\`.`;
  }
  const names = nearestFirst(name, [...new Set(all.map((one) => one.name))]);
  return `${head} These are there:\n${listed(names.map((one) => `"${one}"`))}\nNext: correct the name; it has to be the same in every environment.`;
}

function ambiguous({ kind, name, where, origin }: Asked, twins: readonly LookupResult[]): string {
  const lines = twins.map(
    ({ id, integrationId }) =>
      `${id}${integrationId === undefined ? "" : ` (integration ${integrationId})`}`,
  );
  return `${String(twins.length)} ${kind} at ${origin}${where} are named "${name}":\n${listed(lines)}\nNext: give one of them another name, say which by \`integrationId\`, or use its id.`;
}

function listed(lines: readonly string[]): string {
  const shown = lines.slice(0, MOST).map((line) => `  - ${line}`);
  const left = lines.length - shown.length;
  return [...shown, ...(left > 0 ? [`  - and ${String(left)} more`] : [])].join("\n");
}

/** Names that share the most words and beginnings with the wanted one come first; the rest by the alphabet. */
function nearestFirst(wanted: string, names: readonly string[]): string[] {
  const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const sought = new Set(words(wanted));
  const score = (name: string): number => words(name).filter((word) => sought.has(word)).length;
  return [...names].sort((one, two) => score(two) - score(one) || one.localeCompare(two));
}

function singular(kind: LookupKind): string {
  return kind.slice(0, -1);
}
