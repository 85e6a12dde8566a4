import { isApiError } from "../../provider/api/errors";
import { explain } from "../../provider/explain";
import type { Engine, Environment } from "../engine/engine";
import { refuseOtherAccount } from "./account-check";
import { Accounts } from "./accounts";
import { blameFlows, blameUnmanaged } from "./blame-report";
import { CannotTellError } from "./cannot-tell";
import { type Examined, examineFlows } from "./examine-flows";
import { otherStacks } from "./other-stacks";
import { type PulumiCli, pulumiCli, type StackChoice } from "./pulumi-cli";
import { refreshPreview } from "./refresh";
import { type DriftReport, drifted, SCHEMA_VERSION } from "./report";
import { findPlace } from "./source-line";
import { managedFlows, readFlowIds, readStack, type Stack } from "./stack";
import { findUnmanaged } from "./unmanaged";

/** What is asked for. */
export interface DriftOptions extends StackChoice {
  /** Look for flows in the managed integrations that nobody declares. */
  readonly unmanaged: boolean;
  /** Ask the audit logs who it was. */
  readonly blame: boolean;
  /** Version of this package, for the report. */
  readonly version: string;
  /** The environment: settings that neither provider nor stack has. */
  readonly env: Environment;
  /** Time of the report. */
  readonly now: Date;
  /** Finds the engine. */
  readonly engine: () => Promise<Engine>;
  /** Stops the engine. */
  readonly signal?: AbortSignal | undefined;
}

type Found = Omit<DriftReport, "result" | "error">;

/**
 * Compares a stack with the service, flow by flow, through the engine's own refresh preview. Changes nothing.
 *
 * Throws nothing for what goes wrong with stack, engine or service: the result is then `unknown`, with the reason, and with
 * what was found before it.
 */
export async function findDrift(options: DriftOptions): Promise<DriftReport> {
  let known: Found = {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: "pulumi-celigo", version: options.version },
    generatedAt: options.now.toISOString(),
    ...(options.stack !== undefined && { stack: options.stack }),
    warnings: [],
    flows: [],
  };
  try {
    const cli = pulumiCli(await options.engine(), options, options.signal);
    const stack = await readStack(cli);
    known = { ...known, ...named(stack) };
    const accounts = new Accounts(stack, options.env);
    const examined = await examine(cli, stack, accounts);
    known = { ...known, flows: examined.map(({ report }) => report) };
    known = await withUnmanaged(known, { options, cli, stack, accounts, examined });
    known = await withBlame(known, options, examined, accounts);
    return finished(known, { result: isDrift(known) ? "drift" : "in-sync" });
  } catch (error) {
    return finished(known, { result: "unknown", error: reasonOf(error) });
  }
}

/** The report with its members in the order in which they are read. */
function finished(known: Found, outcome: Pick<DriftReport, "result" | "error">): DriftReport {
  const { schemaVersion, tool, generatedAt, project, stack, warnings, flows, unmanaged } = known;
  return {
    schemaVersion,
    tool,
    generatedAt,
    ...named({ project, name: stack }),
    ...outcome,
    warnings,
    ...(unmanaged !== undefined && { unmanaged }),
    flows,
  };
}

function named({
  project,
  name,
}: {
  readonly project?: string | undefined;
  readonly name?: string | undefined;
}): { project?: string; stack?: string } {
  return { ...(project !== undefined && { project }), ...(name !== undefined && { stack: name }) };
}

async function examine(
  cli: PulumiCli,
  stack: Stack,
  accounts: Accounts,
): Promise<readonly Examined[]> {
  // The state's order is that in which calls came to an end; reports of one drift shall be equal.
  const flows = [...managedFlows(stack)].sort((one, other) => (one.urn < other.urn ? -1 : 1));
  if (flows.length === 0) return [];
  const urns = flows.map(({ urn }) => urn);
  const refreshed = await refreshPreview(cli, urns);
  await refuseOtherAccount(flows, refreshed, accounts);
  return examineFlows(flows, refreshed, accounts, findPlace(cli.choice.cwd));
}

async function withUnmanaged(
  known: Found,
  given: {
    readonly options: DriftOptions;
    readonly cli: PulumiCli;
    readonly stack: Stack;
    readonly accounts: Accounts;
    readonly examined: readonly Examined[];
  },
): Promise<Found> {
  const { options, cli, stack, accounts, examined } = given;
  if (!options.unmanaged) return known;
  const covered = examined.flatMap(({ resource, liveIntegrationId: integrationId }) =>
    integrationId === undefined
      ? []
      : [{ id: resource.id ?? "", integrationId, service: accounts.of(resource.provider) }],
  );
  const others = await otherStacks(cli, stack.name);
  const declared = new Set([...readFlowIds(stack), ...others.ids]);
  const findings = await findUnmanaged(covered, declared);
  const unread = others.unread.map(
    (name) => `What ${name} manages could not be read; its flows may be told as unmanaged.`,
  );
  const blamed = options.blame ? await blameUnmanaged(findings) : undefined;
  return {
    ...known,
    unmanaged: blamed?.value ?? findings.report,
    warnings: [...known.warnings, ...unread, ...(blamed?.warnings ?? [])],
  };
}

async function withBlame(
  known: Found,
  { blame }: DriftOptions,
  examined: readonly Examined[],
  accounts: Accounts,
): Promise<Found> {
  if (!blame) return known;
  const { value, warnings } = await blameFlows(examined, accounts);
  return { ...known, flows: value, warnings: [...known.warnings, ...warnings] };
}

function isDrift(known: Found): boolean {
  return drifted(known).length > 0 || (known.unmanaged?.flows.length ?? 0) > 0;
}

function reasonOf(error: unknown): string {
  if (error instanceof CannotTellError) return error.message;
  if (isApiError(error)) return explain(error, { doing: "reading", what: "the service" });
  return error instanceof Error ? error.message : String(error);
}
