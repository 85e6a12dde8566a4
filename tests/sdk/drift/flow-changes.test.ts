import type { FlowDocument } from "../../../provider/api/types";
import { found } from "../../../provider/flow/read";
import { settle } from "../../../provider/flow/settle";
import type { FlowInputs } from "../../../provider/flow/state";
import { flowChanges, remember } from "../../../sdk/drift/flow-changes";
import type { StackResource } from "../../../sdk/drift/stack";
import { aFlow } from "../../support/flow-samples";

const secret = (value: unknown): unknown => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});

/** What the service has right after a write, with what it adds by itself. */
function written(more: object = {}): FlowDocument {
  return {
    _id: "f1",
    name: "Customer Sync",
    disabled: false,
    pageGenerators: [{ _id: "x1", _exportId: "exp123", skipRetries: false }],
    pageProcessors: [
      { type: "import", _importId: "imp123", responseMapping: { fields: [], lists: [] } },
    ],
    skipRetries: true,
    lastModified: "2026-01-15T10:00:00.000Z",
    ...more,
  };
}

/** A flow in the state after a write, as the engine stores it: the baseline is a secret. */
function stored(
  inputs: FlowInputs,
  document: FlowDocument,
  more: Partial<StackResource> = {},
): StackResource {
  const { state } = settle(inputs, document, { origin: undefined });
  const { __baseline: baseline, ...outputs } = state;
  return {
    urn: "urn:pulumi:s::p::t::n",
    type: "t",
    inputs,
    outputs: { ...outputs, ...(baseline !== undefined && { __baseline: secret(baseline) }) },
    ...more,
  };
}

/** The places that a report names when the service then has `live`. */
function places(resource: StackResource, live: FlowDocument): string[] {
  const remembered = remember(resource);
  const { state } = found(live, remembered.outputs);
  return flowChanges(remembered, state, () => true).map(({ path, kind }) => `${path} ${kind}`);
}

describe("drift of one flow", () => {
  it("is nothing of what the service adds, defaults or touches", () => {
    const live = written({
      lastModified: "2026-02-01T00:00:00.000Z",
      lastExecutedAt: "2026-02-01T00:00:00.000Z",
    });
    expect(places(stored(aFlow(), written()), live)).toEqual([]);
  });

  it("is a field that the program never set and the service had by itself", () => {
    expect(places(stored(aFlow(), written()), written({ skipRetries: false }))).toEqual([
      "skipRetries changed",
    ]);
  });

  it("is only what somebody changed of a field of which the service had made something else", () => {
    const inputs = aFlow({ settings: { a: 1, b: 2 } });
    const resource = stored(
      inputs,
      written({ settings: { a: 1, b: 2, c: "made by the service" } }),
    );
    const live = { settings: { a: 5, b: 2, c: "made by the service" } };
    expect(
      places(resource, written({ settings: { a: 1, b: 2, c: "made by the service" } })),
    ).toEqual([]);
    expect(places(resource, written(live))).toEqual(["settings.a changed"]);
  });
});

describe("ignoreChanges", () => {
  const generators = [{ _exportId: "exp123", skipRetries: true }];
  const cases: readonly [paths: string[], live: object, left: string[]][] = [
    [["description"], { description: "x" }, []],
    [["description"], { description: "x", timezone: "UTC" }, ["timezone added"]],
    [["pageGenerators[0].skipRetries"], { pageGenerators: generators }, []],
    [["pageGenerators[*].skipRetries"], { pageGenerators: generators }, []],
    [
      ["pageGenerators[0].schedule"],
      { pageGenerators: generators },
      ["pageGenerators[exportId=exp123].skipRetries added"],
    ],
    [["pageGenerators"], { pageGenerators: [] }, []],
    [["settings.a"], { settings: { a: 1, b: 2 } }, ["settings.b added"]],
    [['settings["a b"]'], { settings: { "a b": 1 } }, []],
    [["skipRetries"], { skipRetries: false }, []],
    [["*"], { skipRetries: false, description: "x", pageGenerators: [] }, []],
  ];

  it.each(cases)("%j forgives %j, and leaves %j", (ignoreChanges, live, left) => {
    const byEngine = stored(aFlow(), written(), { ignoreChanges });
    const byConstructor = stored(aFlow({ __ignoreChanges: ignoreChanges }), written());
    expect(places(byEngine, written(live))).toEqual(left);
    expect(places(byConstructor, written(live))).toEqual(left);
  });
});

describe("a secret", () => {
  const inputs = aFlow({ settings: secret({ key: "hush" }) });
  const document = written({ settings: { key: "hush" } });
  const resource: StackResource = {
    ...stored(aFlow({ settings: { key: "hush" } }), document),
    inputs,
  };

  it("that changed is told as a field, without either value", () => {
    const remembered = remember(resource);
    const { state } = found(written({ settings: { key: "moved" } }), remembered.outputs);
    expect(flowChanges(remembered, state, () => true)).toEqual([
      { field: "settings", path: "settings", kind: "changed", secret: true },
    ]);
  });

  it("that did not change is not told", () => {
    expect(places(resource, document)).toEqual([]);
  });
});
