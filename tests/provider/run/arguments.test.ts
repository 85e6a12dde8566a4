import { UNKNOWN } from "../../../provider/flow/unknown";
import { diffRun } from "../../../provider/run/diff";
import * as resource from "../../../provider/run/resource";
import { validateRun } from "../../../provider/run/validate-run";

test("every wrong argument is named at once, with its path", () => {
  const problems = validateRun({
    exportIds: ["a", 7],
    startDate: "2024-02-01T00:00:00Z",
    endDate: "2024-01-01T00:00:00Z",
    wait: "yes",
    timeoutMs: 0,
    trigers: 1,
  });
  expect(problems.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
    "flowId is missing",
    expect.stringMatching(/^exportIds\[1\] must be an id/),
    "wait must be true or false, not a string",
    "endDate is before `startDate`",
    "timeoutMs must be a number of milliseconds above 0, not 0",
    "trigers is not known; did you mean `triggers`?",
  ]);
  expect(
    validateRun({
      flowId: UNKNOWN,
      exportIds: UNKNOWN,
      startDate: UNKNOWN,
      timeoutMs: UNKNOWN,
      triggers: [UNKNOWN],
    }),
  ).toEqual([]);
});

describe("a run is replaced", () => {
  const olds = {
    flowId: "f1",
    triggers: { version: [1, null] },
    wait: true,
    jobId: "j",
    __provider: "text",
  };
  test.each([
    [
      "never for the same arguments",
      { flowId: "f1", triggers: { version: [1, null] }, wait: true },
      false,
      [],
    ],
    [
      "for other triggers",
      { flowId: "f1", triggers: { version: [2, null] }, wait: true },
      true,
      ["triggers"],
    ],
    [
      "for triggers that a preview does not know",
      { flowId: "f1", triggers: { version: [UNKNOWN] }, wait: true },
      true,
      ["triggers"],
    ],
    ["for triggers that are taken away", { flowId: "f1", wait: true }, true, ["triggers"]],
    [
      "for another flow",
      { flowId: "f2", triggers: { version: [1, null] }, wait: true },
      true,
      ["flowId"],
    ],
    [
      "not for anything else",
      { flowId: "f1", triggers: { version: [1, null] }, startDate: UNKNOWN, timeoutMs: 5 },
      true,
      [],
    ],
  ])("%s", (_title, news, changes, replaces) => {
    expect(diffRun(olds, news)).toEqual({ changes, replaces });
  });
});

test("reading and deleting call nothing; an update takes arguments down and keeps the outcome", async () => {
  const olds = {
    flowId: "f1",
    triggers: 1,
    startDate: "2024-01-01",
    jobId: "j",
    status: "completed",
    numError: 2,
  };
  expect(await resource.read("j", olds)).toEqual({ id: "j", props: olds });
  await expect(resource.remove()).resolves.toBeUndefined();
  const { outs } = await resource.update("j", olds, { flowId: "f1", triggers: 1, timeoutMs: 7 });
  expect(outs).toEqual({
    flowId: "f1",
    triggers: 1,
    timeoutMs: 7,
    jobId: "j",
    status: "completed",
    numError: 2,
  });
});
