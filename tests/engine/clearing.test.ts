import {
  aFlow,
  createFlowStack,
  type DeclaredFlow,
  expectCode,
  type FlowStack,
} from "../support/flow-stack";

const FULL = {
  description: "to be cleared",
  integrationId: "int123",
  schedule: "0 2 * * *",
  timezone: "UTC",
  skipRetries: true,
  runNextFlowIds: ["n1"],
  aliases: [{ alias: "x", exportId: "exp123" }],
  settings: { keep: 1, drop: { deep: true } },
  logging: { mode: "detailed" },
  preSave: { function: "f", scriptId: "s1" },
  additionalFields: { rawOne: 1, rawTwo: { a: 1, b: 2 } },
  pageGenerators: [{ exportId: "exp123", schedule: "0 1 * * *", skipRetries: true, unheardOf: 1 }],
  pageProcessors: [
    { type: "export", exportId: "exp124", proceedOnFailure: true },
    {
      type: "import",
      importId: "imp123",
      responseMapping: { fields: [{ extract: "a", generate: "b" }], lists: [] },
    },
  ],
};

const WIRE = [
  "description",
  "_integrationId",
  "schedule",
  "timezone",
  "_runNextFlowIds",
  "aliases",
  "preSave",
  "rawOne",
  "rawTwo",
];

describe.each(["replace", "merge"] as const)(
  "a field taken out of the program, under a PUT that means %s",
  (put) => {
    let stack: FlowStack;
    const one = (args: Record<string, unknown>): DeclaredFlow => ({ name: "one", args });
    const live = async () => stack.emulator.flow(await stack.idOf("one"));
    const puts = () => stack.emulator.requests("PUT").length;

    beforeAll(async () => {
      stack = await createFlowStack({ put });
      await stack.deploy(one(FULL));
    });
    afterAll(() => stack.close());

    it("is cleared inside lists and documents", async () => {
      await stack.deploy(
        one({
          ...FULL,
          settings: { keep: 1 },
          additionalFields: { rawTwo: { a: 1 } },
          pageGenerators: [{ exportId: "exp123" }],
          pageProcessors: [{ type: "import", importId: "imp123" }],
        }),
      );
      const flow = await live();
      expect(flow).toMatchObject({ settings: { keep: 1 }, rawTwo: { a: 1 } });
      expect(flow).not.toHaveProperty("settings.drop");
      expect(flow).not.toHaveProperty("rawOne");
      expect(flow).not.toHaveProperty("rawTwo.b");
      expect(JSON.stringify(flow?.["pageGenerators"])).not.toMatch(
        /schedule|unheardOf|skipRetries":true/,
      );
      expect(flow?.["pageProcessors"]).toHaveLength(1);
      expect(JSON.stringify(flow?.["pageProcessors"])).not.toContain("extract");
      expect(puts()).toBeLessThanOrEqual(2);
      expectCode(await stack.refreshedPreview(), 0);
    });

    it("is cleared at the top, with at most one further PUT", async () => {
      await stack.deploy(one(aFlow()));
      const flow = await live();
      for (const key of WIRE) expect({ [key]: flow?.[key] ?? null }).toEqual({ [key]: null });
      expect(flow?.["skipRetries"] ?? false).toBe(false);
      expect(flow?.["settings"] ?? {}).toEqual({});
      expect(flow?.["logging"] ?? { mode: "accountLevel" }).toEqual({ mode: "accountLevel" });
      expect(puts()).toBe(put === "merge" ? 2 : 1);
      expectCode(await stack.refreshedPreview(), 0);
    });

    it("goes both ways between steps in a line and branches", async () => {
      const branches = [{ name: "all", pageProcessors: [{ type: "import", importId: "imp124" }] }];
      await stack.deploy(
        one(aFlow({ pageProcessors: undefined, routers: [{ id: "r1", branches }] })),
      );
      expect((await live())?.["pageProcessors"] ?? []).toEqual([]);
      expectCode(await stack.refreshedPreview(), 0);
      await stack.deploy(one(aFlow()));
      expect((await live())?.["routers"] ?? []).toEqual([]);
      expect((await live())?.["pageProcessors"]).toHaveLength(1);
      expectCode(await stack.refreshedPreview(), 0);
    });

    it("may be emptied as well as removed", async () => {
      await stack.deploy(
        one(aFlow({ runNextFlowIds: ["n1"], aliases: [{ alias: "x", exportId: "exp123" }] })),
      );
      await stack.deploy(one(aFlow({ runNextFlowIds: [], aliases: [], pageProcessors: [] })));
      const flow = await live();
      for (const key of ["_runNextFlowIds", "aliases", "pageProcessors"])
        expect(flow?.[key] ?? []).toEqual([]);
      expectCode(await stack.refreshedPreview(), 0);
    });
  },
);

describe("a field that the service will not clear", () => {
  it("is said, and counts as in sync from then on", async () => {
    const secret = "a-secret-of-the-users";
    const settings = { deep: [{ key: secret }] };
    const stack = await createFlowStack({
      alsoAdds: { autoResolveMatchingTraceKeys: true, settings },
    });
    try {
      await stack.deploy({
        name: "one",
        args: aFlow({
          autoResolveMatchingTraceKeys: true,
          description: "a",
          settings: { deep: [{ key: { $secret: secret } }] },
        }),
      });
      const { output } = await stack.deploy({ name: "one", args: aFlow({ description: "a" }) });
      expect(output).toContain("does not clear autoResolveMatchingTraceKeys, settings");
      expectCode(await stack.refreshedPreview(), 0);
      await stack.deploy({ name: "one", args: aFlow({ description: "b" }) });
      expectCode(await stack.refreshedPreview(), 0);
      expect(JSON.stringify(await stack.project.state())).not.toContain(secret);
    } finally {
      await stack.close();
    }
  });
});
