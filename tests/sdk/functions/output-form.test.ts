import * as pulumi from "@pulumi/pulumi";

import * as celigo from "../../../sdk/index";
import { useAccount } from "./use-account";

const start = useAccount();

/** What an output holds, and whether it is a secret. */
async function held<T>(output: pulumi.Output<T>): Promise<[value: T, isSecret: boolean]> {
  const value = await new Promise<T>((resolve) => {
    output.apply((known) => {
      resolve(known);
    });
  });
  return [value, await pulumi.isSecret(output)];
}

test("twins take outputs, and are secret exactly where their arguments are", async () => {
  const { options } = await start();
  const [flow, isSecret] = await held(
    celigo.getFlowOutput({ flowId: pulumi.output("f1") }, options),
  );
  expect([flow.name, isSecret]).toEqual(["Sync", false]);
  const secret = await held(celigo.getFlowStateOutput({ flowId: pulumi.secret("f1") }, options));
  expect(secret).toEqual([expect.objectContaining({ state: "enabled" }), true]);
});

test("a token that is a secret output makes no result secret", async () => {
  const { options } = await start();
  const own = { ...options, apiToken: pulumi.secret(options.apiToken ?? "") };
  const [exports, isSecret] = await held(
    celigo.getExportsOutput({ name: pulumi.output("Regions") }, own),
  );
  expect([exports.map(({ id }) => id), isSecret]).toEqual([["exp2"], false]);
});

test("the link to a template is a secret", async () => {
  const { options } = await start();
  const [template, isSecret] = await held(celigo.getFlowTemplateOutput({ flowId: "f1" }, options));
  expect([typeof template.signedURL, isSecret]).toEqual(["string", true]);
});

test("every function but runFlow has a twin", () => {
  const names = Object.keys(celigo).filter(
    (name) => /^(get|run)/.test(name) && !name.endsWith("Output"),
  );
  const without = names.filter((name) => !(`${name}Output` in celigo));
  expect([names.length, without]).toEqual([18, ["runFlow"]]);
});
