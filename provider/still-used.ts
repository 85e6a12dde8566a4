import type { ApiError } from "./api/errors";

/** Something that the service will not delete, because others still use it (contract.md 5.12). */
export class StillUsedError extends Error {
  override readonly name = "StillUsedError";
  /** What the service answered. */
  readonly refusal: ApiError;
  /** What uses it, one line each, e.g. `flow "Orders" (64f1)`. */
  readonly users: readonly string[];

  constructor(refusal: ApiError, users: readonly string[]) {
    super(`${refusal.message}\nIt is still used by ${users.join(", ")}.`);
    this.refusal = refusal;
    this.users = users;
  }
}
