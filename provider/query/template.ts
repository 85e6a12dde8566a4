import { ApiError } from "../api/errors";
import { isRecord } from "../flow/normal";
import type { Service } from "../service";
import { ofFlow } from "./path";

/** Names that sources give the link (`api-facts.md` 1.13). */
const LINKS = ["signedURL", "signedUrl", "url"] as const;

/**
 * The link to a flow's template: whoever has it can fetch the template, without a token.
 *
 * @throws ApiError, kind `unexpected` where the answer has no link
 */
export async function templateLink({ client }: Service, flowId: string): Promise<string> {
  const path = ofFlow(flowId, "template");
  const answer = await client.get(path);
  const link = isRecord(answer) ? LINKS.map((name) => answer[name]).find(isLink) : undefined;
  if (isLink(link)) return link;
  throw new ApiError({
    kind: "unexpected",
    method: "GET",
    path,
    complaints: [],
    detail: "the answer has no link to a template",
  });
}

function isLink(value: unknown): value is string {
  return typeof value === "string" && URL.canParse(value);
}
