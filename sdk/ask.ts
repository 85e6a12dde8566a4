import * as pulumi from "@pulumi/pulumi";

import { isApiError } from "../provider/api/errors";
import type { Service } from "../provider/service";
import { explain, messageOf, type Undertaking } from "../provider/explain";
import type { CallOptions } from "./call-options";
import { serviceOf } from "./call-options";
import { runError } from "./run-error";

/**
 * Makes a call of a function and turns what goes wrong into a `RunError`, which the engine shows without a stack: what was
 * being done, to what, the service's words, what to do next (contract.md 5.5). Where the service
 * refused, `info.kind` and `info.status` say how, for programs that ask.
 *
 * @param ids - ids and names that must be texts, by argument name
 * @throws pulumi.RunError
 */
export async function ask<T>(
  undertaking: Undertaking,
  ids: Readonly<Record<string, unknown>>,
  options: CallOptions | undefined,
  work: (service: Service) => Promise<T>,
): Promise<T> {
  const wrong = Object.entries(ids).find(([, id]) => typeof id !== "string" || id.trim() === "");
  if (wrong !== undefined) {
    const isOutput = pulumi.Output.isInstance(wrong[1]);
    const why = isOutput
      ? "is an output, which only the function's `…Output` form takes"
      : "is missing; it has to be a text that is not empty";
    throw runError(`\`${wrong[0]}\` ${why}.`);
  }
  let service: Service | undefined;
  try {
    service = await serviceOf(options);
    return await work(service);
  } catch (error) {
    throw withInfo(runError(textOf(error, undertaking, service)), error);
  }
}

/** Errors whose own words are for people; of others it is said what was being done. */
const OUTSPOKEN: ReadonlySet<string> = new Set(["SettingsError", "NotExactlyOneError"]);

function textOf(error: unknown, undertaking: Undertaking, service: Service | undefined): string {
  const isOutspoken = error instanceof Error && OUTSPOKEN.has(error.name);
  return isOutspoken || service === undefined
    ? messageOf(error)
    : explain(error, undertaking, service.settings);
}

/** Not as `cause`, which the engine would format with its stack. */
function withInfo(error: pulumi.RunError, cause: unknown): pulumi.RunError {
  if (isApiError(cause)) {
    Object.defineProperty(error, "info", { value: cause.info, enumerable: false });
  }
  return error;
}
