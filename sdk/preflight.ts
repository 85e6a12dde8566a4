import { createRequire } from "node:module";

import * as pulumi from "@pulumi/pulumi";

import { isLoopback } from "../provider/base-url";
import { environment, secretKeys } from "../provider/settings";
import { runError } from "./run-error";

let passed = false;

/**
 * What must be right before the first resource: the plugin process can load the runtime from the program's folder, and the
 * token is not in the stack's config in the clear, where it would be copied into the state. Looked at once per process; not in
 * unit tests with mocks, where there is no engine.
 *
 * @throws pulumi.RunError with the command that repairs it
 */
export function preflight(): void {
  const secrets = secretKeys();
  if (passed || secrets === undefined) return;
  const folder = process.cwd();
  try {
    createRequire(`${folder}/`).resolve("pulumi-celigo/runtime");
  } catch {
    throw runError(
      "pulumi-celigo cannot be loaded from the program's folder, where the engine's plugin process looks for it.\n" +
        "Next: run `npm install pulumi-celigo` in the folder of the program (the one that `main` in Pulumi.yaml names, or the one of Pulumi.yaml).",
    );
  }
  refuseClearToken(secrets);
  passed = true;
}

function refuseClearToken(secrets: readonly string[]): void {
  const { getConfig } = pulumi.runtime;
  if (getConfig("celigo:apiToken") === undefined || secrets.includes("celigo:apiToken")) return;
  const { CELIGO_BASE_URL: variable } = environment();
  const url =
    getConfig("celigo:baseUrl") ??
    (getConfig("celigo:region") === undefined ? variable : undefined);
  if (url !== undefined && URL.canParse(url) && isLoopback(new URL(url).hostname)) return;
  throw runError(
    "celigo:apiToken stands in the stack's config in the clear, and would stand so in the state too.\n" +
      "Next: run `pulumi config set --secret celigo:apiToken`, which asks for it again and encrypts it.",
  );
}
