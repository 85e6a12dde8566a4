/** What one look came to. */
export interface Finding {
  /** What was looked at, in a word or two, e.g. `Pulumi CLI`. Stable: scripts may ask for it. */
  readonly check: string;
  /** `failed` makes the whole doctor fail, `warning` does not; `skipped` could not be looked at because of another. */
  readonly status: "ok" | "warning" | "failed" | "skipped";
  /** What was found. */
  readonly found: string;
  /** What to do about it. Absent where there is nothing to do. */
  readonly next?: string;
}
