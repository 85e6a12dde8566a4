import { explain, messageOf } from "../explain";
import { Failure, HalfDone } from "../failure";
import { say } from "../log";
import type { Service } from "../service";
import { currentService } from "../session";
import { SettingsError } from "../settings";
import { RUN_ARGS, type RunInputs } from "./args";
import { BadRun, createRun } from "./create";
import { diffRun } from "./diff";
import { UncertainRun } from "./find-run";
import type { RunOutcome } from "./outcome";
import { validateRun } from "./validate-run";

/** Arguments and outcome as the engine stores them. */
export type RunState = Readonly<Record<string, unknown>>;

/** Validates the arguments; asks the service for nothing. */
export function check(
  _olds: RunInputs,
  news: RunInputs,
): Promise<{ inputs: RunInputs; failures: { property: string; reason: string }[] }> {
  const reasons = validateRun(news).map(({ path, reason }) => `${path}: ${reason}`);
  try {
    currentService();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    reasons.push(...error.problems);
  }
  // `property` stays empty, or the engine would print the value, a secret too.
  return Promise.resolve({
    inputs: news,
    failures: reasons.map((reason) => ({ property: "", reason })),
  });
}

/** Whether the arguments are others; only other triggers, or another flow, replace. */
export function diff(
  _id: string,
  olds: RunState,
  news: RunInputs,
): Promise<{ changes: boolean; replaces: string[] }> {
  return Promise.resolve(diffRun(olds, news));
}

/**
 * Runs the flow. Once it was run, whatever fails is kept with the resource, arguments included, so that the next `up` does not
 * run it again (contract.md 3).
 */
export async function create(inputs: RunInputs): Promise<{ id: string; outs: RunState }> {
  const undertaking = { doing: "running", id: String(inputs["flowId"]) };
  const service = openService();
  try {
    const outcome = await createRun(service, inputs);
    return { id: outcome.jobId, outs: stateOf(inputs, outcome) };
  } catch (error) {
    if (error instanceof BadRun) throw halfDone(error.message, inputs, error.outcome);
    if (error instanceof UncertainRun)
      throw halfDone(uncertain(error, undertaking.id), inputs, NOTHING_KNOWN);
    throw error instanceof Failure
      ? error
      : new Failure(explain(error, undertaking, service.settings));
  }
}

/** Nothing but creation runs a flow: an update takes the new arguments down. */
export function update(id: string, olds: RunState, news: RunInputs): Promise<{ outs: RunState }> {
  if (isBad(olds)) {
    say(
      `warning: the run of flow ${String(olds["flowId"])} (job ${id}) is recorded as ${endOf(olds)} and is not repeated; change \`triggers\` to run the flow again`,
    );
  }
  return Promise.resolve({ outs: clean({ ...withoutArgs(olds), ...withArgs(news) }) });
}

/** Jobs are purged after 30 days: what was recorded stands, and nothing is asked. */
export function read(id: string, props: RunState): Promise<{ id: string; props: RunState }> {
  return Promise.resolve({ id, props });
}

/** A run cannot be undone. */
export function remove(): Promise<void> {
  return Promise.resolve();
}

/** Whether the deployment that recorded the run failed because of it. */
function isBad({ status, wait, failOnErrors, numError }: RunState): boolean {
  if (status === "completed") return failOnErrors === true && numError !== 0;
  return status === "failed" || status === "canceled" || wait !== false;
}

function endOf({ status, numError }: RunState): string {
  return status === "completed"
    ? `completed with ${String(numError)} failed records`
    : String(status);
}

const NOTHING_KNOWN: RunOutcome = {
  jobId: "unknown",
  exportId: null,
  flowExecutionGroupId: null,
  status: "unknown",
  numSuccess: 0,
  numError: 0,
  startedAt: null,
  endedAt: null,
};

function uncertain({ message }: UncertainRun, flowId: string): string {
  return `running flow ${flowId} failed: ${message}\nIt may have been run, so the next \`pulumi up\` does not run it again. Next: look at the flow's latest jobs in the service; if it did not run, change \`triggers\` and run \`pulumi up\`.`;
}

function halfDone(message: string, inputs: RunInputs, outcome: RunOutcome): HalfDone {
  const { __provider } = inputs;
  return new HalfDone(message, outcome.jobId, { ...stateOf(inputs, outcome), __provider });
}

function stateOf(inputs: RunInputs, outcome: RunOutcome): RunState {
  return clean({ ...withArgs(inputs), ...outcome });
}

function withArgs(values: Readonly<Record<string, unknown>>): RunState {
  return Object.fromEntries(
    RUN_ARGS.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}

function withoutArgs(values: RunState): RunState {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !RUN_ARGS.includes(name)));
}

function openService(): Service {
  try {
    return currentService();
  } catch (error) {
    throw new Failure(messageOf(error));
  }
}

/** An `undefined` anywhere in what the engine gets would lose the record of the run (design.md 2). */
function clean<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
