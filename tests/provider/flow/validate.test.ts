import * as fc from "fast-check";

import { likelySpelling } from "../../../provider/flow/likely-spelling";
import { UNKNOWN } from "../../../provider/flow/unknown";
import { validateFlow } from "../../../provider/flow/validate-flow";
import { aFlow, FLOW_SAMPLES } from "../../support/flow-samples";

const pathsOf = (inputs: Record<string, unknown>): string[] =>
  validateFlow(aFlow(inputs)).map(({ path }) => path);

it("names everything that is wrong at once, each with its path", () => {
  const problems = validateFlow({
    name: "",
    disabled: "no",
    schedule: "@daily",
    timezone: "PST",
    _integrationId: "int123",
    pageGenerator: [],
    pageGenerators: [{ _exportId: "exp123" }, { exportId: 5 }],
    pageProcessors: [{ type: "import", exportId: "exp123" }],
    routers: [{ id: "a", branches: [{ name: "x", nextRouterId: "b" }] }],
    settings: { deep: ["********"] },
    aliases: [{ alias: "a" }],
    additionalFields: { schedule: "0 2 * * *" },
  });
  expect(problems.map(({ path }) => path).sort()).toEqual(
    [
      "name",
      "disabled",
      "schedule",
      "timezone",
      "_integrationId",
      "pageGenerator",
      "pageGenerators[0].exportId",
      "pageGenerators[0]._exportId",
      "pageGenerators[1].exportId",
      "pageProcessors",
      "pageProcessors[0].importId",
      "pageProcessors[0].exportId",
      "routers[0].branches[0].nextRouterId",
      "settings.deep[0]",
      "aliases[0]",
      "additionalFields.schedule",
    ].sort(),
  );
});

it.each([
  ["_integrationId", "integrationId"],
  ["integrationID", "integrationId"],
  ["pageGenerator", "pageGenerators"],
  ["page_processors", "pageProcessors"],
  ["pageProcesors", "pageProcessors"],
  ["_runNextFlowIds", "runNextFlowIds"],
  ["runNextFlowId", "runNextFlowIds"],
  ["timeZone", "timezone"],
  ["router", "routers"],
  ["setting", "settings"],
  ["skipRetry", "skipRetries"],
])("suggests for %s the argument %s", (written, meant) => {
  const [problem] = validateFlow(aFlow({ [written]: "x" }));
  expect(problem).toEqual({ path: written, reason: `is not known; did you mean \`${meant}\`?` });
});

it("sends a key that resembles nothing to additionalFields", () => {
  expect(validateFlow(aFlow({ retention: 5 }))).toEqual([
    { path: "retention", reason: expect.stringContaining("additionalFields") },
  ]);
  expect(likelySpelling("retention", Object.keys(FLOW_SAMPLES))).toBeUndefined();
});

it("passes unknown keys inside steps, routers and branches, and refuses near misses of known ones", () => {
  const raw = { __startDateHelper: {}, _id: "g1", qualifier: 1 };
  const { _id, ...routed } = raw;
  const branch = { name: "b", branchId: "x", ...raw, pageProcessors: [] };
  expect(pathsOf({ pageGenerators: [{ exportId: "e", ...raw }] })).toEqual([]);
  expect(pathsOf({ pageProcessors: [{ type: "import", importId: "i", ...raw }] })).toEqual([]);
  expect(
    pathsOf({ pageProcessors: [], routers: [{ id: "r", ...routed, branches: [branch] }] }),
  ).toEqual([]);
  expect(
    pathsOf({
      pageGenerators: [{ exportId: "e", Schedule: "0 2 * * *" }],
      pageProcessors: [{ type: "import", importId: "i", _importId: "i", proceed_on_failure: true }],
    }),
  ).toEqual([
    "pageGenerators[0].Schedule",
    "pageProcessors[0]._importId",
    "pageProcessors[0].proceed_on_failure",
  ]);
});

it("bears drafts, which the web application leaves without an id", () => {
  expect(
    pathsOf({
      pageGenerators: [{ setupInProgress: true }],
      pageProcessors: [{ type: "import", setupInProgress: true }],
    }),
  ).toEqual([]);
});

it("refuses steps beside routers, and steps of an instance, but not empty lists", () => {
  const routers = [{ id: "r" }];
  expect(pathsOf({ routers })).toEqual(["pageProcessors"]);
  expect(pathsOf({ routers, pageProcessors: [] })).toEqual([]);
  expect(pathsOf({ abstractFlowId: "f" })).toEqual(["pageGenerators", "pageProcessors"]);
});

it("finds masks wherever they stand, and takes nothing else for one", () => {
  const mask = "******";
  expect(
    pathsOf({
      description: mask,
      pageGenerators: [{ exportId: mask, raw: { deep: [mask] } }],
      settings: { a: { "b.c": mask } },
      settingsForm: { ok: "*****", fine: "******x", also: "a ******" },
      logging: { mode: mask },
      additionalFields: { raw: [mask] },
      aliases: [{ alias: mask, exportId: "e" }],
    }).sort(),
  ).toEqual([
    "additionalFields.raw[0]",
    "aliases[0].alias",
    "description",
    "logging.mode",
    "pageGenerators[0].exportId",
    "pageGenerators[0].raw.deep[0]",
    "settings.a.b.c",
  ]);
});

it("never repeats a value of settings or additionalFields", () => {
  const problems = validateFlow(
    aFlow({ settings: "s3cret-value", additionalFields: ["s3cret-value"] }),
  );
  expect(problems).toHaveLength(2);
  expect(JSON.stringify(problems)).not.toContain("s3cret");
});

describe("values that are not known until apply", () => {
  it.each(Object.entries(FLOW_SAMPLES))("%s passes as a whole", (name) => {
    expect(validateFlow({ ...aFlow(), [name]: UNKNOWN })).toEqual([]);
  });

  it("pass where a known one would be refused, since they may turn out to be nothing", () => {
    const step = { type: "import", importId: "imp123", exportId: UNKNOWN };
    expect(pathsOf({ pageProcessors: [step] })).toEqual([]);
  });

  it("pass at any depth: whatever leaf of a sound flow becomes unknown, it stays sound", () => {
    const samples = Object.values(FLOW_SAMPLES).flatMap((one, index) => [
      { name: Object.keys(FLOW_SAMPLES)[index] ?? "", value: one.sample },
    ]);
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.nat(), ({ name, value }, at) => {
        const places = placesIn(value);
        const place = places[at % places.length] ?? [];
        const routed = name === "routers" ? { pageProcessors: [] } : {};
        const abstract =
          name === "abstractFlowId" ? { pageGenerators: [], pageProcessors: [] } : {};
        const flow = { ...aFlow(), ...routed, ...abstract, [name]: withUnknown(value, place) };
        expect(validateFlow(flow)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

/** Every place inside a value, the value itself too. */
function placesIn(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [[]];
  const inner = Object.entries(value).flatMap(([key, member]) =>
    placesIn(member).map((place) => [key, ...place]),
  );
  return [[], ...inner];
}

function withUnknown(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return UNKNOWN;
  const changed = withUnknown((value as Record<string, unknown>)[key], rest);
  return Array.isArray(value)
    ? value.map((member: unknown, index) => (String(index) === key ? changed : member))
    : { ...(value as object), [key]: changed };
}
