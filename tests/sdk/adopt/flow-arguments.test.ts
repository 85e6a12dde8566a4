import { adoptionProblems } from "../../../provider/flow/adopt";
import { validateFlow } from "../../../provider/flow/validate-flow";
import { decidedFields } from "../../../sdk/adopt/decided";
import { argumentsOf, type FlowArguments } from "../../../sdk/adopt/flow-arguments";
import { type Argument, propertyPath, SecretValue } from "../../../sdk/adopt/secrets";
import { FLOWS } from "../../fixtures/adopt/account";
import { aDocument, textOf } from "./a-plan";

/** The inputs that the provider gets of a program with these arguments. */
function inputsOf({ fields, ignored }: FlowArguments, name: string): Record<string, unknown> {
  return {
    name,
    disabled: false,
    ...(plain(fields) as object),
    __ignoreChanges: ignored.map(({ path }) => path),
  };
}

function plain(argument: Argument): unknown {
  if (argument instanceof SecretValue) return "whatever the user has set";
  if (Array.isArray(argument)) return argument.map((one: Argument) => plain(one));
  if (typeof argument !== "object" || argument === null) return argument;
  return Object.fromEntries(
    Object.entries(argument).map(([key, one]: [string, Argument]) => [key, plain(one)]),
  );
}

function ignoredPaths(fields: Parameters<typeof aDocument>[1]): string[] {
  return argumentsOf(aDocument("64f0", fields), "flow").ignored.map(({ path }) => path);
}

describe.each(FLOWS.map((flow) => [textOf(flow["name"]).slice(0, 30), flow] as const))(
  "flow %j",
  (_, flow) => {
    it("has arguments that the provider takes and that differ in nothing from what is live", () => {
      const inputs = inputsOf(argumentsOf(flow, "resource"), "resource");
      expect(validateFlow(inputs)).toEqual([]);
      expect(adoptionProblems(flow, inputs)).toEqual([]);
    });
  },
);

it("says only what somebody decided", () => {
  const document = aDocument("64f0", {
    disabled: false,
    skipRetries: false,
    logging: { mode: "accountLevel", debugUntil: "2024-01-01T00:00:00.000Z" },
    description: "",
    lastExecutedAt: "2024-01-01T00:00:00.000Z",
    brandNew: true,
    pageGenerators: [{ _id: "1", _exportId: "e", skipRetries: false, brandNew: 1 }],
    pageProcessors: [
      {
        type: "import",
        _importId: "i",
        responseMapping: { fields: [], lists: [] },
        proceedOnFailure: false,
      },
    ],
    _runNextFlowIds: ["b", "a"],
    aliases: [],
    settings: { b: null, a: [] },
  });
  expect(decidedFields(document)).toEqual({
    name: "Flow 64f0",
    pageGenerators: [{ exportId: "e" }],
    pageProcessors: [{ type: "import", importId: "i" }],
    runNextFlowIds: ["a", "b"],
  });
});

it("keeps documents of the user's as they are, empty members too, which an update would otherwise drop", () => {
  const settings = { list: [], nothing: null, nested: { empty: {}, on: false } };
  expect(decidedFields(aDocument("64f0", { settings }))["settings"]).toEqual(settings);
});

it("leaves alone what the provider would refuse, and says why", () => {
  expect(ignoredPaths({ schedule: { cron: "x" } })).toEqual(["schedule"]);
  expect(ignoredPaths({ name: "  " })).toEqual(["name"]);
  expect(ignoredPaths({ timezone: "Mars/Olympus", schedule: "@daily" })).toEqual([
    "schedule",
    "timezone",
  ]);
  expect(ignoredPaths({ _runNextExportIds: [{ _flowId: "f" }] })).toEqual(["runNextExportIds"]);
  expect(
    ignoredPaths({ pageProcessors: [{ type: "import", _importId: "i" }], routers: [{ id: "r" }] }),
  ).toEqual(["pageProcessors"]);
  const { ignored } = argumentsOf(aDocument("64f0", { timezone: "Mars/Olympus" }), "flow");
  expect(ignored[0]?.why).toContain("no IANA time zone");
});

it("leaves alone what Pulumi cannot carry", () => {
  expect(ignoredPaths({ settings: JSON.parse('{"a": {"__proto__": 1}}') as never })).toEqual([
    "settings",
  ]);
  expect(ignoredPaths({ description: "half an emoji \ud83d" })).toEqual(["description"]);
});

describe("secrets", () => {
  it("are asked for in place of masks, wherever they stand, and not compared", () => {
    const document = aDocument("64f0", {
      description: "*******",
      settings: {
        api: { key: "******", "odd key": "******" },
        list: ["a", "******"],
        five: "*****",
      },
    });
    const { secrets, ignored, fields } = argumentsOf(document, "flow");
    expect(secrets.map(({ secrecy }) => secrecy)).toEqual(["masked", "masked", "masked", "masked"]);
    expect(ignored.map(({ path }) => path)).toEqual([
      "description",
      "settings.api.key",
      'settings.api["odd key"]',
      "settings.list[1]",
    ]);
    expect(JSON.stringify(fields)).not.toContain("******");
  });

  it("are known by their names in settings and overrides, templates and sentences apart", () => {
    const settings = {
      apiKey: "abcdef1",
      client_secret: "abcdef1",
      tokenUrl: "https://x",
      token: "{{{connection.token}}}",
      password: "ask Ann for it",
      secret: "x",
    };
    const { secrets } = argumentsOf(
      aDocument("64f0", { settings, settingsForm: { token: "abcdefg" } }),
      "flow",
    );
    expect(secrets.map(({ path }) => propertyPath(path))).toEqual([
      "settings.apiKey",
      "settings.client_secret",
    ]);
  });

  it("are ignored with what holds them where a key cannot be written as a path", () => {
    expect(ignoredPaths({ settings: { 'a"b': { key: "******" }, "*": "******" } })).toEqual([
      "settings",
    ]);
  });
});
