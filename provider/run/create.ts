import { type ApiError, isApiError } from "../api/errors";
import type { FlowDocument } from "../api/types";
import { explain, flowTitle } from "../explain";
import { Failure } from "../failure";
import { say } from "../log";
import { readJob } from "../query/jobs";
import type { Service } from "../service";
import { DEFAULT_TIMEOUT_MS, requestOf, type RunInputs } from "./args";
import { jobLines, outcomeOf, type RunOutcome } from "./outcome";
import { startRun } from "./start";
import type { Started } from "./started";
import { progress, type Watched, watchRun } from "./watch";

/** The flow was run, and that is recorded; something about the run is not as it should be. */
export class BadRun extends Error {
  override readonly name = "BadRun";
  /** What to record. */
  readonly outcome: RunOutcome;

  constructor(message: string, outcome: RunOutcome) {
    super(message);
    this.outcome = outcome;
  }
}

/**
 * Runs a flow and, unless told otherwise, waits until all its jobs have ended.
 *
 * @throws BadRun once the flow was run: it failed, was canceled, had errors that count, took too long, or could not be watched;
 * ApiError when it surely was not run; UncertainRun when nobody can know
 */
export async function createRun(service: Service, inputs: RunInputs): Promise<RunOutcome> {
  const request = requestOf(inputs);
  const flow = await flowFor(service, request.flowId);
  const title = titleOf(flow, request.flowId);
  const started = await startRun(service, request, title).catch((error: unknown) => {
    throw isApiError(error)
      ? new Failure(refusalText(error, flow, { service, id: request.flowId }))
      : error;
  });
  if (inputs["wait"] === false) return glimpse(service, started);
  const { timeoutMs } = inputs;
  const plan = {
    title,
    exportIds: request.exportIds ?? exportIdsOf(flow),
    isParallel: flow?.["runPageGeneratorsInParallel"] === true,
    timeoutMs: typeof timeoutMs === "number" ? timeoutMs : DEFAULT_TIMEOUT_MS,
  };
  const watched = await watchRun(service, started, plan).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadRun(
      `${title} was run, and its job ${started.jobId} cannot be watched: ${why}\n${NOT_AGAIN}`,
      outcomeOf(started, []),
    );
  });
  return judge(watched, { started, plan, failOnErrors: inputs["failOnErrors"] === true });
}

/** The flow as messages name it, as far as it could be read. */
function titleOf(flow: FlowDocument | undefined, id: string): string {
  return flowTitle({ name: nameOf(flow), id });
}

function nameOf(flow: FlowDocument | undefined): string | undefined {
  return typeof flow?.["name"] === "string" ? flow["name"] : undefined;
}

/** Whether a disabled flow can be run, sources differ on (`api-facts.md` 7); so it is asked for, and a refusal explained. */
function refusalText(
  error: ApiError,
  flow: FlowDocument | undefined,
  { service, id }: { service: Service; id: string },
): string {
  const text = explain(error, { doing: "running", name: nameOf(flow), id }, service.settings);
  const isSaid = error.info.complaints.some(({ code }) => code === "inactive_flow");
  const mayBeWhy =
    flow?.["disabled"] === true && !isSaid && isApiError(error, "invalid", "forbidden", "conflict");
  return mayBeWhy
    ? `${text}\nThe flow is disabled, which may be why: the service is reported to run enabled flows only (\`disabled: false\`).`
    : text;
}

const NOT_AGAIN =
  "Next: look at the run in the service. The next `pulumi up` does not run the flow again; a change of `triggers` does.";

/** A token may run flows without being allowed to read them. */
async function flowFor({ client }: Service, id: string): Promise<FlowDocument | undefined> {
  try {
    return await client.getFlow(id);
  } catch (error) {
    if (!isApiError(error, "forbidden")) throw error;
    return undefined;
  }
}

function exportIdsOf(flow: FlowDocument | undefined): string[] {
  const generators = flow?.["pageGenerators"];
  if (!Array.isArray(generators)) return [];
  return generators.flatMap((one) => {
    const id =
      typeof one === "object" && one !== null && !Array.isArray(one) ? one["_exportId"] : undefined;
    return typeof id === "string" ? [id] : [];
  });
}

/** What is known of a run that nobody waits for: one look, which may fail. */
async function glimpse(service: Service, started: Started): Promise<RunOutcome> {
  const job = await readJob(service, started.jobId).catch(() => ({
    id: started.jobId,
    status: "queued",
  }));
  return outcomeOf(started, [job]);
}

interface Case {
  readonly started: Started;
  readonly plan: { readonly title: string; readonly timeoutMs: number };
  readonly failOnErrors: boolean;
}

function judge(
  { jobs, missing, timedOut }: Watched,
  { started, plan, failOnErrors }: Case,
): RunOutcome {
  const { title, timeoutMs } = plan;
  const outcome = outcomeOf(started, jobs);
  const lines = jobLines(jobs).map((line) => `  - ${line}`);
  if (timedOut) {
    const still = progress(jobs, missing);
    const status = outcome.status === "completed" ? "running" : outcome.status;
    throw new BadRun(
      `${title} was run and is not over after ${String(timeoutMs / 1000)} s (\`timeoutMs\`); it goes on in the service: ${still}.\n${NOT_AGAIN}`,
      { ...outcome, status, endedAt: null },
    );
  }
  const { status, numError } = outcome;
  if (status === "failed" || status === "canceled") {
    throw new BadRun(
      [
        `${title} was run and ${status === "failed" ? "failed" : "was canceled"}:`,
        ...lines,
        NOT_AGAIN,
      ].join("\n"),
      outcome,
    );
  }
  if (numError > 0 && failOnErrors) {
    throw new BadRun(
      [`${title} was run with errors (\`failOnErrors\`):`, ...lines, NOT_AGAIN].join("\n"),
      outcome,
    );
  }
  if (missing.length > 0)
    say(
      `warning: ${title}: no job came for ${missing.map((id) => `export ${id}`).join(", ")}; a listener has none`,
    );
  if (numError > 0)
    say(
      `warning: ${title} completed with ${String(numError)} failed records: ${jobLines(jobs).join("; ")}`,
    );
  return outcome;
}
