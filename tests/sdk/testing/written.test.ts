import type { Emulator, EmulatorOptions } from "../../../sdk/testing/index";
import { STEPS, aFlow, ask, useEmulators } from "./use-emulator";

const start = useEmulators();

async function withFlow(
  options: EmulatorOptions = {},
  flow = {},
): Promise<{ emulator: Emulator; id: string; path: string }> {
  const emulator = await start({ seed: STEPS, ...options });
  const { body } = await ask(emulator, "POST /flows", aFlow(flow));
  return { emulator, id: body._id as string, path: `/flows/${String(body._id)}` };
}

describe("PUT that replaces", () => {
  test("erases what is left out and keeps what only the service sets", async () => {
    const { emulator, id, path } = await withFlow(
      { serverAdds: false },
      { description: "d", timezone: "UTC" },
    );
    const before = emulator.flow(id);
    const reply = await ask(emulator, `PUT ${path}`, { name: "B", timezone: null });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      _id: id,
      name: "B",
      createdAt: before?.["createdAt"],
      lastModified: expect.any(String),
    });
    expect(emulator.flow(id)).toEqual(reply.body);
    expect(reply.body.lastModified > (before?.["lastModified"] ?? "")).toBe(true);
  });

  test("refuses a body without a name, and changes nothing", async () => {
    const { emulator, id, path } = await withFlow();
    const before = emulator.flow(id);
    const reply = await ask(emulator, `PUT ${path}`, { disabled: true });
    expect([reply.status, reply.body.errors[0]]).toEqual([
      422,
      { code: "missing_required_field", message: "name is required", field: "name" },
    ]);
    expect(emulator.flow(id)).toEqual(before);
  });
});

test("PUT that merges keeps what is left out and clears what is null", async () => {
  const { emulator, id, path } = await withFlow(
    { put: "merge", serverAdds: false },
    { description: "d", timezone: "UTC" },
  );
  const reply = await ask(emulator, `PUT ${path}`, { description: null, disabled: true });
  expect(reply.body).toMatchObject({ name: "Customer Sync", timezone: "UTC", disabled: true });
  expect(emulator.flow(id)).not.toHaveProperty("description");
});

test("the meaning of PUT can be changed while it runs", async () => {
  const { emulator, path } = await withFlow({}, { description: "d" });
  emulator.options.put = "merge";
  expect((await ask(emulator, `PUT ${path}`, { disabled: true })).body.description).toBe("d");
});

test("a name is required, not unique, and a null is not stored", async () => {
  const emulator = await start();
  expect((await ask(emulator, "POST /flows", {})).body.errors[0].code).toBe(
    "missing_required_field",
  );
  const [one, two] = [
    await ask(emulator, "POST /flows", { name: "A", description: null }),
    await ask(emulator, "POST /flows", { name: "A" }),
  ];
  expect([one.status, two.status]).toEqual([201, 201]);
  expect(one.body._id).not.toBe(two.body._id);
  expect(one.body).not.toHaveProperty("description");
});

test("ignores read-only fields and notes them, or refuses them", async () => {
  const { emulator, id, path } = await withFlow();
  const sent = {
    ...aFlow(),
    _id: "x",
    createdAt: "1970-01-01T00:00:00.000Z",
    lastModified: "y",
    lastExecutedAt: "z",
  };
  const reply = await ask(emulator, `PUT ${path}`, sent);
  expect([reply.status, reply.body._id]).toEqual([200, id]);
  expect(reply.body.createdAt).not.toMatch(/^1970/);
  expect(emulator.log.at(-1)?.readOnlySent).toEqual([
    "_id",
    "createdAt",
    "lastModified",
    "lastExecutedAt",
  ]);
  emulator.options.readOnlySent = "refused";
  expect((await ask(emulator, `PUT ${path}`, sent)).body.errors[0].code).toBe("invalid_field");
});

test("notes every mask that is written", async () => {
  const { emulator } = await withFlow();
  await ask(
    emulator,
    "POST /flows",
    aFlow({ settings: { key: "******", list: ["**********", "*****", "a******"] } }),
  );
  expect(emulator.log.at(-1)?.masksSent).toEqual(["settings.key", "settings.list[0]"]);
});

describe("what the service adds", () => {
  const routers = [
    {
      id: "r1",
      branches: [{ name: "b", pageProcessors: [{ type: "import", _importId: "imp123" }] }],
    },
  ];

  test("stands in the answer and stays the same over writes", async () => {
    const { emulator, path } = await withFlow({
      alsoAdds: { autoResolveMatchingTraceKeys: true, wizardState: "done" },
    });
    const first = (await ask(emulator, `GET ${path}`)).body;
    expect(first).toMatchObject({
      disabled: false,
      logging: { mode: "accountLevel" },
      autoResolveMatchingTraceKeys: true,
      wizardState: "done",
      pageGenerators: [{ _exportId: "exp123", skipRetries: false, _id: expect.any(String) }],
      pageProcessors: [{ responseMapping: { fields: [], lists: [] } }],
    });
    const second = (await ask(emulator, `PUT ${path}`, aFlow())).body;
    expect(second.pageGenerators).toEqual(first.pageGenerators);
  });

  test("names branches, and keeps their names", async () => {
    const { emulator, path } = await withFlow({}, { routers, pageProcessors: null });
    const first = (await ask(emulator, `GET ${path}`)).body.routers[0].branches[0];
    expect(first).toMatchObject({
      branchId: expect.any(String),
      pageProcessors: [{ responseMapping: { fields: [], lists: [] } }],
    });
    const second = (await ask(emulator, `PUT ${path}`, { name: "B", routers })).body.routers[0]
      .branches[0];
    expect(second.branchId).toBe(first.branchId);
  });

  test("can be nothing at all", async () => {
    const { emulator, id } = await withFlow({ serverAdds: false });
    expect(Object.keys(emulator.flow(id) ?? {}).sort()).toEqual(
      ["_id", "createdAt", "lastModified", "name", "pageGenerators", "pageProcessors"].sort(),
    );
  });
});

test.each([
  ["both kinds of steps", { routers: [{ id: "r", branches: [] }] }, "routers"],
  ["a router without id", { pageProcessors: [], routers: [{ branches: [] }] }, "routers"],
  [
    "a router that leads nowhere",
    { pageProcessors: [], routers: [{ id: "r", branches: [{ name: "b", nextRouterId: "q" }] }] },
    "routers",
  ],
  ["a generator without export", { pageGenerators: [{}] }, "pageGenerators"],
  ["a step without type", { pageProcessors: [{ _importId: "imp123" }] }, "pageProcessors"],
  [
    "a lookup without export",
    { pageProcessors: [{ type: "export", _importId: "imp123" }] },
    "pageProcessors",
  ],
  ["a text for a flag", { disabled: "yes" }, "disabled"],
  ["a list of ids for a list of steps", { pageGenerators: ["exp123"] }, "pageGenerators"],
  ["an unknown time zone", { timezone: "Mars/Olympus" }, "timezone"],
])("refuses %s", async (_title, overrides, field) => {
  const emulator = await start({ seed: STEPS });
  const reply = await ask(emulator, "POST /flows", aFlow(overrides));
  expect([reply.status, reply.body.errors[0]]).toEqual([
    422,
    expect.objectContaining({ code: "invalid_field", field }),
  ]);
  expect(emulator.flows()).toEqual([]);
});

describe("a step that names nothing", () => {
  test("is refused wherever it stands", async () => {
    const emulator = await start({ seed: STEPS });
    const branch = { name: "b", pageProcessors: [{ type: "import", _importId: "gone" }] };
    const bodies = [
      [{ pageProcessors: [{ type: "export", _exportId: "gone" }] }, "Export not found: gone"],
      [
        { pageProcessors: [], routers: [{ id: "r", branches: [branch] }] },
        "Import not found: gone",
      ],
    ] as const;
    for (const [overrides, message] of bodies) {
      const reply = await ask(emulator, "POST /flows", aFlow(overrides));
      expect([reply.status, reply.body.errors]).toEqual([404, [{ code: "not_found", message }]]);
    }
  });

  test("is refused as the options say, or taken", async () => {
    const emulator = await start({ referenceStatus: 422, referenceCode: "invalid_ref" });
    const reply = await ask(emulator, "POST /flows", aFlow());
    expect([reply.status, reply.body.errors[0].code]).toEqual([422, "invalid_ref"]);
    emulator.options.strictReferences = false;
    expect((await ask(emulator, "POST /flows", aFlow())).status).toBe(201);
  });
});

test("moving a flow clears its group, or is refused", async () => {
  const { emulator, path } = await withFlow({}, { _integrationId: "int1", _flowGroupingId: "g1" });
  const moved = aFlow({ _integrationId: "int2", _flowGroupingId: "g1" });
  emulator.options.integrationMove = "refuse";
  expect((await ask(emulator, `PUT ${path}`, moved)).body.errors[0].code).toBe("detach_failed");
  emulator.options.integrationMove = "inPlace";
  const { body } = await ask(emulator, `PUT ${path}`, moved);
  expect(body._integrationId).toBe("int2");
  expect(body).not.toHaveProperty("_flowGroupingId");
});

describe("PATCH", () => {
  test("changes allow-listed fields and answers without a body", async () => {
    const { emulator, id, path } = await withFlow({}, { description: "d" });
    const reply = await ask(emulator, `PATCH ${path}`, [
      { op: "replace", path: "/name", value: "B" },
      { op: "remove", path: "/description" },
      { op: "add", path: "/pageGenerators/0/schedule", value: "0 0 * * *" },
    ]);
    expect([reply.status, reply.body]).toEqual([204, ""]);
    expect(emulator.flow(id)).toMatchObject({
      name: "B",
      pageGenerators: [{ schedule: "0 0 * * *" }],
    });
    expect(emulator.flow(id)).not.toHaveProperty("description");
  });

  test.each([
    [{ op: "replace", path: "/pageProcessors", value: [] }, 422],
    [{ op: "replace", path: "/schedule", value: "x" }, 422],
    [{ op: "remove", path: "/name" }, 422],
    [{ op: "move", path: "/name" }, 400],
    ["name", 400],
  ])("refuses %j", async (operation, status) => {
    const { emulator, path } = await withFlow();
    expect((await ask(emulator, `PATCH ${path}`, [operation])).status).toBe(status);
    expect((await ask(emulator, `PATCH ${path}`, { name: "B" })).status).toBe(400);
  });

  test("follows the list that is set", async () => {
    const { emulator, path } = await withFlow({ patchPaths: "cli" });
    const value = (field: string, content: string) => [
      { op: "add", path: `/${field}`, value: content },
    ];
    expect((await ask(emulator, `PATCH ${path}`, value("timezone", "UTC"))).status).toBe(422);
    expect((await ask(emulator, `PATCH ${path}`, value("logging/mode", "basic"))).status).toBe(204);
  });
});

describe("secrets", () => {
  const connection = {
    _id: "c1",
    name: "C",
    http: { baseURI: "x", auth: { basic: { username: "u", password: "hush" } } },
  };
  const secret = (emulator: Emulator) =>
    JSON.stringify(emulator.documents("connections")[0]?.["http"]);

  test("are masked in answers, not in memory", async () => {
    const emulator = await start({ seed: { connections: [connection] } });
    const [one, list] = [
      await ask(emulator, "GET /connections/c1"),
      await ask(emulator, "GET /connections"),
    ];
    expect(one.body.http.auth.basic).toEqual({ username: "u", password: "******" });
    expect(list.body[0].http.auth.basic.password).toBe("******");
    expect(secret(emulator)).toContain("hush");
  });

  test("in settings are masked where a path says so, stars included", async () => {
    const emulator = await start({
      masks: ["settings.*.key"],
      seed: { flows: [{ _id: "f", settings: { a: { key: "k" }, b: { key: "l", id: 1 } } }] },
    });
    expect((await ask(emulator, "GET /flows/f")).body.settings).toEqual({
      a: { key: "******" },
      b: { key: "******", id: 1 },
    });
  });

  test("are overwritten by a mask that is sent back, or kept", async () => {
    const emulator = await start({ seed: { connections: [connection] } });
    const masked = (await ask(emulator, "GET /connections/c1")).body as Record<string, unknown>;
    emulator.options.maskSent = "keeps";
    await ask(emulator, "PUT /connections/c1", masked);
    expect(secret(emulator)).toContain("hush");
    emulator.options.maskSent = "overwrites";
    await ask(emulator, "PUT /connections/c1", masked);
    expect(secret(emulator)).not.toContain("hush");
  });

  test("are lost when left out, or kept", async () => {
    const emulator = await start({ secretOmitted: "keeps", seed: { connections: [connection] } });
    const without = { name: "C", http: { auth: { basic: { username: "v" } } } };
    expect(
      (await ask(emulator, "PUT /connections/c1", without)).body.http.auth.basic.username,
    ).toBe("v");
    expect(secret(emulator)).toContain("hush");
    emulator.options.secretOmitted = "loses";
    await ask(emulator, "PUT /connections/c1", without);
    expect(secret(emulator)).not.toContain("hush");
  });
});
