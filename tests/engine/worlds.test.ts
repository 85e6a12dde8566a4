import { aFlow, createFlowStack, type DeclaredFlow, expectCode } from "../support/flow-stack";

const MATRIX = (["replace", "merge"] as const).flatMap((put) =>
  (["five", "six", "both"] as const).map((cron) => ({ put, cron })),
);

const flows = (description: string, five: string, six: string): DeclaredFlow[] => [
  { name: "five", args: aFlow({ description, schedule: five, timezone: "UTC" }) },
  {
    name: "six",
    args: aFlow({
      schedule: six,
      timezone: "UTC",
      pageGenerators: [{ exportId: "exp123", schedule: five }],
    }),
  },
];

/** The specification's world and the reported one (`api-facts.md` 7), and everything between. */
describe("both worlds", () => {
  const table: string[] = [];
  afterAll(() => {
    console.log(["PUT      cron  life cycle", ...table].join("\n"));
  });

  it.each(MATRIX)("a PUT that means $put, cron of $cron fields", async ({ put, cron }) => {
    const stack = await createFlowStack({ put, cron });
    try {
      await stack.deploy(...flows("first", "0 */6 * * *", "? 5 0 ? * *"));
      expectCode(await stack.refreshedPreview(), 0);
      await stack.deploy(...flows("second", "*/15 * * * *", "? 0 2 ? * 1-5"));
      expectCode(await stack.refreshedPreview(), 0);
      const schedules = stack.emulator
        .flows()
        .map(({ schedule }) => String(schedule).split(" ").length);
      expect(schedules).toEqual(
        cron === "five" ? [5, 5] : cron === "six" ? [6, 6] : expect.arrayContaining([5, 6]),
      );
      const id = await stack.idOf("five");
      stack.emulator.edit(id, { description: "by hand", schedule: null });
      expectCode(await stack.refreshPreview(), 7);
      expectCode(await stack.project.up(["--refresh"]), 0);
      expect(stack.emulator.flow(id)).toMatchObject({ description: "second", timezone: "UTC" });
      expect(stack.emulator.flow(id)).toHaveProperty("schedule");
      expectCode(await stack.refreshedPreview(), 0);
      expectCode(await stack.project.destroy(), 0);
      expect(stack.emulator.flows()).toEqual([]);
      table.push(`${put.padEnd(8)} ${cron.padEnd(5)} quiet after up, update, repair; destroyed`);
    } finally {
      await stack.close();
    }
  });
});
