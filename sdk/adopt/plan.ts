import type { FlowDocument } from "../../provider/api/types";

/** Which flows to read: the union of what is named. */
export interface ReadFlowsForImportArgs {
  /** Ids of single flows. One that does not exist is in {@link ImportPlan.failed}. */
  readonly flowIds?: readonly string[] | undefined;
  /** Id of an integration: all of its flows. */
  readonly integrationId?: string | undefined;
  /** Ids of several integrations. */
  readonly integrationIds?: readonly string[] | undefined;
  /** All flows that the token can list. */
  readonly all?: boolean | undefined;
  /**
   * Patterns of display names, where `*` stands for any text and `?` for one character; capitals do not matter. Narrows
   * integrations and `all`, never `flowIds`. Without either it looks at all flows.
   */
  readonly names?: readonly string[] | undefined;
}

/** Something that flows use, as far as a program names it. */
export interface PlannedResource {
  /** Id in the service. */
  readonly id: string;
  /** Display name. Absent: it has none, or could not be read. */
  readonly name?: string;
  /** What it talks to, e.g. `HTTPExport`. Exports and imports only. */
  readonly adaptorType?: string;
  /** Id of the connection that it works over. Exports and imports only. */
  readonly connectionId?: string;
  /** When it was made, as the service words it; among equal names the oldest keeps the plain one. */
  readonly createdAt?: string;
}

/** A type of things that flows use, by the plural that stands in paths. */
export type PlannedKind =
  "exports" | "imports" | "scripts" | "connections" | "integrations" | "flows";

/** An id that stands in a flow and that nothing in the service has. */
export interface MissingReference {
  /** What it should have been. */
  readonly kind: PlannedKind;
  /** The id. */
  readonly id: string;
  /** Ids of the flows that name it. */
  readonly flowIds: readonly string[];
}

/** Something that could not be read; the others were. */
export interface ImportFailure {
  /** What it is. */
  readonly kind: "flow" | "integration";
  /** Its id. */
  readonly id: string;
  /** Display name, where it is known. */
  readonly name?: string;
  /** The service says that it does not have it. */
  readonly gone?: boolean;
  /** Why, and what to do next, for people. */
  readonly reason: string;
}

/** Flows with their descendants, for `generateProgram`. Plain JSON; the order of the lists means nothing. */
export interface ImportPlan {
  /** The flows, as the service has them. */
  readonly flows: readonly FlowDocument[];
  /** Exports that the flows use, router branches included. */
  readonly exports: readonly PlannedResource[];
  /** Imports that the flows use, router branches included. */
  readonly imports: readonly PlannedResource[];
  /** Scripts that the flows, their exports and their imports call. */
  readonly scripts: readonly PlannedResource[];
  /** Connections that the flows, their exports and their imports work over. */
  readonly connections: readonly PlannedResource[];
  /** Integrations that own the flows. */
  readonly integrations: readonly PlannedResource[];
  /** Flows that are chained to and are not among {@link flows}. */
  readonly otherFlows: readonly PlannedResource[];
  /** Exports, imports and flows that a flow names and the service does not have. */
  readonly missing: readonly MissingReference[];
  /** What could not be read. */
  readonly failed: readonly ImportFailure[];
}
