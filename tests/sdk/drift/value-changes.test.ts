import { FLOW_FIELDS, type FlowFieldName } from "../../../provider/flow/fields";
import { FREE_OBJECT } from "../../../provider/flow/shape";
import { valueChanges } from "../../../sdk/drift/value-changes";

const changes = (field: FlowFieldName, declared: unknown, live: unknown): string[] =>
  valueChanges(FLOW_FIELDS[field].shape, field, declared, live).map(({ path, kind, ...sides }) =>
    [path, kind, JSON.stringify(sides.declared), JSON.stringify(sides.live)].join(" "),
  );

describe("the places in which two values differ", () => {
  it("are none where they mean the same", () => {
    expect(changes("schedule", "0 1 * * *", "? 0 1 * * *")).toEqual([]);
    expect(
      changes("pageGenerators", [{ exportId: "a" }], [{ exportId: "a", skipRetries: false }]),
    ).toEqual([]);
    expect(changes("runNextFlowIds", ["a", "b"], ["b", "a"])).toEqual([]);
    expect(
      changes("logging", { mode: "basic" }, { mode: "basic", debugUntil: "2026-01-31T10:00:00Z" }),
    ).toEqual([]);
  });

  it("are named as deep as members can be told apart", () => {
    expect(
      changes(
        "routers",
        [
          {
            id: "r1",
            branches: [{ name: "a b", pageProcessors: [{ type: "import", importId: "i1" }] }],
          },
        ],
        [
          {
            id: "r1",
            branches: [
              {
                name: "a b",
                pageProcessors: [{ type: "import", importId: "i1", proceedOnFailure: true }],
              },
              { name: "new" },
            ],
          },
        ],
      ),
    ).toEqual([
      'routers[id=r1].branches[name="a b"].pageProcessors[importId=i1].proceedOnFailure added  true',
      'routers[id=r1].branches[name=new] added  {"name":"new"}',
    ]);
  });

  it("tell two steps with the same import apart", () => {
    const step = { type: "import", importId: "i1" };
    expect(changes("pageProcessors", [step, step], [step])).toEqual([
      'pageProcessors[importId=i1 #2] removed {"type":"import","importId":"i1"} ',
    ]);
  });

  it("tell another order, and nothing else where only the order moved", () => {
    const [one, two] = [{ exportId: "a" }, { exportId: "b" }];
    expect(changes("pageGenerators", [one, two], [two, one])).toEqual([
      'pageGenerators reordered ["exportId=a","exportId=b"] ["exportId=b","exportId=a"]',
    ]);
    expect(
      changes(
        "aliases",
        [
          { alias: "a", flowId: "x" },
          { alias: "b", flowId: "y" },
        ],
        [
          { alias: "b", flowId: "y" },
          { alias: "a", flowId: "x" },
        ],
      ),
    ).toEqual([]);
  });

  it("are the whole list where members have nothing to tell them apart", () => {
    expect(changes("runNextFlowIds", ["a", "b"], ["b", "c"])).toEqual([
      'runNextFlowIds changed ["a","b"] ["b","c"]',
    ]);
  });

  it("go into free documents by key, whatever the key", () => {
    const [declared, live] = [{ a: { "b.c": 1, list: [1] } }, { a: { "b.c": 2, list: [1, 2] } }];
    expect(valueChanges(FREE_OBJECT, "settings", declared, live).map(({ path }) => path)).toEqual([
      'settings.a["b.c"]',
      "settings.a.list",
    ]);
  });

  it("say false, zero and empty texts as what they are", () => {
    expect(changes("disabled", false, true)).toEqual(["disabled changed false true"]);
    expect(changes("disabled", undefined, true)).toEqual(["disabled added  true"]);
    expect(changes("description", "x", "")).toEqual(['description changed "x" ""']);
    expect(changes("description", "x", undefined)).toEqual(['description removed "x" ']);
  });
});
