import type { Json } from "../../provider/api/types";
import { fromWire } from "../../provider/flow/convert";
import { equal } from "../../provider/flow/normal";
import { FIELD_NAMES, type FieldName, shapeOf } from "../../provider/flow/state";
import type { FlowDocument } from "../../provider/api/types";
import {
  createFlowStack,
  type DeclaredFlow,
  expectCode,
  type FlowStack,
} from "../support/flow-stack";
import { aFlowWith, aFlowWithout, FLOW_SAMPLES } from "../support/flow-samples";

/** One flow for one field: the program says the field, or says nothing of it. */
interface Case {
  readonly flow: string;
  readonly field: FieldName;
  readonly said: boolean;
}

const SECRET = "a-secret-of-the-users";

const CASES: readonly Case[] = FIELD_NAMES.flatMap((field) => [
  { flow: `${field}-said`, field, said: true },
  // Without the name there is the resource's own; raw fields that nobody declared are the service's.
  ...(field === "name" || field === "additionalFields"
    ? []
    : [{ flow: `${field}-silent`, field, said: false }]),
]);

function declared({ flow, field, said }: Case): DeclaredFlow {
  const { name: _name, ...without } = aFlowWithout(field);
  const args = said ? { ...without, [field]: aFlowWith(field)[field] } : without;
  const secret =
    field === "settings" && said
      ? { settings: { ...(FLOW_SAMPLES.settings.sample as object), token: { $secret: SECRET } } }
      : {};
  return { name: flow, args: { ...args, ...secret } };
}

describe.each(["replace", "merge"] as const)("drift under a PUT that means %s", (put) => {
  let stack: FlowStack;
  const ids = new Map<string, string>();
  const seen: Record<string, Record<string, string>> = {};

  const note = (step: string, output: string): string[] => {
    const missing = CASES.filter(({ flow, field }) => {
      // The engine names no property whose values are secret on both sides.
      const diff =
        field === "settings" && flow.endsWith("said")
          ? "update"
          : `update \\[diff: [^\\]]*[~+-]${field}\\b`;
      const found = new RegExp(`celigo:Flow ${flow} ${diff}`).test(output);
      seen[flow] = { ...seen[flow], [step]: found ? "yes" : "NO" };
      return !found;
    });
    return missing.map(({ flow }) => flow);
  };

  const editAll = (): void => {
    for (const { flow, field, said } of CASES) {
      const { key, sent, sentEdit } = FLOW_SAMPLES[field];
      const routed = field === "routers" && !said ? { pageProcessors: null } : {};
      stack.emulator.edit(ids.get(flow) ?? "", { [key]: said ? sentEdit : sent, ...routed });
    }
  };

  const unrepaired = (): string[] =>
    CASES.filter(({ flow, field, said }) => {
      const document: Partial<FlowDocument> = stack.emulator.flow(ids.get(flow) ?? "") ?? {};
      const { key, sent, cleared } = FLOW_SAMPLES[field];
      const wanted: Json | undefined = said ? sent : (cleared ?? undefined);
      const shape = field === "additionalFields" ? shapeOf("settings") : shapeOf(field);
      const live = fromWire(shape, pruned(field, document[key] ?? null));
      const same = equal(
        shape,
        live,
        wanted === undefined ? undefined : fromWire(shape, withSecret(field, said, wanted)),
      );
      seen[flow] = { ...seen[flow], repaired: same ? "yes" : "NO" };
      return !same;
    }).map(({ flow }) => flow);

  beforeAll(async () => {
    stack = await createFlowStack({
      put,
      seed: {
        exports: ["exp123", "exp456"],
        imports: ["imp123", "imp456"],
        integrations: ["int123"],
      },
    });
    await stack.deploy(...CASES.map(declared));
    const outputs = await stack.project.outputs();
    for (const { flow } of CASES) ids.set(flow, String(outputs[flow]));
  });
  afterAll(() => stack.close());

  it("starts in sync", async () => {
    expectCode(await stack.refreshedPreview(), 0);
  });

  it("sees every field that somebody edits, said by the program or not", async () => {
    editAll();
    const refresh = await stack.refreshPreview();
    expectCode(refresh, 7);
    expect(note("refresh", refresh.output)).toEqual([]);
    const preview = await stack.refreshedPreview();
    expectCode(preview, 7);
    expect(note("preview", preview.output)).toEqual([]);
  });

  it("still proposes the repair after a plain refresh", async () => {
    expectCode(await stack.project.refresh(), 0);
    const preview = await stack.project.preview();
    expect(note("later", preview.output)).toEqual([]);
    expect(JSON.stringify(await stack.project.state())).not.toContain(SECRET);
  });

  it("repairs every field, and is quiet afterwards", async () => {
    expectCode(await stack.project.up(["--refresh"]), 0);
    expect(unrepaired()).toEqual([]);
    expectCode(await stack.refreshPreview(), 0);
    expectCode(await stack.refreshedPreview(), 0);
    for (const row of Object.values(seen)) row["quiet"] = "yes";
    expect(JSON.stringify(await stack.project.state())).not.toContain(SECRET);
  });

  it("repairs at once with up --refresh", async () => {
    editAll();
    expectCode(await stack.project.up(["--refresh"]), 0);
    expect(unrepaired()).toEqual([]);
    expectCode(await stack.refreshedPreview(), 0);
  });

  afterAll(() => {
    const rows = Object.entries(seen).map(
      ([flow, row]) =>
        `${flow.padEnd(40)} ${["refresh", "preview", "later", "repaired", "quiet"].map((step) => (row[step] ?? "-").padEnd(9)).join("")}`,
    );
    console.log(
      [
        `drift, PUT means ${put}`,
        `${"field".padEnd(40)} refresh  preview  later    repaired quiet`,
        ...rows,
      ].join("\n"),
    );
  });
});

/** Members that only the service sets. */
function pruned(field: FieldName, value: Json): Json {
  return JSON.parse(
    JSON.stringify(value, (key, member: Json) =>
      key === "_id" || key === "branchId" ? undefined : member,
    ),
  ) as Json;
}

function withSecret(field: FieldName, said: boolean, wanted: Json): Json {
  return field === "settings" && said ? { ...(wanted as object), token: SECRET } : wanted;
}
