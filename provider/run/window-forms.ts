import { isApiError } from "../api/errors";
import type { JsonObject } from "../api/types";
import type { RunRequest } from "./args";

/**
 * Sends a run's request with its date window both at the top level, where the specification has it, and under `export`, where
 * the reported service has it (`api-facts.md` 1.7). A service that refuses one of the two gets the other alone: a refusal
 * means that nothing was run.
 */
export async function withWindowForms<T>(
  { exportIds, startDate, endDate }: RunRequest,
  post: (body: JsonObject) => Promise<T>,
): Promise<T> {
  const window = {
    ...(startDate !== undefined && { startDate }),
    ...(endDate !== undefined && { endDate }),
  };
  const base: JsonObject = exportIds === undefined ? {} : { _exportIds: [...exportIds] };
  if (Object.keys(window).length === 0) return post(base);
  try {
    return await post({ ...base, ...window, export: window });
  } catch (refusal) {
    if (!refusesWindow(refusal)) throw refusal;
    for (const other of [
      { ...base, export: window },
      { ...base, ...window },
    ]) {
      try {
        return await post(other);
      } catch (error) {
        if (!refusesWindow(error)) throw error;
      }
    }
    throw refusal;
  }
}

function refusesWindow(error: unknown): boolean {
  if (!isApiError(error, "invalid")) return false;
  const words = error.info.complaints.map(({ message, field }) => `${message} ${field ?? ""}`);
  return words.some((text) => /\bexport\b|startDate|endDate/.test(text));
}
