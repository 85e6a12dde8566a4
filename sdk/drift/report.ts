import type { Json } from "../../provider/api/types";

/**
 * Version of {@link DriftReport}: raised when a reader of the last one could misread the new. New members may come at any
 * time. The JSON Schema of version 1 is `docs/drift.schema.json`.
 */
export const SCHEMA_VERSION = 1;

/**
 * What a run came to: `in-sync`, `drift`, or `unknown` where it could not tell. Only `in-sync` and `drift` were looked at in
 * full.
 */
export type DriftResult = "in-sync" | "drift" | "unknown";

/** How a flow of the stack stands: as it should, changed by somebody, or deleted elsewhere. */
export type FlowStatus = "in-sync" | "changed" | "missing";

/** Who made a change, by the service's audit log (`api-facts.md` 1.10). */
export interface Blame {
  /** Name of the user; absent where the log has none. */
  readonly by?: string;
  /** Address of the user; absent where the log has none. */
  readonly email?: string;
  /** When, ISO 8601. */
  readonly at?: string;
  /** Through what: `ui`, `api`, `connector`, `script`, `stack`, `system` or `sso`. */
  readonly through?: string;
}

/** One place in a flow that is not as it should be. */
export interface FieldChange {
  /** Argument of `Flow` under which the place stands, e.g. `pageGenerators`. */
  readonly field: string;
  /**
   * The place: a property path, with members of lists named by what tells them apart, e.g.
   * `pageGenerators[exportId=exp123].skipRetries`. For a secret no deeper than the field.
   */
  readonly path: string;
  /** `added` is live and not declared, `removed` the opposite, `reordered` has the same members in another order. */
  readonly kind: "added" | "removed" | "changed" | "reordered";
  /**
   * What it should be: the declared value, or, where the program says nothing of it, what was live after Pulumi's last write.
   * Absent: nothing there, or a secret.
   */
  readonly declared?: Json;
  /** What the service has. Absent: nothing there, or a secret. */
  readonly live?: Json;
  /** The field holds a secret: that it changed is told, no value is. */
  readonly secret: boolean;
  /** Who made it. Absent where nobody asked; null where the audit log does not tell. */
  readonly blame?: Blame | null;
}

/** Where in the user's program a flow is declared. */
export interface SourceLine {
  /** Path relative to the root of the repository, with `/`. */
  readonly file: string;
  /** Line, from 1. Absent where only the file is known. */
  readonly line?: number;
  /** Column, from 1. */
  readonly column?: number;
}

/** One flow that the stack manages. */
export interface FlowReport {
  /** The resource's URN. */
  readonly urn: string;
  /** The resource's name in the program. */
  readonly resource: string;
  /** The flow's id. */
  readonly id: string;
  /** The flow's display name, as Pulumi last wrote or saw it. */
  readonly name: string;
  /** Id of its integration; absent for a standalone flow. */
  readonly integrationId?: string;
  /** How it stands. */
  readonly status: FlowStatus;
  /** Every place that is not as it should be; empty unless {@link status} is `changed`. */
  readonly changes: readonly FieldChange[];
  /** Who deleted a missing flow. Absent where nobody asked; null where the audit log does not tell. */
  readonly blame?: Blame | null;
  /** Where it is declared. Absent where the state does not tell. */
  readonly source?: SourceLine;
}

/** A flow in a managed integration that no stack declares. */
export interface UnmanagedFlow {
  /** Its id. */
  readonly id: string;
  /** Its display name. */
  readonly name: string;
  /** Its integration. */
  readonly integrationId: string;
  /** Who made it, or changed it last. Absent where nobody asked; null where the audit log does not tell. */
  readonly blame?: Blame | null;
}

/** How many of some flows Pulumi manages. */
export interface Coverage {
  /** Flows that this stack manages. */
  readonly managed: number;
  /** All flows there. */
  readonly total: number;
  /** {@link managed} of {@link total} in per cent, rounded to one decimal; null where there is no flow. */
  readonly percent: number | null;
}

/** What `--unmanaged` found. */
export interface UnmanagedReport {
  /** The flows. */
  readonly flows: readonly UnmanagedFlow[];
  /** Over all managed integrations. */
  readonly coverage: Coverage;
  /** Per managed integration, by its id. */
  readonly integrations: readonly (Coverage & { readonly integrationId: string })[];
}

/** What `pulumi-celigo drift` found, as `--format json` prints it. */
export interface DriftReport {
  /** See {@link SCHEMA_VERSION}. */
  readonly schemaVersion: typeof SCHEMA_VERSION;
  /** What wrote it. */
  readonly tool: { readonly name: "pulumi-celigo"; readonly version: string };
  /** When it was written, ISO 8601. */
  readonly generatedAt: string;
  /** The project's name; absent where it could not be read. */
  readonly project?: string;
  /** The stack's name; absent where it could not be read. */
  readonly stack?: string;
  /** What it came to. */
  readonly result: DriftResult;
  /** Why it could not tell; there if {@link result} is `unknown`. */
  readonly error?: string;
  /** What could not be looked at without making the result doubtful, e.g. an audit log. */
  readonly warnings: readonly string[];
  /** Every flow that the stack manages, by URN. */
  readonly flows: readonly FlowReport[];
  /** There if `--unmanaged` was given. */
  readonly unmanaged?: UnmanagedReport;
}

/** The flows of a report that are not in sync. */
export function drifted({ flows }: Pick<DriftReport, "flows">): readonly FlowReport[] {
  return flows.filter(({ status }) => status !== "in-sync");
}
