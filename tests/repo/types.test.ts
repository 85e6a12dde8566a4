import { complaintsOf } from "../support/run-tool";

it("type-checks as a whole, with tests, tools and examples", async () => {
  expect(await complaintsOf("tsc", "--noEmit")).toBe("");
}, 180_000);
