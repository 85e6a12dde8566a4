import { complaintsOf } from "../support/run-tool";

it("is formatted as prettier would (npm run format)", async () => {
  expect(await complaintsOf("prettier", "--check", ".")).toBe("");
}, 180_000);
