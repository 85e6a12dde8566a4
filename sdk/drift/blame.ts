import type { AuditEntry } from "../../provider/query/audit-log";
import { FLOW_FIELDS } from "../../provider/flow/fields";
import type { Field } from "../../provider/flow/shape";
import type { Blame } from "./report";

/**
 * Who is to be asked about a changed field: the author of the newest entry of the flow's own audit log that names the field.
 * Where none does, of the newest update after Pulumi's last write. Pure.
 *
 * @param entries - the flow's audit log, in any order
 * @param since - time of Pulumi's last write, ISO 8601
 * @returns null where the log does not tell
 */
export function blameFor(
  flowId: string,
  field: string,
  entries: readonly AuditEntry[],
  since: string | undefined,
): Blame | null {
  const own = newestFirst(entries.filter((entry) => isAbout(flowId, entry)));
  const naming = own.find((entry) => names(entry, field));
  if (naming !== undefined) return blameOf(naming);
  const last = own.find(({ event, fieldChanges }) => event === "update" && !fieldChanges?.length);
  return last !== undefined && isAfter(last, since) ? blameOf(last) : null;
}

/** The author of the newest entry with one of these events. Pure. */
export function blameForEvent(
  flowId: string,
  events: readonly string[],
  entries: readonly AuditEntry[],
): Blame | null {
  const own = newestFirst(entries.filter((entry) => isAbout(flowId, entry)));
  const entry = own.find(({ event }) => event !== undefined && events.includes(event));
  return entry === undefined ? null : blameOf(entry);
}

/** The log of a flow holds entries of its exports and imports too (`api-facts.md` 1.10). */
function isAbout(flowId: string, { resourceId }: AuditEntry): boolean {
  return resourceId === undefined || resourceId === flowId;
}

function names({ fieldChanges }: AuditEntry, field: string): boolean {
  const wire = (FLOW_FIELDS as Readonly<Record<string, Field>>)[field]?.wire;
  return (fieldChanges ?? []).some(({ fieldPath }) => {
    const root = fieldPath?.split(/[.[]/)[0];
    if (root === undefined) return false;
    return wire === undefined ? !isTyped(root) : root === wire;
  });
}

const WIRE_NAMES: ReadonlySet<string> = new Set(
  Object.values<Field>(FLOW_FIELDS).map(({ wire }) => wire),
);

/** What has no name of its own stands in `additionalFields`. */
function isTyped(wire: string): boolean {
  return WIRE_NAMES.has(wire);
}

function newestFirst(entries: readonly AuditEntry[]): AuditEntry[] {
  const time = ({ time: at }: AuditEntry): number => Date.parse(at ?? "") || 0;
  return [...entries].sort((one, other) => time(other) - time(one));
}

function isAfter({ time }: AuditEntry, since: string | undefined): boolean {
  return since === undefined || time === undefined || Date.parse(time) > Date.parse(since);
}

function blameOf({ byUser, time, source }: AuditEntry): Blame {
  const by = byUser?.name ?? byUser?.email ?? byUser?.id;
  return {
    ...(by !== undefined && { by }),
    ...(byUser?.email !== undefined && { email: byUser.email }),
    ...(time !== undefined && { at: time }),
    ...(source !== undefined && { through: source }),
  };
}
