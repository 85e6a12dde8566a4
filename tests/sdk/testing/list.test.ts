import type { Emulator } from "../../../sdk/testing/index";
import { ask, useEmulators } from "./use-emulator";

const start = useEmulators();
const many = (count: number, more: (index: number) => Record<string, unknown> = () => ({})) =>
  Array.from({ length: count }, (_, index) => ({
    _id: `f${String(index)}`,
    name: `Flow ${String(index)}`,
    ...more(index),
  }));
const ids = (reply: { body: { _id: string }[] }): string[] => reply.body.map(({ _id }) => _id);

async function everyPage(emulator: Emulator, path: string): Promise<string[][]> {
  const pages: string[][] = [];
  let next: string | undefined = path;
  while (next) {
    const reply = await ask(emulator, `GET ${next}`);
    pages.push(ids(reply));
    const link = /^<(.+)>; rel="next"$/.exec(reply.headers.get("link") ?? "")?.[1];
    expect(link === undefined || link.startsWith(`${emulator.url}/v1/`)).toBe(true);
    next = link?.slice(`${emulator.url}/v1`.length);
  }
  return pages;
}

test("an empty list is 204 without a body, or 200 with an empty list", async () => {
  const emulator = await start();
  for (const kind of ["flows", "exports", "imports", "connections", "integrations", "scripts"]) {
    const reply = await ask(emulator, `GET /${kind}`);
    expect([reply.status, reply.body]).toEqual([204, ""]);
  }
  emulator.options.emptyList = 200;
  const reply = await ask(emulator, "GET /flows");
  expect([reply.status, reply.body]).toEqual([200, []]);
});

test("a list comes in pages whose links keep the filter", async () => {
  const emulator = await start({
    pageSize: 4,
    seed: { flows: many(20, (index) => ({ disabled: index % 2 === 0 })) },
  });
  const pages = await everyPage(emulator, "/flows?disabled=true");
  expect(pages).toEqual([
    ["f0", "f2", "f4", "f6"],
    ["f8", "f10", "f12", "f14"],
    ["f16", "f18"],
  ]);
  expect(emulator.log.every(({ path }) => path.includes("disabled=true"))).toBe(true);
});

test("a full last page has no link, and a request's own limit only lowers the size", async () => {
  const emulator = await start({ pageSize: 5, seed: { flows: many(10) } });
  expect((await everyPage(emulator, "/flows")).map(({ length }) => length)).toEqual([5, 5]);
  expect(ids(await ask(emulator, "GET /flows?limit=2&skip=3"))).toEqual(["f3", "f4"]);
  expect(ids(await ask(emulator, "GET /flows?limit=1000")).length).toBe(5);
  expect((await ask(emulator, "GET /flows?skip=10")).status).toBe(204);
});

test("pages hold 100 by default", async () => {
  const emulator = await start({ seed: { flows: many(250) } });
  expect((await everyPage(emulator, "/flows")).map(({ length }) => length)).toEqual([100, 100, 50]);
});

test("a link can be made to lead elsewhere", async () => {
  const emulator = await start({
    pageSize: 1,
    linkOrigin: "http://elsewhere.test",
    seed: { flows: many(2) },
  });
  const { headers } = await ask(emulator, "GET /flows");
  expect(headers.get("link")).toBe('<http://elsewhere.test/v1/flows?skip=1&limit=1>; rel="next"');
});

test("filters and sorts", async () => {
  const emulator = await start({
    seed: {
      flows: [
        { _id: "a", name: "B", _integrationId: "i1", disabled: true },
        { _id: "b", name: "A", _integrationId: "i2" },
        { _id: "c", name: "A", _abstractFlowId: "b" },
      ],
      imports: [{ _id: "x", adaptorType: "HTTPImport" }, "y"],
    },
  });
  const list = async (query: string) => ids(await ask(emulator, `GET ${query}`));
  expect(await list("/flows")).toEqual(["a", "b"]);
  expect(await list("/flows?includeInstances=true")).toEqual(["a", "b", "c"]);
  expect(await list("/flows?_abstractFlowId=b")).toEqual(["c"]);
  expect(await list("/flows?name=A")).toEqual(["b"]);
  expect(await list("/flows?disabled=false")).toEqual(["b"]);
  expect(await list("/flows?_integrationId=i1")).toEqual(["a"]);
  expect(await list("/flows?sort_by=name")).toEqual(["b", "a"]);
  expect(await list("/flows?sort_by=-name")).toEqual(["a", "b"]);
  expect(await list("/imports?adaptorType=HTTPImport")).toEqual(["x"]);
});

test("projects with include or exclude; _id and name always come", async () => {
  const emulator = await start({
    seed: { flows: [{ _id: "a", name: "A", disabled: true, settings: { x: 1, y: 2 } }] },
  });
  const one = async (query: string): Promise<unknown> =>
    (await ask(emulator, `GET /flows?${query}`)).body[0];
  expect(await one("include=settings.x")).toEqual({ _id: "a", name: "A", settings: { x: 1 } });
  expect(await one("exclude=settings.x,name,createdAt,lastModified")).toEqual({
    _id: "a",
    name: "A",
    disabled: true,
    settings: { y: 2 },
  });
});

test.each([
  "integration=a",
  "_integrationid=a",
  "disabled=no",
  "include=name&exclude=name",
  "limit=0",
  "limit=x",
  "skip=-1",
  "include=a[b]",
])("refuses the query %s", async (query) => {
  const emulator = await start();
  const reply = await ask(emulator, `GET /flows?${query}`);
  expect([reply.status, reply.body.errors[0].code]).toEqual([400, "invalid_query_params"]);
});

test("lists of scripts lack their content", async () => {
  const emulator = await start({ seed: { scripts: [{ _id: "s", content: "code" }] } });
  expect((await ask(emulator, "GET /scripts")).body[0]).not.toHaveProperty("content");
  expect((await ask(emulator, "GET /scripts/s")).body.content).toBe("code");
});

test("an integration lists what is in it", async () => {
  const emulator = await start({
    pageSize: 1,
    seed: {
      integrations: ["i1", "i2"],
      flows: many(3, (index) => ({ _integrationId: index === 1 ? "i2" : "i1" })),
    },
  });
  expect(await everyPage(emulator, "/integrations/i1/flows")).toEqual([["f0"], ["f2"]]);
  expect((await ask(emulator, "GET /integrations/i1/exports")).status).toBe(204);
  expect((await ask(emulator, "GET /integrations/i3/flows")).status).toBe(404);
});

describe("a token with limited reach", () => {
  const scoped = { token: "scoped", integrationIds: ["i1"] };
  const seed = {
    integrations: ["i1", "i2"],
    flows: many(2, (index) => ({ _integrationId: `i${String(index + 1)}` })),
    exports: ["e"],
  };
  const as = { token: "scoped" };

  test("sees an empty list until the request names its integration", async () => {
    const emulator = await start({ tokens: [scoped], seed });
    const status = async (query: string) =>
      (await ask(emulator, `GET ${query}`, undefined, as)).status;
    expect(await status("/flows")).toBe(204);
    expect(await status("/exports")).toBe(204);
    expect(await status("/flows?_integrationId=i2")).toBe(204);
    expect(ids(await ask(emulator, "GET /flows?_integrationId=i1", undefined, as))).toEqual(["f0"]);
    expect(ids(await ask(emulator, "GET /integrations/i1/flows", undefined, as))).toEqual(["f0"]);
    expect(ids(await ask(emulator, "GET /integrations", undefined, as))).toEqual(["i1"]);
  });

  test("meets 404 outside, and cannot write there", async () => {
    const emulator = await start({ tokens: [scoped], seed });
    expect((await ask(emulator, "GET /flows/f0", undefined, as)).status).toBe(200);
    expect((await ask(emulator, "GET /flows/f1", undefined, as)).status).toBe(404);
    expect((await ask(emulator, "DELETE /flows/f1", undefined, as)).status).toBe(404);
    expect((await ask(emulator, "GET /exports/e", undefined, as)).status).toBe(200);
    const reply = await ask(emulator, "POST /flows", { name: "A", _integrationId: "i2" }, as);
    expect([reply.status, reply.body.errors[0].code]).toEqual([403, "access_restricted"]);
    expect((await ask(emulator, "GET /tokenInfo", undefined, as)).body.scope).toEqual(["i1"]);
  });
});

test("another account's token sees nothing, and has memory of its own", async () => {
  const emulator = await start({
    tokens: [{ token: "other", account: "b" }],
    seed: { flows: many(2) },
  });
  const as = { token: "other" };
  expect((await ask(emulator, "GET /flows", undefined, as)).status).toBe(204);
  expect((await ask(emulator, "GET /flows/f0", undefined, as)).status).toBe(404);
  const made = await ask(emulator, "POST /flows", { name: "B" }, as);
  expect((await ask(emulator, `GET /flows/${String(made.body._id)}`, undefined, as)).status).toBe(
    200,
  );
  expect((await ask(emulator, `GET /flows/${String(made.body._id)}`)).status).toBe(404);
  expect(emulator.flows().length).toBe(2);
});
