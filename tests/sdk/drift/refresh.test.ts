import { withNextStep } from "../../../sdk/drift/refresh";

it.each([
  [
    "Cannot find module 'pulumi-celigo/runtime'\nRequire stack:\n- /shop/noop.js",
    /^Cannot find module 'pulumi-celigo\/runtime'\nNext: run `npm ci`/,
  ],
  [
    "could not load provider for resource urn: could not read plugin: exit status 1",
    /exit status 1\nNext: run `npm ci`/,
  ],
  ["reading flow failed.\nNext: run again.", /^reading flow failed\.\nNext: run again\.$/],
])("says what to do about %j", (text, expected) => {
  expect(withNextStep(text)).toMatch(expected);
});
