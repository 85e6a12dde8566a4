import type { FlowDocument, JsonObject } from "../../../provider/api/types";
import { fieldsLeft, withNulls } from "../../../provider/flow/leftovers";

const doc = (more: JsonObject): FlowDocument => ({ _id: "f", name: "n", ...more });
const body = (more: JsonObject = {}): JsonObject => ({ name: "n", ...more });

it("asks for nothing where nothing is left, or only what the service adds anew", () => {
  const live = doc({ description: "a", lastModified: "1", logging: { mode: "accountLevel" } });
  expect(fieldsLeft(doc({ lastModified: "2" }), body(), live)).toBeUndefined();
  expect(fieldsLeft(doc({ logging: { mode: "accountLevel" } }), body(), live)).toBeUndefined();
});

it("says null for a field that a merging service kept, and sends the rest again", () => {
  const live = doc({ description: "a", pageProcessors: [{ type: "import", _importId: "i" }] });
  const kept = doc({
    description: "a",
    pageProcessors: [{ type: "import", _importId: "i", responseMapping: { fields: [] } }],
  });
  expect(fieldsLeft(kept, body({ timezone: "UTC" }), live)).toEqual({
    name: "n",
    timezone: "UTC",
    description: null,
    pageProcessors: null,
  });
});

it("says null inside objects that a service merges deeply, whatever their keys are called", () => {
  const live = doc({ settings: { a: { b: 1, externalId: 2 }, free: true, c: [1] } });
  const sent = body({ settings: { a: { b: 1 }, c: [1] } });
  expect(fieldsLeft(live, sent, live)).toEqual({
    name: "n",
    settings: { a: { b: 1, externalId: null }, free: null, c: [1] },
  });
});

it("leaves alone what is live in another form than before, since somebody else wrote it", () => {
  expect(fieldsLeft(doc({ timezone: "CET" }), body(), doc({ timezone: "UTC" }))).toBeUndefined();
});

it("adds nulls to a body", () => {
  expect(withNulls(body(), ["routers"])).toEqual({ name: "n", routers: null });
});
