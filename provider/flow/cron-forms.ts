import { isApiError } from "../api/errors";
import type { FlowBody, Json, JsonObject } from "../api/types";
import { otherCronForm } from "./cron";

/**
 * Sends a body as it is and, where the service refuses its schedule as a cron expression, once more with all schedules in
 * six fields and once with five: the specification shows five, the reported service takes six (`api-facts.md` 4). What the
 * user wrote goes first; a refusal of anything else is thrown as it came.
 */
export async function withCronForms<T>(
  body: FlowBody,
  write: (body: FlowBody) => Promise<T>,
): Promise<T> {
  try {
    return await write(body);
  } catch (refusal) {
    if (!refusesCron(refusal)) throw refusal;
    for (const other of otherForms(body)) {
      try {
        return await write(other);
      } catch (error) {
        if (!refusesCron(error)) throw error;
      }
    }
    // The user wrote the first form, so the service's words about that one are the ones to show.
    throw refusal;
  }
}

function refusesCron(error: unknown): boolean {
  return (
    isApiError(error, "invalid") &&
    error.info.complaints.some(({ message, field }) =>
      /cron|schedule/i.test(`${message} ${field ?? ""}`),
    )
  );
}

function otherForms(body: FlowBody): FlowBody[] {
  const written = JSON.stringify(body);
  return [6, 5]
    .map((count) => inForm(body, count))
    .filter((form) => JSON.stringify(form) !== written);
}

function inForm(body: FlowBody, count: number): FlowBody {
  const generators = body["pageGenerators"];
  return {
    ...turn(body, count),
    ...(Array.isArray(generators) && {
      pageGenerators: generators.map((one): Json => (isObject(one) ? turn(one, count) : one)),
    }),
  };
}

function turn(holder: JsonObject, count: number): JsonObject {
  const { schedule } = holder;
  if (typeof schedule !== "string" || schedule.trim().split(/\s+/).length === count) return holder;
  return { ...holder, schedule: otherCronForm(schedule) ?? schedule };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
