import type { Complaint } from "../../provider/api/types";

/** A request that the emulated service turns down: status and complaints of the answer (`api-facts.md` 3.1). */
export class Refusal extends Error {
  /** HTTP status, 400 to 599. */
  readonly status: number;
  /** Members of the answer's `errors` list, at least one. */
  readonly complaints: readonly Complaint[];

  constructor(status: number, complaints: readonly Complaint[]) {
    super(complaints.map((complaint) => complaint.message).join("; "));
    this.status = status;
    this.complaints = complaints;
  }
}

/** Turns a request down with one complaint. */
export function refuse(status: number, code: string, message: string, field?: string): never {
  throw new Refusal(status, [{ code, message, ...(field === undefined ? {} : { field }) }]);
}
