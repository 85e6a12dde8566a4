import * as celigo from "../../../sdk/index";
import { useAccount } from "./use-account";

const start = useAccount();

test("latest jobs come with references renamed, none before the first run", async () => {
  const { emulator, options } = await start();
  expect(await celigo.getFlowLatestJobs({ flowId: "f1" }, options)).toEqual([]);
  emulator.outcome("f1", { numSuccess: 100, numError: 2 });
  const { jobId } = await celigo.runFlow({ flowId: "f1" }, options);
  expect(await celigo.getFlowLatestJobs({ flowId: "f1" }, options)).toMatchObject([
    {
      id: jobId,
      flowId: "f1",
      exportId: "exp1",
      integrationId: "int1",
      status: "completed",
      numSuccess: 100,
      numError: 2,
    },
  ]);
});

test.each(["array", "audit", "auditLogs"] as const)(
  "the audit log is one list in the shape %s, all pages",
  async (auditShape) => {
    const { emulator, options } = await start({ auditShape, pageSize: 1 });
    expect(await celigo.getFlowAuditLog({ flowId: "f1" }, options)).toEqual([]);
    emulator.edit("f1", { schedule: "0 3 * * *" }, { by: "Ada" });
    emulator.edit("exp1", { name: "Clients" }, { by: "Grace" });
    const entries = await celigo.getFlowAuditLog({ flowId: "f1" }, options);
    expect(entries.map(({ resourceId, byUser }) => [resourceId, byUser?.name])).toEqual([
      ["exp1", "Grace"],
      ["f1", "Ada"],
    ]);
    expect(entries[1]).toMatchObject({
      event: "update",
      byUser: { id: "user-ada" },
      fieldChanges: [{ fieldPath: "schedule" }],
    });
  },
);

test.each([
  ["id", "keyed"],
  ["_id", "keyed"],
  ["id", "list"],
  ["_id", "list"],
] as const)(
  "dependencies are the same with %s in the %s shape",
  async (dependencyIdKey, dependenciesShape) => {
    const { options } = await start({ dependencyIdKey, dependenciesShape });
    const found = await celigo.getFlowDependencies({ flowId: "f2" }, options);
    expect(found).toEqual({
      flows: [{ id: "f1", name: "Sync", paths: ["_runNextFlowIds[0]"], accessLevel: "owner" }],
    });
  },
);

test.each([200, 204] as const)(
  "dependencies of a flow that nothing uses are empty, as a %s",
  async (emptyDependencies) => {
    const { options } = await start({ emptyDependencies });
    expect(await celigo.getFlowDependencies({ flowId: "f1" }, options)).toEqual({});
  },
);

test("descendants are whole documents; a flow without steps has none", async () => {
  const { options } = await start();
  const { exports, imports } = await celigo.getFlowDescendants({ flowId: "f1" }, options);
  expect(exports.map(({ id }) => id)).toEqual(["exp1", "exp2"]);
  expect(exports[0]).toMatchObject({
    name: "Customers",
    connectionId: "con2",
    integrationId: "int1",
    adaptorType: "SalesforceExport",
  });
  expect(imports).toMatchObject([{ id: "imp1", connectionId: "con1" }]);
  expect(await celigo.getFlowDescendants({ flowId: "f3" }, options)).toEqual({
    exports: [],
    imports: [],
  });
});

test.each(["absent", "null"] as const)(
  "the last export time is absent before the first run (%s)",
  async (neverExported) => {
    const { options } = await start({ neverExported });
    expect(await celigo.getFlowLastExportDateTime({ flowId: "f1" }, options)).toEqual({
      flowId: "f1",
    });
    await celigo.runFlow({ flowId: "f1" }, options);
    const { lastExportDateTime = "" } = await celigo.getFlowLastExportDateTime(
      { flowId: "f1" },
      options,
    );
    expect(Date.parse(lastExportDateTime)).not.toBeNaN();
  },
);
