import type { Unwrap } from "@pulumi/pulumi";

import type { FlowArgs } from "./flow-args";

/** Fields of a flow that have one type in a program and another in an answer. */
type Own = "name" | "disabled" | "additionalFields";

/**
 * A flow as the service has it: every field that `Flow` takes, references renamed alike, absent where the service has none.
 */
export type GetFlowResult = {
  readonly [K in keyof Omit<FlowArgs, Own>]: Unwrap<FlowArgs[K]>;
} & {
  /** Id of the flow. */
  readonly id: string;
  /** Id of the flow, the same value as `id`. */
  readonly flowId: string;
  /** Display name. */
  readonly name: string;
  /** Whether the flow is off; `false` where the service does not say it. */
  readonly disabled: boolean;
  /** Ids of all exports that the flow uses, in order, without repeats, router branches included. */
  readonly exportIds: readonly string[];
  /** Ids of all imports that the flow uses, in order, without repeats, router branches included. */
  readonly importIds: readonly string[];
  /** When the flow was made, ISO 8601. */
  readonly createdAt?: string;
  /** When anybody last changed it, ISO 8601. */
  readonly lastModified?: string;
  /** When it last ran, ISO 8601. Absent before the first run. */
  readonly lastExecutedAt?: string;
  /** Raw fields that have no name here and can be written, under their API names. */
  readonly additionalFields: Readonly<Record<string, unknown>>;
};
