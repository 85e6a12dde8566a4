import { zip } from "../../../sdk/testing/zip";
import { STEPS, aClock, aFlow, ask, useEmulators } from "./use-emulator";

const start = useEmulators();

interface Dependent {
  id?: string;
  _id?: string;
  paths: string[];
}

const flows = [
  { _id: "f", name: "First", ...aFlow({ _integrationId: "i" }) },
  {
    _id: "g",
    name: "Next",
    _runNextFlowIds: ["x", "f"],
    aliases: [{ alias: "a", _flowId: "f" }],
    settings: { _flowId: "f" },
  },
];

describe("dependencies", () => {
  test("name what uses a document, by plural type", async () => {
    const emulator = await start({ seed: { ...STEPS, flows, integrations: ["i"] } });
    const of = async (path: string) =>
      (await ask(emulator, `GET ${path}/dependencies`)).body as Record<string, Dependent[]>;
    const paths = ["_runNextFlowIds[1]", "aliases[0]._flowId"];
    expect(await of("/flows/f")).toEqual({
      flows: [{ id: "g", name: "Next", paths, accessLevel: "owner" }],
    });
    expect(await of("/flows/g")).toEqual({});
    expect((await of("/exports/exp123"))["flows"]?.[0]?.paths).toEqual([
      "pageGenerators[0]._exportId",
    ]);
    expect((await of("/integrations/i"))["flows"]?.[0]?.id).toBe("f");
    emulator.options.dependencyIdKey = "_id";
    expect((await of("/flows/f"))["flows"]?.[0]?._id).toBe("g");
    emulator.options.dependenciesShape = "list";
    expect((await of("/flows/f"))["dependencies"]).toMatchObject([
      { resourceType: "flows", _id: "g" },
    ]);
    emulator.options.emptyDependencies = 204;
    expect((await ask(emulator, "GET /flows/g/dependencies")).status).toBe(204);
  });

  test("keep a document from being deleted, unless the option allows it", async () => {
    const emulator = await start({ seed: { ...STEPS, flows } });
    const reply = await ask(emulator, "DELETE /flows/f");
    expect([reply.status, reply.body.errors[0]]).toEqual([
      422,
      { code: "in_use", message: "Flow f is used by 1 other resource" },
    ]);
    Object.assign(emulator.options, {
      deleteReferencedStatus: 409,
      deleteReferencedCode: "conflict",
    });
    expect(await ask(emulator, "DELETE /exports/exp123")).toMatchObject({
      status: 409,
      body: { errors: [{ code: "conflict" }] },
    });
    emulator.options.deleteReferenced = "allow";
    expect((await ask(emulator, "DELETE /flows/f")).status).toBe(204);
    expect(emulator.flow("g")?.["_runNextFlowIds"]).toEqual(["x", "f"]);
  });
});

test("descendants are whole documents, branches included or not, and no key where there are none", async () => {
  const routers = [
    {
      id: "r",
      branches: [
        {
          name: "b",
          pageProcessors: [
            { type: "export", _exportId: "exp456" },
            { type: "import", _importId: "imp456" },
          ],
        },
      ],
    },
  ];
  const emulator = await start({
    seed: {
      exports: [{ _id: "exp123", webhook: { key: "hush" } }, "exp456"],
      imports: ["imp123", "imp456"],
      flows: [
        { _id: "f", ...aFlow() },
        { _id: "r", ...aFlow({ pageProcessors: undefined, routers }) },
        { _id: "e", name: "Empty" },
      ],
    },
  });
  const of = async (id: string) => {
    const { exports, imports } = (await ask(emulator, `GET /flows/${id}/descendants`)).body;
    return [exports, imports].map((list?: { _id: string }[]) => list?.map(({ _id }) => _id));
  };
  expect(await of("f")).toEqual([["exp123"], ["imp123"]]);
  expect(await of("r")).toEqual([["exp123", "exp456"], ["imp456"]]);
  expect(await of("e")).toEqual([undefined, undefined]);
  const { body } = await ask(emulator, "GET /flows/f/descendants");
  expect(body.exports[0]).toMatchObject({ name: "export exp123", webhook: { key: "******" } });
  emulator.options.descendantsBranches = false;
  expect(await of("r")).toEqual([["exp123"], undefined]);
  emulator.remove("imp123");
  expect(await of("f")).toEqual([["exp123"], undefined]);
});

describe("the audit log", () => {
  test("has every change with author, source and fields, newest first", async () => {
    const clock = aClock();
    const emulator = await start({ now: clock.now, seed: STEPS, serverAdds: false });
    const { body } = await ask(emulator, "POST /flows", aFlow({ description: "d" }));
    const id = String(body._id);
    clock.pass(1000);
    await ask(emulator, `PUT /flows/${id}`, aFlow({ name: "B" }));
    clock.pass(1000);
    emulator.edit(id, { disabled: true }, { by: "Jo Doe", source: "ui" });
    emulator.edit("exp123", { name: "E" });
    const entries = (await ask(emulator, `GET /flows/${id}/audit`)).body;
    expect(entries).toMatchObject([
      {
        resourceType: "export",
        _resourceId: "exp123",
        event: "update",
        byUser: { name: "Somebody" },
      },
      {
        resourceType: "flow",
        _resourceId: id,
        source: "ui",
        event: "update",
        time: "2024-01-15T10:00:02.000Z",
        byUser: { _id: "user-jo.doe", name: "Jo Doe", email: "jo.doe@example.test" },
        fieldChanges: [{ fieldPath: "disabled", newValue: true }],
      },
      {
        source: "api",
        event: "update",
        byUser: { name: "API token" },
        fieldChanges: [
          { fieldPath: "name", oldValue: "Customer Sync", newValue: "B" },
          { fieldPath: "description", oldValue: "d" },
        ],
      },
      { event: "create" },
    ]);
    const filtered = async (query: string): Promise<unknown> =>
      (await ask(emulator, `GET /flows/${id}/audit?${query}`)).body.length;
    expect(await filtered("source=api")).toBe(2);
    expect(await filtered("action=create")).toBe(1);
    expect(await filtered("from=2024-01-15T10:00:01.000Z&to=2024-01-15T10:00:01.500Z")).toBe(1);
    expect(await filtered("_byUserId=user-jo.doe")).toBe(1);
  });

  test.each(["array", "audit", "auditLogs"] as const)("comes as %s", async (auditShape) => {
    const emulator = await start({ auditShape, pageSize: 1, seed: { flows: ["f"] } });
    expect((await ask(emulator, "GET /flows/f/audit")).status).toBe(204);
    emulator.edit("f", { name: "A" });
    emulator.edit("f", { name: "B" });
    const { body, headers } = await ask(emulator, "GET /flows/f/audit");
    expect(auditShape === "array" ? body : body[auditShape]).toMatchObject([
      { fieldChanges: [{ newValue: "B" }] },
    ]);
    expect(headers.get("link")).toContain('rel="next"');
  });

  test("notes a deletion", async () => {
    const emulator = await start({ seed: { flows: ["f"] } });
    await ask(emulator, "DELETE /flows/f");
    emulator.restore("f");
    expect((await ask(emulator, "GET /flows/f/audit")).body).toMatchObject([{ event: "delete" }]);
  });
});

describe("a template", () => {
  test("is a real archive behind a signed link that wants no token", async () => {
    const emulator = await start({
      seed: { ...STEPS, flows: [{ _id: "f", ...aFlow({ name: "Ünïcode" }) }] },
    });
    const { signedURL } = (await ask(emulator, "GET /flows/f/template")).body as {
      signedURL: string;
    };
    const withToken = await fetch(signedURL, {
      headers: { authorization: `Bearer ${emulator.token}` },
    });
    expect([withToken.status, await withToken.text()]).toEqual([
      403,
      expect.stringContaining("without an Authorization header"),
    ]);
    expect((await fetch(signedURL.replace(/\?.*/, ""))).status).toBe(403);
    const response = await fetch(signedURL);
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "application/zip",
    ]);
    expect(unzip(Buffer.from(await response.arrayBuffer()))).toEqual({
      "flows/f.json": "Ünïcode",
      "exports/exp123.json": "export exp123",
      "imports/imp123.json": "import imp123",
    });
  });

  test("is refused for a flow of an Integration App", async () => {
    const emulator = await start({ seed: { flows: [{ _id: "f", _connectorId: "c" }] } });
    expect((await ask(emulator, "GET /flows/f/template")).status).toBe(422);
  });
});

/** Name of each document in an archive, found as programs do it: from the directory at its end. */
function unzip(archive: Buffer): Record<string, string> {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  const names: Record<string, string> = {};
  let entry = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    expect(archive.readUInt32LE(entry)).toBe(0x02014b50);
    const [size, length, local] = [
      archive.readUInt32LE(entry + 20),
      archive.readUInt16LE(entry + 28),
      archive.readUInt32LE(entry + 42),
    ];
    expect(archive.readUInt32LE(local)).toBe(0x04034b50);
    expect(archive.readUInt32LE(local + 14)).toBe(archive.readUInt32LE(entry + 16));
    const data = archive.subarray(local + 30 + length, local + 30 + length + size);
    names[archive.toString("utf8", entry + 46, entry + 46 + length)] = (
      JSON.parse(data.toString()) as { name: string }
    ).name;
    entry += 46 + length;
  }
  expect(entry).toBe(end);
  return names;
}

test("checksums are those of the format", () => {
  // The check value that catalogues give for CRC-32: of the digits 1 to 9.
  expect(zip({ a: "123456789" }).readUInt32LE(14)).toBe(0xcbf43926);
});
