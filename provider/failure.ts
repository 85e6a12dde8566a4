/**
 * An error whose text is all that anybody shall see: the engine prints it with the resource, the plugin host prints
 * `toString()` and `stack` on stderr (design.md 2), neither of which may repeat it or show our code.
 */
export class Failure extends Error {
  override readonly name = "celigo";

  constructor(message: string) {
    super(message);
    this.stack = message.split("\n", 1)[0] ?? message;
  }

  /** What the plugin host prints in front of {@link stack}. */
  override toString(): string {
    return this.name;
  }
}

/** A resource that exists and could not be finished: the engine keeps it, with what is known of it (contract.md 5.10). */
export class HalfDone extends Failure {
  /** Id of what exists. */
  readonly id: string;
  /** Outputs to store; must hold `__provider`, or the resource could never be refreshed or deleted. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Why it is not finished, for the engine's list. */
  readonly reasons: readonly string[];

  constructor(message: string, id: string, properties: Readonly<Record<string, unknown>>) {
    super(message);
    this.id = id;
    this.properties = properties;
    this.reasons = [message];
  }
}
