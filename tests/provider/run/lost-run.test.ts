import { createRun } from "../../../provider/run/create";
import { startRun } from "../../../provider/run/start";
import type { FaultEffect } from "../../../sdk/testing/index";
import { table } from "../../../tools/table";
import { aFlow, useRuns } from "./virtual-run";

const start = useRuns();
const RUN = "/flows/f1/run";
const rows = [["answer to /run", "requests", "runs"]];
afterAll(() => {
  console.log(table(rows));
});

const FAULTS: readonly FaultEffect[] = [
  { kind: "cutAfter" },
  { kind: "cutBefore" },
  { kind: "truncated" },
  { kind: "hangAfter" },
  { kind: "hang" },
  { kind: "html200" },
  { kind: "html200", carryOut: false },
  { kind: "status", status: 500, carryOut: true },
  { kind: "status", status: 503 },
  { kind: "status", status: 408, carryOut: true },
  { kind: "status", status: 200, body: {}, carryOut: true },
  { kind: "status", status: 201, body: { _exportId: "a" } },
];

test.each(FAULTS)("one run, whatever becomes of the answer: %j", async (fault) => {
  const world = await start(aFlow(["a"]), {}, { requestTimeoutMs: 400 });
  // A run of a moment ago must not be taken for this one.
  const earlier = world.emulator.startJob("f1", { durationMs: 0 });
  await world.service.clock.sleep(300);
  world.emulator.fault({ ...fault, method: "POST", path: RUN });
  const outcome = await createRun(world.service, { flowId: "f1" });
  const jobs = world.emulator.jobs("f1").filter(({ _id }) => _id !== earlier);
  rows.push([
    `${fault.kind} ${"status" in fault ? String(fault.status) : ""}`,
    String(world.emulator.requests("POST", RUN).length),
    String(jobs.length),
  ]);
  expect(jobs.map(({ _id }) => _id)).toEqual([outcome.jobId]);
  expect(world.said.join("\n")).toContain("was lost; looking whether it runs");
  // It was looked for before anything was repeated.
  const order = world.emulator.log
    .filter(({ path }) => /run$|latest$/.test(path))
    .map(({ method }) => method);
  expect(order.slice(0, 3)).toEqual(["GET", "POST", "GET"]);
});

test("a parallel run is found by its first job, as one run", async () => {
  const world = await start(aFlow(["a", "b"], { runPageGeneratorsInParallel: true }));
  world.emulator.fault({ kind: "cutAfter", method: "POST", path: RUN });
  world.emulator.outcome("f1", { numSuccess: 2 });
  expect(await createRun(world.service, { flowId: "f1" })).toMatchObject({
    exportId: "a",
    numSuccess: 4,
  });
  expect(world.emulator.jobs("f1")).toHaveLength(2);
});

test("a refusal because of a run, after a lost answer, is taken for that very run", async () => {
  const world = await start(aFlow(["a"]));
  // The first request is worked on late: both looks find nothing, the repetition meets the run it has become.
  world.emulator.fault({ kind: "cutBefore", method: "POST", path: RUN });
  let late = "";
  world.at(2999, () => {
    const latest = world.emulator.fault({
      kind: "status",
      status: 200,
      path: /latest$/,
      body: [] as never,
    });
    late = world.emulator.startJob("f1", { durationMs: 5000 });
    world.at(3001, () => {
      latest.remove();
    });
  });
  const { jobId } = await createRun(world.service, { flowId: "f1" });
  expect(jobId).toBe(late);
  expect(world.emulator.jobs("f1")).toHaveLength(1);
});

test.each([
  ["a gateway's time-out", { kind: "status", status: 504 }],
  ["a 2xx that names no job", { kind: "status", status: 201, body: {} }],
] as [string, FaultEffect][])("after %s, a job that shows late is the run's", async (_, fault) => {
  const world = await start(aFlow(["a"]));
  world.emulator.fault({ ...fault, method: "POST", path: RUN });
  let late = "";
  world.at(5000, () => {
    late = world.emulator.startJob("f1", { durationMs: 5000 });
  });
  const { jobId } = await createRun(world.service, { flowId: "f1" });
  expect(jobId).toBe(late);
  expect(world.emulator.requests("POST", RUN)).toHaveLength(1);
});

test("where nobody can know whether it ran, it is not repeated", async () => {
  const world = await start(aFlow(["a"]));
  world.emulator.fault({ kind: "cutAfter", method: "POST", path: RUN });
  world.emulator.fault({ kind: "status", status: 403, path: /latest$/, after: 1, times: 99 });
  const run = createRun(world.service, { flowId: "f1" });
  await expect(run).rejects.toMatchObject({
    name: "UncertainRun",
    message: expect.stringMatching(/lost, and its jobs cannot be read.*403/),
  });
  expect(world.emulator.jobs("f1")).toHaveLength(1);
});

test("jobs of two runs since the attempt are named, not chosen from", async () => {
  const world = await start(aFlow(["a", "b"]), { runRunning: "allow" });
  world.emulator.fault({ kind: "cutBefore", method: "POST", path: RUN });
  const ask = (exportId: string): Promise<unknown> =>
    fetch(`${world.emulator.url}/v1${RUN}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${world.emulator.token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ _exportIds: [exportId] }),
    });
  world.at(500, () => Promise.all([ask("a"), ask("b")]));
  const run = createRun(world.service, { flowId: "f1" });
  await expect(run).rejects.toThrow(/more than one run: \w+, \w+/);
});

test("after as many attempts as are allowed nothing was run, and the error says so", async () => {
  const world = await start(aFlow(["a"]));
  world.emulator.fault({ kind: "status", status: 503, method: "POST", path: RUN, times: 9 });
  await expect(createRun(world.service, { flowId: "f1" })).rejects.toThrow(
    /running flow "Sync" \(f1\) failed[^]*503/,
  );
  expect(world.emulator.requests("POST", RUN)).toHaveLength(3);
  expect(world.emulator.jobs("f1")).toEqual([]);
});

test("two runs of one flow at once are two runs, though both answers are lost", async () => {
  const world = await start(aFlow(["a"]));
  world.emulator.fault({ kind: "cutAfter", method: "POST", path: RUN, times: 1 });
  world.emulator.fault({ kind: "cutAfter", method: "POST", path: RUN, after: 2, times: 1 });
  const request = { flowId: "f1" };
  const both = await Promise.all([1, 2].map(() => startRun(world.service, request, "flow f1")));
  expect(new Set(both.map(({ jobId }) => jobId)).size).toBe(2);
  expect(world.emulator.jobs("f1")).toHaveLength(2);
});
