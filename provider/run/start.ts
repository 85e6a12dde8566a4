import { ApiError, isApiError } from "../api/errors";
import { isLost, isSlow } from "../flow/lost-create";
import { say } from "../log";
import { latestJobs } from "../query/jobs";
import { ofFlow } from "../query/path";
import type { Service } from "../service";
import { whenIdle } from "../when-idle";
import type { RunRequest } from "./args";
import { findRun, lookForRun, type LostAttempt } from "./find-run";
import { type Started, startedAs, startedBy, type StartedRun } from "./started";
import { withWindowForms } from "./window-forms";

/** What this process has started on a service: the jobs that belong to some run, and the last start of each flow. */
interface Starts {
  readonly claimed: Set<string>;
  readonly last: Map<string, Promise<unknown>>;
}

const starts = new WeakMap<Service, Starts>();

/**
 * Runs a flow, once. A running flow is waited for; a lost answer is never followed by a blind repetition: the latest jobs tell
 * whether the flow was run (contract.md 5.6). Runs of one flow are started one after the other, so that at most one answer can
 * be lost at a time.
 *
 * @param title - the flow as messages name it
 * @throws ApiError when the flow was surely not run; UncertainRun when that cannot be known
 */
export function startRun(service: Service, request: RunRequest, title: string): Promise<Started> {
  const mine = starts.get(service) ?? {
    claimed: new Set<string>(),
    last: new Map<string, Promise<unknown>>(),
  };
  starts.set(service, mine);
  const start = async (): Promise<Started> => {
    const undertaking = { service, request, title, claimed: mine.claimed };
    const started = await startOnce(undertaking);
    mine.claimed.add(started.jobId);
    return started;
  };
  const before = mine.last.get(request.flowId) ?? Promise.resolve();
  const promise = before.then(start, start);
  mine.last.set(request.flowId, promise);
  return promise;
}

interface Start {
  readonly service: Service;
  readonly request: RunRequest;
  readonly title: string;
  readonly claimed: ReadonlySet<string>;
}

/** What a lost answer leaves behind: it counts for all that comes after it, however long the flow is waited for. */
interface Memory {
  earlier: ReadonlySet<string>;
  lostSince: number | undefined;
}

async function startOnce(start: Start): Promise<Started> {
  const { service, request, title } = start;
  const memory: Memory = { earlier: new Set(), lostSince: undefined };
  const run = await whenIdle(service, title, async () => {
    if (memory.lostSince === undefined) memory.earlier = await earlierJobs(service, request.flowId);
    else {
      const found = await lookForRun(service, lostAttempt(start, memory, false));
      if (found !== undefined) return startedAs(found);
    }
    return attempt(start, memory);
  });
  return { ...run, flowId: request.flowId, earlier: memory.earlier };
}

async function attempt(start: Start, memory: Memory): Promise<StartedRun> {
  const { service, title } = start;
  for (let count = 0; ; count += 1) {
    const since = service.clock.now();
    const outcome = await post(start);
    if ("jobId" in outcome) return outcome;
    const lost = isLost(outcome);
    // A refusal because of a run, after a lost answer, may well speak of our own run.
    if (!lost && !(memory.lostSince !== undefined && isApiError(outcome, "running"))) throw outcome;
    memory.lostSince ??= since;
    if (lost) say(`the answer to the request to run ${title} was lost; looking whether it runs`);
    const found = await findRun(
      service,
      lostAttempt(start, memory, isSlow(outcome) || isTaken(outcome)),
    );
    if (found !== undefined) return startedAs(found);
    if (!lost || count >= service.settings.maxRetries) throw outcome;
  }
}

async function post({ service, request }: Start): Promise<StartedRun | ApiError> {
  const path = ofFlow(request.flowId, "run");
  try {
    return await withWindowForms(request, async (body) =>
      startedBy(await service.client.post(path, body), `/v1${path}`),
    );
  } catch (error) {
    if (isApiError(error))
      return isAboutSwitch(error) ? new ApiError({ ...error.info, kind: "invalid" }) : error;
    throw error;
  }
}

/** A 2xx that names no job: the run was most likely begun, and its job is not listed yet. */
function isTaken({ info: { status = 0 } }: ApiError): boolean {
  return status >= 200 && status < 300;
}

/** A conflict that speaks of a disabled flow is no run that would end. */
function isAboutSwitch(error: ApiError): boolean {
  const words = error.info.complaints.map(({ message }) => message).join("\n");
  return isApiError(error, "running") && /\b(disabled|inactive)\b/i.test(words);
}

function lostAttempt(
  { request, claimed }: Start,
  { earlier, lostSince = 0 }: Memory,
  timedOut: boolean,
): LostAttempt {
  return { request, known: new Set([...earlier, ...claimed]), since: lostSince, timedOut };
}

/** Where the jobs cannot be read, the time at which they were made has to tell. */
async function earlierJobs(service: Service, flowId: string): Promise<Set<string>> {
  try {
    return new Set((await latestJobs(service, flowId)).map(({ id }) => id));
  } catch {
    return new Set();
  }
}
