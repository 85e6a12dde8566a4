import * as celigo from "../../../sdk/index";
import { useAccount } from "./use-account";

const start = useAccount();

test("lists give ids by name, with what tells documents apart and no configuration", async () => {
  const { emulator, options } = await start({ pageSize: 1 });
  emulator.seedDocuments({ exports: [{ _id: "exp4", name: "Secretive", webhook: { key: "k" } }] });
  const exports = await celigo.getExports({ integrationId: "int1" }, options);
  expect(exports).toMatchObject([
    {
      id: "exp1",
      name: "Customers",
      connectionId: "con2",
      adaptorType: "SalesforceExport",
      integrationId: "int1",
    },
    { id: "exp2", name: "Regions", isLookup: true },
  ]);
  expect((await celigo.getExports({ name: "Customers" }, options)).map(({ id }) => id)).toEqual([
    "exp1",
    "exp3",
  ]);
  expect(JSON.stringify(await celigo.getExports({}, options))).not.toContain("webhook");
  expect(await celigo.getImports({ name: "Nothing" }, options)).toEqual([]);
  expect((await celigo.getIntegrations({}, options)).map(({ name }) => name)).toEqual([
    "Customers",
    "Orders",
  ]);
  expect(
    (await celigo.getIntegrations({ integrationId: "int2" }, options)).map(({ id }) => id),
  ).toEqual(["int2"]);
});

test("a connection belongs to its integration and to those where it is registered", async () => {
  const { emulator, options } = await start();
  // A service whose list says nothing of the integration leaves all connections in it.
  emulator.fault({ kind: "status", status: 400, path: /_integrationId=/, times: 9 });
  const ids = async (integrationId: string): Promise<string[]> =>
    (await celigo.getConnections({ integrationId }, options)).map(({ id }) => id);
  expect(await ids("int1")).toEqual(["con1", "con2"]);
  expect(await ids("int2")).toEqual([]);
});

test("a registered connection is found where the service's filter leaves it out", async () => {
  const { emulator, options } = await start();
  emulator.fault({ kind: "status", status: 204, body: "empty", path: /_integrationId=/, times: 9 });
  const found = await celigo.getConnections({ integrationId: "int1" }, options);
  expect(found.map(({ id }) => id)).toContain("con2");
  expect(await celigo.getConnections({ integrationId: "int2" }, options)).toEqual([]);
});

test("one is found by a name that only it has", async () => {
  const { options } = await start();
  expect((await celigo.getExport({ name: "Regions" }, options)).id).toBe("exp2");
  expect((await celigo.getExport({ name: "Customers", integrationId: "int2" }, options)).id).toBe(
    "exp3",
  );
  expect((await celigo.getImport({ name: "NetSuite customers" }, options)).id).toBe("imp1");
  expect((await celigo.getConnection({ name: "Salesforce" }, options)).type).toBe("salesforce");
  expect((await celigo.getIntegration({ name: "Orders" }, options)).id).toBe("int2");
});

test("many looked up one beside the other cost one list", async () => {
  const { emulator, options } = await start();
  await Promise.all([
    celigo.getExport({ name: "Regions" }, options),
    celigo.getExport({ name: "Regions" }, options),
    celigo.getExports({ name: "Customers" }, options),
  ]);
  expect(emulator.requests("GET", "/exports")).toHaveLength(1);
});

test("a missing name lists what is there, the likeliest first", async () => {
  const { options } = await start();
  const failure = celigo.getImport({ name: "Netsuite Customer" }, options);
  await expect(failure).rejects.toThrow(
    /No import at http.* is named "Netsuite Customer"\.[^]*"NetSuite customers"[^]*Next: /,
  );
  const twoWords = celigo.getExport({ name: "All regions" }, options);
  await expect(twoWords).rejects.toThrow(/there:\n {2}- "Regions"\n {2}- "Customers"/);
});

test("an ambiguous name lists the ids that have it", async () => {
  const { options } = await start();
  const failure = celigo.getExport({ name: "Customers" }, options);
  await expect(failure).rejects.toThrow(
    /2 exports .* named "Customers":\n {2}- exp1 \(integration int1\)\n {2}- exp3 \(integration int2\)\nNext: /,
  );
});

test("an empty account is told apart from a wrong name, and long lists are cut", async () => {
  const { emulator, options } = await start({ seed: {} });
  await expect(celigo.getImport({ name: "X" }, options)).rejects.toThrow(
    /sees no imports there at all[^]*celigo:region/,
  );
  emulator.seedDocuments({
    imports: Array.from({ length: 30 }, (_, index) => `i${String(index)}`),
  });
  await expect(celigo.getImport({ name: "X" }, options)).rejects.toThrow("- and 10 more");
});
