import type { JsonObject } from "../../provider/api/types";
import { jobDocument, statusOf } from "./jobs";
import type { Job } from "./jobs";
import { PAGING, pageAnswer } from "./list";
import { importIdsOf } from "./references";
import { refuse } from "./refusal";
import { param, wanted } from "./route";
import type { Answer, Call, Route } from "./route";
import { mayReach } from "./tokens";

function wantedJob(call: Call): Job {
  const id = param(call, "id");
  const job = call.account.jobs.get(id, call.now);
  const place: JsonObject =
    job?.integrationId === undefined ? {} : { _integrationId: job.integrationId };
  if (job && mayReach(call.rule, "flows", place)) return job;
  return refuse(404, call.world.settings.notFoundCode, `Job not found: ${id}`);
}

function latest(call: Call): Answer {
  const { _id } = wanted(call, "flows");
  return pageAnswer(
    call,
    call.account.jobs.latest(_id, call.now).map((job) => jobDocument(job, call.now)),
  );
}

function history(call: Call): Answer {
  const { _id } = wanted(call, "flows");
  const status = call.query.get("status");
  const jobs = call.account.jobs
    .of(_id, call.now)
    .filter((job) => !status || statusOf(job, call.now) === status);
  return pageAnswer(
    call,
    jobs.map((job) => jobDocument(job, call.now)),
  );
}

function family(call: Call): Answer {
  const job = wantedJob(call);
  const parent = jobDocument(job, call.now);
  const flow = call.account.store.get("flows", job.flowId) ?? {};
  const { status, createdAt, numSuccess, numError, numIgnore } = parent;
  const common = {
    _flowJobId: job.id,
    _flowId: job.flowId,
    status,
    createdAt,
    numSuccess,
    numError,
    numIgnore,
  };
  const sources = job.exportId === undefined ? [] : [{ type: "export", _exportId: job.exportId }];
  const targets = importIdsOf(flow).map((id) => ({ type: "import", _importId: id }));
  const children = [...sources, ...targets].map((step, oIndex) => {
    // Step jobs have no life of their own here: their ids only have to be stable.
    const child: JsonObject = {
      _id: `${job.id}-${String(oIndex)}`,
      oIndex,
      retriable: false,
      ...step,
    };
    for (const [field, value] of Object.entries(common))
      if (value !== undefined) child[field] = value;
    return child;
  });
  return { status: 200, body: { ...parent, children } };
}

function cancel(call: Call): Answer {
  const job = wantedJob(call);
  call.account.jobs.end(job, call.now, call.author.by.name);
  return { status: 200, body: jobDocument(job, call.now) };
}

function cancelAll(call: Call): Answer {
  const { _id } = wanted(call, "flows");
  call.account.jobs.endAll(_id, call.now, call.author.by.name);
  return { status: 204 };
}

/** Jobs of a flow, single jobs and their cancellation (`api-facts.md` 1.8, 1.9). */
export const JOB_ROUTES: readonly Route[] = [
  { method: "GET", path: "/flows/:id/jobs/latest", query: PAGING, handle: latest },
  { method: "GET", path: "/flows/:id/jobs", query: [...PAGING, "status"], handle: history },
  { method: "POST", path: "/flows/:id/jobs/cancel", handle: cancelAll },
  {
    method: "GET",
    path: "/jobs/:id",
    handle: (call) => ({ status: 200, body: jobDocument(wantedJob(call), call.now) }),
  },
  { method: "GET", path: "/jobs/:id/family", handle: family },
  { method: "PUT", path: "/jobs/:id/cancel", handle: cancel },
];
