import type { Emulator, EmulatorOptions } from "../../../sdk/testing/index";
import { STEPS, aClock, aFlow, ask, useEmulators } from "./use-emulator";

const start = useEmulators();

interface Scene {
  emulator: Emulator;
  clock: ReturnType<typeof aClock>;
}

async function withFlow(flow = {}, options: EmulatorOptions = {}): Promise<Scene> {
  const clock = aClock();
  const emulator = await start({
    now: clock.now,
    jobDurationMs: 1000,
    seed: { ...STEPS, flows: [{ _id: "f", ...aFlow(flow) }] },
    ...options,
  });
  return { emulator, clock };
}

const two = { pageGenerators: [{ _exportId: "exp123" }, { _exportId: "exp456" }] };
const latest = async (emulator: Emulator): Promise<[string, string][]> => {
  const { body } = await ask(emulator, "GET /flows/f/jobs/latest");
  const jobs = (body === "" ? [] : body) as { _exportId: string; status: string }[];
  return jobs.map((job) => [job._exportId, job.status]);
};

test("a job is queued, then runs, then is completed with its figures", async () => {
  const { emulator, clock } = await withFlow({ _integrationId: "i" });
  emulator.outcome("f", { numSuccess: 100, numError: 2 });
  const run = await ask(emulator, "POST /flows/f/run");
  expect([run.status, run.body]).toEqual([
    201,
    { _jobId: expect.any(String), _exportId: "exp123", flowExecutionGroupId: expect.any(String) },
  ]);
  const job = async (): Promise<unknown> =>
    (await ask(emulator, `GET /jobs/${String(run.body._jobId)}`)).body;

  const queued = (await job()) as Record<string, unknown>;
  expect(queued).toMatchObject({
    type: "flow",
    status: "queued",
    _flowId: "f",
    _exportId: "exp123",
    _integrationId: "i",
    numSuccess: 0,
  });
  expect([queued["startedAt"], queued["endedAt"]]).toEqual([undefined, undefined]);
  clock.pass(200);
  expect(await job()).toMatchObject({
    status: "running",
    startedAt: "2024-01-15T10:00:00.200Z",
    doneExporting: false,
  });
  clock.pass(800);
  expect(await job()).toMatchObject({
    status: "completed",
    numSuccess: 100,
    numError: 2,
    numOpenError: 2,
    startedAt: "2024-01-15T10:00:00.200Z",
    endedAt: "2024-01-15T10:00:01.000Z",
    purgeAt: "2024-02-14T10:00:00.000Z",
    flowExecutionGroupId: run.body.flowExecutionGroupId,
  });
  expect(emulator.flow("f")?.["lastExecutedAt"]).toBe("2024-01-15T10:00:00.000Z");
  expect((await ask(emulator, "GET /flows/f/audit")).status).toBe(204);
});

test("generators run one after the other: a later job exists once the earlier has ended", async () => {
  const { emulator, clock } = await withFlow(two);
  expect(await latest(emulator)).toEqual([]);
  await ask(emulator, "POST /flows/f/run");
  clock.pass(999);
  expect(await latest(emulator)).toEqual([["exp123", "running"]]);
  clock.pass(1);
  expect(await latest(emulator)).toEqual([
    ["exp123", "completed"],
    ["exp456", "queued"],
  ]);
  expect((await ask(emulator, "POST /flows/f/run")).status).toBe(409);
  clock.pass(1000);
  expect(await latest(emulator)).toEqual([
    ["exp123", "completed"],
    ["exp456", "completed"],
  ]);
});

test("generators of a parallel flow run together", async () => {
  const { emulator } = await withFlow({ ...two, runPageGeneratorsInParallel: true });
  await ask(emulator, "POST /flows/f/run");
  expect(await latest(emulator)).toEqual([
    ["exp123", "queued"],
    ["exp456", "queued"],
  ]);
});

test("latest has the newest job of each generator, the history has all, newest first", async () => {
  const { emulator, clock } = await withFlow(two);
  await ask(emulator, "POST /flows/f/run");
  clock.pass(2000);
  emulator.outcome("f", { status: "failed", durationMs: 10 });
  expect(
    (await ask(emulator, "POST /flows/f/run", { _exportIds: ["exp456"] })).body._exportId,
  ).toBe("exp456");
  clock.pass(10);
  expect(await latest(emulator)).toEqual([
    ["exp123", "completed"],
    ["exp456", "failed"],
  ]);
  const history = (await ask(emulator, "GET /flows/f/jobs")).body as {
    _exportId: string;
    status: string;
  }[];
  expect(history.map((job) => [job._exportId, job.status])).toEqual([
    ["exp456", "failed"],
    ["exp456", "completed"],
    ["exp123", "completed"],
  ]);
  expect(emulator.jobs("f")).toEqual(history);
  expect((await ask(emulator, "GET /flows/f/jobs?status=failed")).body.length).toBe(1);
});

test("a job's family has its steps", async () => {
  const { emulator, clock } = await withFlow();
  const { body } = await ask(emulator, "POST /flows/f/run");
  clock.pass(1000);
  const family = (await ask(emulator, `GET /jobs/${String(body._jobId)}/family`)).body;
  expect(family.children).toMatchObject([
    {
      type: "export",
      _exportId: "exp123",
      _flowJobId: body._jobId,
      status: "completed",
      oIndex: 0,
    },
    {
      type: "import",
      _importId: "imp123",
      _flowJobId: body._jobId,
      status: "completed",
      oIndex: 1,
    },
  ]);
  expect((await ask(emulator, "GET /jobs/nothing")).status).toBe(404);
});

test("a cancelled run stops, and the generators after it never run", async () => {
  const { emulator, clock } = await withFlow(two);
  const { body } = await ask(emulator, "POST /flows/f/run");
  clock.pass(500);
  const reply = await ask(emulator, `PUT /jobs/${String(body._jobId)}/cancel`);
  expect([reply.status, reply.body.status, reply.body.endedAt]).toEqual([
    200,
    "canceled",
    "2024-01-15T10:00:00.500Z",
  ]);
  clock.pass(5000);
  expect(await latest(emulator)).toEqual([["exp123", "canceled"]]);
  await ask(emulator, "POST /flows/f/run");
  expect((await ask(emulator, "POST /flows/f/jobs/cancel")).status).toBe(204);
  expect(await latest(emulator)).toEqual([["exp123", "canceled"]]);
});

describe("a run is refused", () => {
  const refusal = async ({ emulator }: Scene, body?: unknown): Promise<unknown[]> => {
    const reply = await ask(emulator, "POST /flows/f/run", body);
    return [reply.status, reply.body.errors?.[0]?.code] as unknown[];
  };

  test("of a disabled flow, unless the option allows it", async () => {
    const scene = await withFlow({ disabled: true }, { disabledRunStatus: 403 });
    expect(await refusal(scene)).toEqual([403, "inactive_flow"]);
    scene.emulator.options.disabledRun = "allow";
    expect(await refusal(scene)).toEqual([201, undefined]);
  });

  test("of a running flow, unless the option allows it", async () => {
    const scene = await withFlow();
    scene.emulator.startJob("f");
    expect(await refusal(scene)).toEqual([409, "conflict"]);
    scene.emulator.options.runRunning = "allow";
    expect(await refusal(scene)).toEqual([201, undefined]);
  });

  test.each([
    [{ _exportIds: ["imp123"] }, 404, "not_found"],
    [{ _exportIds: [] }, 422, "invalid_field"],
    [{ _exportIds: "exp123" }, 422, "invalid_field"],
    [{ exportIds: ["exp123"] }, 422, "invalid_field"],
    [{ startDate: "yesterday" }, 422, "invalid_field"],
    [{ startDate: "2024-02-01T00:00:00Z", endDate: "2024-01-01T00:00:00Z" }, 422, "invalid_field"],
    [{ export: { endDate: 5 } }, 422, "invalid_field"],
    [{ export: "x" }, 422, "invalid_field"],
    [[], 400, "invalid_body"],
  ])("with the body %j", async (body, status, code) => {
    expect(await refusal(await withFlow(), body)).toEqual([status, code]);
  });

  test("of a flow without generators, and of an abstract one", async () => {
    expect(await refusal(await withFlow({ pageGenerators: [] }))).toEqual([422, "invalid_field"]);
    expect(await refusal(await withFlow({ isAbstract: true }))).toEqual([422, "invalid_field"]);
  });

  test("with a window where the option does not take it", async () => {
    const scene = await withFlow({}, { runRunning: "allow" });
    const [top, nested] = [
      { startDate: "2024-01-01T00:00:00.000Z" },
      { export: { startDate: "2024-01-01T00:00:00.000Z" } },
    ];
    expect([await refusal(scene, top), await refusal(scene, nested)]).toEqual([
      [201, undefined],
      [201, undefined],
    ]);
    scene.emulator.options.runWindow = "nested";
    expect([await refusal(scene, top), await refusal(scene, nested)]).toEqual([
      [422, "invalid_field"],
      [201, undefined],
    ]);
    scene.emulator.options.runWindow = "top";
    expect([await refusal(scene, top), await refusal(scene, nested)]).toEqual([
      [201, undefined],
      [422, "invalid_field"],
    ]);
  });
});

describe("a running flow", () => {
  const conflict = { errors: [{ code: "conflict", message: "Flow is currently running" }] };

  test("answers 409 to PUT, PATCH and DELETE until its job ends", async () => {
    const { emulator, clock } = await withFlow();
    emulator.startJob("f", { durationMs: 500 });
    for (const [request, body] of [
      ["PUT /flows/f", aFlow()],
      ["PATCH /flows/f", []],
      ["DELETE /flows/f", undefined],
    ] as const) {
      const reply = await ask(emulator, request, body);
      expect([reply.status, reply.body]).toEqual([409, conflict]);
    }
    clock.pass(500);
    expect((await ask(emulator, "PUT /flows/f", aFlow())).status).toBe(200);
    expect((await ask(emulator, "DELETE /flows/f")).status).toBe(204);
  });

  test("runs until it is told to finish", async () => {
    const { emulator, clock } = await withFlow();
    emulator.outcome("f", { numSuccess: 3 });
    const id = emulator.startJob("f");
    clock.pass(3_600_000);
    expect(emulator.jobs("f")).toMatchObject([{ _id: id, status: "running" }]);
    emulator.finishJobs("f");
    expect(emulator.jobs("f")).toMatchObject([{ _id: id, status: "completed", numSuccess: 3 }]);
    expect((await ask(emulator, "PUT /flows/f", aFlow())).status).toBe(200);
  });

  test("can be written and deleted where the options allow it", async () => {
    const { emulator } = await withFlow({}, { putRunning: "allow", deleteRunning: "allow" });
    const id = emulator.startJob("f");
    expect((await ask(emulator, "PUT /flows/f", aFlow())).status).toBe(200);
    expect((await ask(emulator, "DELETE /flows/f")).status).toBe(204);
    expect((await ask(emulator, `GET /jobs/${id}`)).body.status).toBe("running");
  });

  test("is cancelled by its deletion where the option says so", async () => {
    const { emulator } = await withFlow({}, { deleteRunning: "cancel" });
    const id = emulator.startJob("f");
    expect((await ask(emulator, "DELETE /flows/f")).status).toBe(204);
    expect((await ask(emulator, `GET /jobs/${id}`)).body.status).toBe("canceled");
  });
});

test("the last export time is that of the last completed run", async () => {
  const { emulator, clock } = await withFlow();
  const last = async (): Promise<unknown> =>
    (await ask(emulator, "GET /flows/f/lastExportDateTime")).body;
  expect(await last()).toEqual({});
  emulator.options.neverExported = "null";
  expect(await last()).toEqual({ lastExportDateTime: null });
  await ask(emulator, "POST /flows/f/run");
  expect(await last()).toEqual({ lastExportDateTime: null });
  clock.pass(1000);
  expect(await last()).toEqual({ lastExportDateTime: "2024-01-15T10:00:00.200Z" });
});
