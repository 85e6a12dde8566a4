import { complaintsOf } from "../support/run-tool";

it("offers users what sdk/public.api.md says (npm run api writes it anew: review the change)", async () => {
  expect(await complaintsOf("api-extractor", "run")).toBe("");
}, 180_000);
