import { asConflict, isApiError } from "../api/errors";
import type { Service } from "../service";
import { StillUsedError } from "../still-used";
import { whenIdle } from "../when-idle";

/**
 * Deletes a flow. One that is gone already is deleted (contract.md 5.8); one that is running is waited for; a refusal is
 * explained by what still uses the flow (contract.md 5.12).
 *
 * @param title - the flow as messages name it
 * @throws ApiError, StillUsedError
 */
export async function deleteFlow(service: Service, id: string, title: string): Promise<void> {
  try {
    await whenIdle(service, title, () => deleteOnce(service, id));
  } catch (error) {
    if (isApiError(error, "notFound")) return;
    throw error;
  } finally {
    service.flows.forget(id);
  }
}

async function deleteOnce(service: Service, id: string): Promise<void> {
  try {
    await service.client.deleteFlow(id);
  } catch (error) {
    if (!isApiError(error, "invalid", "conflict", "running", "forbidden")) throw error;
    // A refusal that speaks of a run in so many words is one; of any other, the dependencies tell more than the code.
    if (
      isApiError(error, "running") &&
      error.info.complaints.some(({ message }) => /running|in progress/i.test(message))
    )
      throw error;
    const users = await usersOf(service, id);
    if (users.length === 0) throw error;
    throw new StillUsedError(asConflict(error), users);
  }
}

/** What uses a flow, one line each; empty when nothing does or nobody can say. Both shapes of `api-facts.md` 1.11. */
async function usersOf({ client }: Service, id: string): Promise<string[]> {
  let answer: unknown;
  try {
    answer = await client.get(`/flows/${encodeURIComponent(id)}/dependencies`);
  } catch {
    return [];
  }
  return linesIn("resources", answer);
}

/** Lists may be bare, keyed by plural type, or either of them under `dependencies`. */
function linesIn(kind: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.map((member) => userLine(kind, member));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, members]) =>
    linesIn(key === "dependencies" ? kind : key, members),
  );
}

function userLine(kind: string, member: unknown): string {
  if (typeof member !== "object" || member === null) return `${singular(kind)} (${String(member)})`;
  const { id, _id, name, type, resourceType } = member as Readonly<Record<string, unknown>>;
  const shown = [id, _id].find(isText) ?? "id unknown";
  const title = typeof name === "string" ? ` "${name}"` : "";
  const of = [resourceType, type].find(isText) ?? kind;
  return `${singular(of)}${title} (${shown})`;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function singular(kind: string): string {
  return kind.endsWith("s") ? kind.slice(0, -1) : kind;
}
