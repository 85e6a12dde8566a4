/** Drift could not be told: neither "in sync" nor "drift" would be true. The message is for people. */
export class CannotTellError extends Error {
  override readonly name = "CannotTellError";
}
