import type { Complaint } from "./types";

/** The longest text of the service that a message repeats; an HTML page helps nobody. */
const LONGEST = 500;

/**
 * Reads what the service complains of from an answer's body, whatever its shape (`api-facts.md` 3.1): an `errors` list of
 * objects or of strings, a lone `{ code, message }`, `message` alone (the 401), `error`, or plain text.
 *
 * Throws nothing. Empty when there is nothing a person could read, such as an HTML page.
 */
export function readComplaints(body: unknown): Complaint[] {
  if (typeof body === "string")
    return /^\s*</.test(body) || body.trim() === "" ? [] : [{ message: clip(body.trim()) }];
  if (!isRecord(body)) return [];
  const errors = body["errors"];
  if (Array.isArray(errors) && errors.length > 0) return errors.flatMap((one) => readOne(one));
  return readOne(body);
}

function readOne(value: unknown): Complaint[] {
  if (typeof value === "string") return [{ message: clip(value) }];
  if (!isRecord(value)) return [];
  const { code, message, error, field } = value;
  const text = [message, error, code].find((part): part is string => typeof part === "string");
  if (text === undefined) return [];
  return [
    {
      message: clip(text),
      ...(typeof code === "string" && { code }),
      ...(typeof field === "string" && { field }),
    },
  ];
}

function clip(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
