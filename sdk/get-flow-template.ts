import * as pulumi from "@pulumi/pulumi";

import type * as SaveTemplate from "../provider/query/save-template";
import { templateLink } from "../provider/query/template";
import { ask } from "./ask";
import type { CallOptions } from "./call-options";
import { type InputsOf, outputForm, type OutputCallOptions } from "./output-form";

/** Arguments of {@link getFlowTemplate}. */
export interface GetFlowTemplateArgs {
  /** Id of the flow. */
  readonly flowId: string;
  /** File to write the template to, a ZIP of JSON documents. Absent: nothing is fetched or written. */
  readonly saveTo?: string | undefined;
}

/** A flow as a template. */
export interface GetFlowTemplateResult {
  /** Id of the flow. */
  readonly flowId: string;
  /** Link to the ZIP. Whoever has it can fetch the template without a token: treat it as a secret. How long it lives is unknown. */
  readonly signedURL: string;
  /** Absolute path of the file that was written. Absent without `saveTo`. */
  readonly file?: string;
}

/**
 * A link to a flow's template: GET `/flows/{id}/template`; with `saveTo` the template itself. The token is not sent to the
 * link. Flows of an Integration App have no template (`api-facts.md` 1.13).
 *
 * @throws pulumi.RunError naming the flow; a half-written file is never left under the name
 */
export function getFlowTemplate(
  { flowId, saveTo }: GetFlowTemplateArgs,
  options?: CallOptions,
): Promise<GetFlowTemplateResult> {
  const undertaking = { doing: "reading the template of", id: flowId };
  return ask(undertaking, { flowId }, options, async (service) => {
    const signedURL = await templateLink(service, flowId);
    if (saveTo === undefined) return { flowId, signedURL };
    // Brings the HTTP layer, which a program that saves nothing does not need.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const saving = require("../provider/query/save-template") as typeof SaveTemplate;
    return { flowId, signedURL, file: await saving.saveTemplate(service, signedURL, saveTo) };
  });
}

/** {@link getFlowTemplate} for arguments that are outputs. The result is a secret, since its link is one. */
export function getFlowTemplateOutput(
  args: InputsOf<GetFlowTemplateArgs>,
  options?: OutputCallOptions,
): pulumi.Output<GetFlowTemplateResult> {
  const result = outputForm(getFlowTemplate, args, options);
  return pulumi.secret(result);
}
