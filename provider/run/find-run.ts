import type { FlowJob } from "../query/jobs";
import { jobOf } from "../query/jobs";
import { ofFlow } from "../query/path";
import type { Service } from "../service";
import type { RunRequest } from "./args";

/** The service's clock shows whole seconds, and its answer took a moment. */
const CLOCK_SLACK_MS = 2000;
/** When to look for a run whose answer was lost. */
const FIRST_LOOK_MS = 1000;
const SECOND_LOOK_MS = 2000;
/** A request that we gave up on may be worked on for as long again, within reason. */
const LONGEST_LOOK_MS = 30_000;

/** The flow may have been run, and whether it was cannot be known. */
export class UncertainRun extends Error {
  override readonly name = "UncertainRun";
}

/** An attempt to run a flow whose answer was lost. */
export interface LostAttempt {
  /** What was asked for. */
  readonly request: RunRequest;
  /** Jobs that cannot be the run's: they were there before, or belong to another resource. */
  readonly known: ReadonlySet<string>;
  /** Local time of the first attempt. */
  readonly since: number;
  /** Whether the service may still be working on it. */
  readonly timedOut: boolean;
}

/**
 * Looks, twice, for the run that a lost request may have started: a job of the flow that was not there before and was made
 * since the attempt by the service's own clock (contract.md 5.6).
 *
 * @returns the run's first job, or `undefined` when the flow was surely not run
 * @throws UncertainRun when jobs of several runs could be it, or when the jobs cannot be read
 */
export async function findRun(service: Service, lost: LostAttempt): Promise<FlowJob | undefined> {
  const patience = Math.max(service.settings.requestTimeoutMs, SECOND_LOOK_MS);
  const second = lost.timedOut ? Math.min(patience, LONGEST_LOOK_MS) : SECOND_LOOK_MS;
  for (const wait of [FIRST_LOOK_MS, second]) {
    await service.clock.sleep(wait);
    const found = await lookForRun(service, lost);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** One look of {@link findRun}. */
export async function lookForRun(
  service: Service,
  lost: LostAttempt,
): Promise<FlowJob | undefined> {
  const candidates = await candidatesFor(service, lost);
  const runs = new Set(candidates.map(({ flowExecutionGroupId }) => flowExecutionGroupId));
  if (runs.size > 1) {
    throw new UncertainRun(
      `the answer to the request to run it was lost, and these jobs belong to more than one run: ${candidates.map(({ id }) => id).join(", ")}.`,
    );
  }
  return candidates.sort((one, two) => (timeOf(one) || 0) - (timeOf(two) || 0))[0];
}

async function candidatesFor(
  { client, clock }: Service,
  { request, known, since }: LostAttempt,
): Promise<FlowJob[]> {
  let answer: Awaited<ReturnType<typeof client.listWithDate>>;
  try {
    answer = await client.listWithDate(ofFlow(request.flowId, "jobs/latest"));
  } catch (error) {
    const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new UncertainRun(
      `the answer to the request to run it was lost, and its jobs cannot be read to see whether it runs (${why}).`,
    );
  }
  const now = clock.now();
  const start = (answer.date ?? now) - (now - since) - CLOCK_SLACK_MS;
  return answer.items.map(jobOf).filter((job) => {
    // A job without a time was not there before, which has to do.
    if (known.has(job.id) || timeOf(job) < start) return false;
    return (
      request.exportIds === undefined ||
      job.exportId === undefined ||
      request.exportIds.includes(job.exportId)
    );
  });
}

function timeOf({ createdAt, startedAt }: FlowJob): number {
  return Date.parse(createdAt ?? startedAt ?? "");
}
