import { BadRun, createRun } from "../../../provider/run/create";
import { aFlow, useRuns } from "./virtual-run";

const start = useRuns();
const INPUTS = { flowId: "f1" };

/** How often the flow was run. */
function runs({
  emulator,
}: {
  emulator: { requests: (method: string, path: string) => { carriedOut: boolean }[] };
}): number {
  return emulator.requests("POST", "/flows/f1/run").filter(({ carriedOut }) => carriedOut).length;
}

async function badRun(promise: Promise<unknown>): Promise<BadRun> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof BadRun) return error;
  throw new Error(`no BadRun: ${String(error)}`);
}

describe("a run that is waited for", () => {
  test("is over when the job of every page generator has ended, one after the other", async () => {
    const world = await start(aFlow(["a", "b", "c"]));
    world.emulator.outcome("f1", { numSuccess: 10, numError: 1 });
    const outcome = await createRun(world.service, INPUTS);
    expect(outcome).toMatchObject({
      status: "completed",
      exportId: "a",
      numSuccess: 30,
      numError: 3,
    });
    expect(outcome.flowExecutionGroupId).toEqual(expect.any(String));
    expect(outcome.startedAt).toBe("2024-01-15T10:00:04.000Z");
    expect(outcome.endedAt).toBe("2024-01-15T10:01:00.000Z");
    expect(world.elapsed()).toBeLessThan(80_000);
    expect(runs(world)).toBe(1);
    // Back-off: a minute and more of waiting costs few requests.
    expect(world.emulator.log.length).toBeLessThan(35);
  });

  test("tells where it stands at most every 15 seconds, naming flow, job and counts", async () => {
    const world = await start(aFlow(["a"]), { jobDurationMs: 200_000 });
    await createRun(world.service, INPUTS);
    const [first, ...lines] = world.said;
    expect(first).toMatch(/flow "Sync" \(f1\) runs as job \w+; waiting up to 1800 s/);
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.length).toBeLessThanOrEqual(14);
    expect(lines.at(-1)).toMatch(
      /flow "Sync" \(f1\): job \w+ \(export a\) is running, 0 records succeeded, 0 failed, \d+ s/,
    );
  });

  test("takes the jobs of a parallel flow, and only those that were asked for", async () => {
    const world = await start(aFlow(["a", "b", "c"], { runPageGeneratorsInParallel: true }));
    world.emulator.outcome("f1", { numSuccess: 5 });
    expect((await createRun(world.service, INPUTS)).numSuccess).toBe(15);
    const outcome = await createRun(world.service, { ...INPUTS, exportIds: ["b"] });
    expect(outcome).toMatchObject({ exportId: "b", numSuccess: 5 });
    expect(world.elapsed()).toBeLessThan(60_000);
  });

  test("does not take jobs of another run for its own", async () => {
    const world = await start(aFlow(["a", "b"]), { runRunning: "allow" });
    world.emulator.outcome("f1", { numSuccess: 1 });
    // Half a second before, somebody else has run the flow.
    world.emulator.startJob("f1", { durationMs: 500_000 });
    await world.service.clock.sleep(500);
    expect((await createRun(world.service, INPUTS)).numSuccess).toBe(2);
    expect(world.elapsed()).toBeLessThan(80_000);
  });

  test("goes on without a listener, which never has a job", async () => {
    const world = await start(aFlow(["a", "b"]));
    // The flow is read with two generators, and run, a lost answer later, with one.
    world.emulator.fault({ kind: "cutBefore", method: "POST", path: "/flows/f1/run" });
    world.at(500, () => world.emulator.edit("f1", { pageGenerators: [{ _exportId: "a" }] }));
    expect((await createRun(world.service, INPUTS)).status).toBe("completed");
    expect(world.said.join("\n")).toContain("the job of export b has not begun");
    expect(world.said.at(-1)).toMatch(/no job came for export b; a listener has none/);
    expect(world.elapsed()).toBeLessThan(70_000);
  });
});

describe("a run that does not go well", () => {
  test("fails when a job failed, and says which, with counts and the source's part in it", async () => {
    const world = await start(aFlow(["a"]));
    world.emulator.outcome("f1", { status: "failed", numSuccess: 3, numError: 7 });
    const { message, outcome } = await badRun(createRun(world.service, INPUTS));
    expect(message).toMatch(
      /flow "Sync" \(f1\) was run and failed:\n {2}- job \w+ \(export a\) failed: 3 records succeeded, 7 failed; the source/,
    );
    expect(message).toMatch(/Next: .*does not run the flow again; a change of `triggers` does/);
    expect(outcome).toMatchObject({ status: "failed", numSuccess: 3, numError: 7 });
  });

  test("fails soon when it is canceled, though generators are left", async () => {
    const world = await start(aFlow(["a", "b", "c"]));
    world.at(10_000, () =>
      fetch(`${world.emulator.url}/v1/flows/f1/jobs/cancel`, {
        method: "POST",
        headers: { authorization: `Bearer ${world.emulator.token}` },
      }),
    );
    const { message, outcome } = await badRun(
      createRun(world.service, { ...INPUTS, timeoutMs: 600_000 }),
    );
    expect(message).toContain("was canceled");
    expect(outcome.status).toBe("canceled");
    expect(world.elapsed()).toBeLessThan(60_000);
  });

  test("with failed records is a warning, or a failure where they count", async () => {
    const world = await start(aFlow(["a"]));
    world.emulator.outcome("f1", { numSuccess: 98, numError: 2 });
    expect(await createRun(world.service, INPUTS)).toMatchObject({
      status: "completed",
      numSuccess: 98,
      numError: 2,
    });
    expect(world.said.at(-1)).toMatch(
      /warning: flow "Sync" \(f1\) completed with 2 failed records/,
    );
    const { message, outcome } = await badRun(
      createRun(world.service, { ...INPUTS, failOnErrors: true }),
    );
    expect(message).toMatch(/with errors \(`failOnErrors`\):\n.*98 records succeeded, 2 failed/);
    expect(outcome.status).toBe("completed");
  });

  test("that takes too long fails with what still runs, and with what has not begun", async () => {
    const world = await start(aFlow(["a", "b"]), { jobDurationMs: 100_000 });
    const { message, outcome } = await badRun(
      createRun(world.service, { ...INPUTS, timeoutMs: 30_000 }),
    );
    expect(message).toMatch(
      /not over after 30 s .*goes on in the service: job \w+ \(export a\) is running.*export b has not begun/,
    );
    expect(outcome).toMatchObject({ status: "running", endedAt: null });
    expect(Math.round(world.elapsed() / 1000)).toBe(30);
  });

  test("and cannot be watched is recorded as started", async () => {
    const world = await start(aFlow(["a"]));
    world.emulator.fault({ kind: "status", status: 403, path: /\/jobs\//, times: 99 });
    const { message, outcome } = await badRun(createRun(world.service, INPUTS));
    expect(message).toMatch(/was run, and its job \w+ cannot be watched[^]*403/);
    expect(outcome.status).toBe("unknown");
    expect(runs(world)).toBe(1);
  });
});

test("a run that nobody waits for is looked at once", async () => {
  const world = await start(aFlow(["a"]));
  expect(await createRun(world.service, { ...INPUTS, wait: false })).toMatchObject({
    status: "queued",
    endedAt: null,
  });
  expect(world.elapsed()).toBe(0);
});

test("a disabled flow is sent as it is, and the refusal explained in both wordings", async () => {
  const world = await start(aFlow(["a"], { disabled: true }));
  await expect(createRun(world.service, INPUTS)).rejects.toThrow(
    /running flow "Sync" \(f1\) failed[^]*inactive_flow[^]*enable it first/,
  );
  const body = { errors: [{ code: "invalid_state", message: "This cannot be run" }] };
  world.emulator.fault({ kind: "status", status: 422, path: /run$/, body });
  await expect(createRun(world.service, INPUTS)).rejects.toThrow(
    /This cannot be run[^]*flow is disabled, which may be why/,
  );
  const conflict = { errors: [{ code: "conflict", message: "Flow is disabled" }] };
  world.emulator.fault({ kind: "status", status: 409, path: /run$/, body: conflict });
  await expect(createRun(world.service, INPUTS)).rejects.toThrow(
    /Flow is disabled[^]*which may be why/,
  );
  expect(world.elapsed()).toBe(0);
  world.emulator.options.disabledRun = "allow";
  expect((await createRun(world.service, INPUTS)).status).toBe("completed");
  expect(runs(world)).toBe(1);
});

test("a running flow is waited for, then named with what to do", async () => {
  const world = await start(aFlow(["a"]));
  world.emulator.startJob("f1");
  world.at(60_000, () => {
    world.emulator.finishJobs("f1");
  });
  expect((await createRun(world.service, INPUTS)).status).toBe("completed");
  expect(world.said[0]).toContain('flow "Sync" (f1) is running; waiting up to 300 s');
  expect(runs(world)).toBe(1);
  world.emulator.startJob("f1");
  await expect(createRun(world.service, INPUTS)).rejects.toThrow(
    /still running[^]*celigo:conflictTimeoutMs/,
  );
  expect(runs(world)).toBe(1);
});

test("a flow that is not there is not run", async () => {
  const world = await start(aFlow(["a"]));
  await expect(createRun(world.service, { flowId: "nope" })).rejects.toMatchObject({
    info: { kind: "notFound" },
  });
  expect(world.emulator.writes()).toEqual([]);
});
