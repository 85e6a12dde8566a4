import type { JsonObject } from "../../../provider/api/types";
import { compare } from "../../../provider/flow/compare";
import { createFlow } from "../../../provider/flow/create";
import { deleteFlow } from "../../../provider/flow/delete";
import { readFlow } from "../../../provider/flow/read";
import type { FlowInputs, FlowState } from "../../../provider/flow/state";
import { updateFlow } from "../../../provider/flow/update";
import type { Service } from "../../../provider/service";
import type { Emulator, EmulatorOptions } from "../../../sdk/testing/index";
import { aFlow } from "../../support/flow-samples";
import { serviceOn, useWire } from "../../support/test-service";

const wire = useWire();

interface Made {
  readonly emulator: Emulator;
  readonly service: Service;
  readonly id: string;
  readonly state: FlowState;
  /** Updates the flow from the state of its creation, or from another. */
  update(inputs: FlowInputs, from?: FlowState): ReturnType<typeof updateFlow>;
  /** Verbs of the requests since the creation. */
  verbs(): string[];
  lastBody(): JsonObject;
  live(): JsonObject;
}

async function made(inputs: FlowInputs, options: EmulatorOptions = {}): Promise<Made> {
  const { emulator, service } = await wire(options);
  const { id, state } = await createFlow(service, inputs);
  emulator.clearLog();
  return {
    emulator,
    service,
    id,
    state,
    update: (next, from = state) =>
      updateFlow(service, { id, title: "flow", state: from, inputs: next }),
    verbs: () => emulator.log.map(({ method }) => method),
    lastBody: () => emulator.requests("PUT").at(-1)?.body as JsonObject,
    live: () => emulator.flow(id) ?? {},
  };
}

const BRANCH = { name: "all", pageProcessors: [{ type: "import", importId: "imp123" }] };
const ROUTED = aFlow({ pageProcessors: undefined, routers: [{ id: "r", branches: [BRANCH] }] });

describe.each(["replace", "merge"] as const)("under a PUT that means %s", (put) => {
  it("costs one GET and one PUT of the whole, without what only the service sets", async () => {
    const { update, verbs, lastBody, emulator } = await made(aFlow({ description: "a" }), { put });
    const { altered, kept } = await update(aFlow({ description: "b" }));
    expect([altered, kept, verbs()]).toEqual([[], [], ["GET", "PUT"]]);
    expect(Object.keys(lastBody()).sort()).toEqual(
      ["description", "disabled", "logging", "name", "pageGenerators", "pageProcessors"].sort(),
    );
    expect(emulator.writes()[0]?.readOnlySent).toBeUndefined();
  });

  it("keeps what others wrote since the last refresh, known or not, and shows it at the next", async () => {
    const { update, live, emulator, id, verbs } = await made(
      aFlow({ description: "a", settings: { mine: 1 } }),
      { put },
    );
    emulator.edit(id, {
      timezone: "Europe/Berlin",
      newField: { of: ["the service"] },
      settings: { mine: 1, theirs: 2 },
      pageGenerators: [{ _id: "g", _exportId: "exp123", raw: 1 }, { _exportId: "exp456" }],
    });
    const next = aFlow({
      description: "b",
      settings: { mine: 3 },
      pageGenerators: [{ exportId: "exp123", skipRetries: true }],
    });
    const { state } = await update(next);
    expect(verbs()).toEqual(["GET", "PUT"]);
    expect(live()).toMatchObject({
      description: "b",
      timezone: "Europe/Berlin",
      newField: { of: ["the service"] },
      settings: { mine: 3, theirs: 2 },
      pageGenerators: [{ _exportId: "exp123", raw: 1, skipRetries: true }, { _exportId: "exp456" }],
    });
    expect(compare(state, next)).toEqual([]);
    const seen = await readFlow(serviceOn(emulator), id, state);
    expect(
      compare(seen?.state ?? {}, next)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["pageGenerators", "settings", "timezone"]);
  });

  it("switches from steps to branches and back", async () => {
    const { update, live } = await made(aFlow(), { put });
    const there = await update(ROUTED);
    expect(live()["routers"]).toHaveLength(1);
    expect(live()["pageProcessors"] ?? []).toEqual([]);
    expect(compare(there.state, ROUTED)).toEqual([]);
    const back = await update(aFlow(), there.state);
    expect(live()["pageProcessors"]).toHaveLength(1);
    expect(live()["routers"] ?? []).toEqual([]);
    expect(compare(back.state, aFlow())).toEqual([]);
  });

  it("puts changed steps in the place of branches that it did not put there", async () => {
    const { update, live, emulator, id } = await made(aFlow(), { put });
    emulator.edit(id, { pageProcessors: null, routers: [{ id: "auto", branches: [BRANCH] }] });
    const next = aFlow({ pageProcessors: [{ type: "import", importId: "imp456" }] });
    const { state } = await update(next);
    expect(live()["pageProcessors"]).toMatchObject([{ _importId: "imp456" }]);
    expect(live()["routers"] ?? []).toEqual([]);
    expect(compare(state, next)).toEqual([]);
  });

  it("clears several fields with at most one further PUT, and nothing else with them", async () => {
    const more = {
      description: "a",
      schedule: "0 2 * * *",
      timezone: "UTC",
      runNextFlowIds: ["f"],
      additionalFields: { x: 1, y: 2 },
    };
    const { update, verbs, live, emulator } = await made(aFlow(more), {
      put,
      alsoAdds: { kept: true },
    });
    const { kept, altered, state } = await update(aFlow({ additionalFields: { y: 2 } }));
    expect([kept, altered]).toEqual([[], []]);
    expect(verbs()).toEqual(["GET", "PUT", ...(put === "merge" ? ["PUT"] : [])]);
    expect(Object.keys(live())).not.toEqual(expect.arrayContaining(["description"]));
    for (const key of ["description", "schedule", "timezone", "_runNextFlowIds", "x"])
      expect(live()[key]).toBeUndefined();
    expect(live()).toMatchObject({ y: 2, kept: true, name: "Customer Sync" });
    expect(compare(state, aFlow({ additionalFields: { y: 2 } }))).toEqual([]);
    const nulls = emulator
      .requests("PUT")
      .flatMap(({ body }) =>
        Object.entries(body as JsonObject).filter(([, value]) => value === null),
      );
    expect(nulls).toHaveLength(put === "merge" ? 5 : 0);
  });

  it("clears members of objects and of list members", async () => {
    const step = { type: "import", importId: "imp123" };
    const full = {
      ...step,
      proceedOnFailure: true,
      hooks: { postResponseMap: { function: "f", scriptId: "s" } },
    };
    const { update, live } = await made(
      aFlow({
        preSave: { function: "f", scriptId: "s" },
        pageProcessors: [full],
        settings: { a: { b: 1, c: 2 } },
      }),
      { put },
    );
    const next = aFlow({
      preSave: { function: "f" },
      pageProcessors: [step],
      settings: { a: { b: 1 } },
    });
    const { altered } = await update(next);
    expect(altered).toEqual([]);
    expect(live()).toMatchObject({ preSave: { function: "f" }, settings: { a: { b: 1 } } });
    expect(JSON.stringify(live())).not.toMatch(/_scriptId|proceedOnFailure|postResponseMap|"c":/);
  });

  it("says what the service will not clear", async () => {
    const { update, verbs } = await made(aFlow({ timezone: "UTC" }), {
      put,
      alsoAdds: { timezone: "UTC" },
    });
    const { kept, state } = await update(aFlow({ description: "b" }));
    expect(kept).toEqual(["timezone"]);
    expect(verbs()).toEqual(["GET", "PUT", "PUT"]);
    expect(compare(state, aFlow({ description: "b" }))).toEqual([]);
  });

  it("sends nothing of a mask, a null or a default that nobody declared", async () => {
    const { update, lastBody, emulator, id } = await made(aFlow(), { put });
    emulator.seedDocuments({ flows: [{ ...emulator.flow(id), description: null, _id: id }] });
    await update(aFlow({ timezone: "UTC" }));
    expect(Object.values(lastBody())).not.toContain(null);
  });
});

it("deletes with one request, and takes what is gone for deleted", async () => {
  const { service, id, emulator, verbs } = await made(aFlow());
  await deleteFlow(service, id, "flow");
  expect(verbs()).toEqual(["DELETE"]);
  await deleteFlow(service, id, "flow");
  expect(emulator.flows()).toEqual([]);
});

it("reads one flow with one GET, and again only what was written", async () => {
  const { service, id, state, verbs, update } = await made(aFlow());
  await readFlow(service, id, state);
  await readFlow(service, id, state);
  expect(verbs()).toEqual(["GET"]);
  await update(aFlow({ description: "b" }));
  const found = await readFlow(service, id, state);
  expect(found?.state["description"]).toBe("b");
  expect(verbs()).toEqual(["GET", "GET", "PUT", "GET"]);
});

it("takes only a 404 for gone", async () => {
  const { emulator, id, state } = await made(aFlow());
  for (const status of [401, 403, 400]) {
    emulator.fault({ kind: "status", status, method: "GET" });
    await expect(readFlow(serviceOn(emulator), id, state)).rejects.toThrow(String(status));
  }
  emulator.remove(id);
  expect(await readFlow(serviceOn(emulator), id, state)).toBeUndefined();
});

it("sets a declared group again where a move cleared it, and takes no other group along", async () => {
  const inputs = aFlow({ integrationId: "int123", flowGroupingId: "group1" });
  const moved = aFlow({ integrationId: "64f0aa", flowGroupingId: "group2" });
  const said = await made(inputs);
  await said.update(moved);
  expect(said.verbs()).toEqual(["GET", "PUT", "PUT"]);
  expect(said.live()).toMatchObject({ _integrationId: "64f0aa", _flowGroupingId: "group2" });

  const silent = await made(aFlow({ integrationId: "int123" }));
  silent.emulator.edit(silent.id, { _flowGroupingId: "group1" });
  await silent.update(aFlow({ integrationId: "64f0aa" }));
  expect(silent.verbs()).toEqual(["GET", "PUT"]);
  expect(silent.live()).not.toHaveProperty("_flowGroupingId");
});

it("sets a declared group again where the service says with a null that the move cleared it", async () => {
  const declared = { flowGroupingId: "group1", integrationId: "int123" };
  const { update, emulator, id, verbs, live } = await made(aFlow(declared));
  const next = aFlow({ ...declared, integrationId: "64f0aa" });
  const answer = { ...live(), _id: id, _integrationId: "64f0aa", _flowGroupingId: null };
  emulator.fault({ kind: "status", status: 200, body: answer, carryOut: true, method: "PUT" });
  const { altered } = await update(next);
  expect({ altered, verbs: verbs() }).toEqual({ altered: [], verbs: ["GET", "PUT", "PUT"] });
  expect(live()).toMatchObject({ _integrationId: "64f0aa", _flowGroupingId: "group1" });
});

describe("an answer to a write that shows only a part of the flow", () => {
  const inputs = aFlow({ description: "a", timezone: "UTC" });
  const part = (id: string) => ({ _id: id, name: "Customer Sync", lastModified: "2026-01-01" });

  it.each(["replace", "merge"] as const)("is not believed, where PUT means %s", async (put) => {
    const { update, emulator, id, verbs, live } = await made(inputs, { put });
    emulator.fault({ kind: "status", status: 200, body: part(id), carryOut: true, method: "PUT" });
    const next = aFlow({ description: "b" });
    const { altered, kept, state } = await update(next);
    expect({ altered, kept }).toEqual({ altered: [], kept: [] });
    expect(verbs().slice(0, 3)).toEqual(["GET", "PUT", "GET"]);
    expect(live()).not.toHaveProperty("timezone");
    expect(state).not.toHaveProperty("__baseline");
  });

  it("is not believed of a create", async () => {
    const { service, emulator, id } = await made(inputs);
    emulator.fault({ kind: "status", status: 201, body: part(id), method: "POST" });
    const { altered, state } = await createFlow(service, inputs);
    expect({ altered, baseline: state.__baseline }).toEqual({ altered: [], baseline: undefined });
  });
});
