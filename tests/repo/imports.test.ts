import { complaintsOf } from "../support/run-tool";

it("imports one way only, without cycles (.dependency-cruiser.cjs says who may import whom)", async () => {
  const folders = ["provider", "sdk", "tools", "tests", "examples"];
  expect(await complaintsOf("depcruise", ...folders)).toBe("");
}, 180_000);
