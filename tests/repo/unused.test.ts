import { complaintsOf } from "../support/run-tool";

it("has no file, export or dependency that nothing uses", async () => {
  expect(await complaintsOf("knip")).toBe("");
}, 180_000);
