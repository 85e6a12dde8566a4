import { complaintsOf } from "../support/run-tool";

it("keeps ESLint's rules, without a warning", async () => {
  expect(await complaintsOf("eslint", ".", "--max-warnings", "0")).toBe("");
}, 300_000);
