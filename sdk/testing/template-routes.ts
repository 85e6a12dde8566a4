import { randomBytes } from "node:crypto";
import type { StoredDocument } from "./json";
import { exportIdsOf, importIdsOf } from "./references";
import { refuse } from "./refusal";
import { shown, wanted } from "./route";
import type { Answer, Call, Route } from "./route";
import { zip } from "./zip";

/** Where template archives are served: outside `/v1`, without a token. */
export const DOWNLOADS = "/downloads";

function template(call: Call): Answer {
  const flow = wanted(call, "flows");
  const { store } = call.account;
  if (flow["_connectorId"] !== undefined) {
    refuse(
      call.world.settings.validationStatus,
      "invalid_field",
      "A flow of an Integration App has no template",
    );
  }
  const sources = exportIdsOf(flow).flatMap((id) => store.get("exports", id) ?? []);
  const targets = importIdsOf(flow).flatMap((id) => store.get("imports", id) ?? []);
  const files: Record<string, string> = {};
  const add = (folder: string, document: StoredDocument): void => {
    files[`${folder}/${document._id}.json`] = JSON.stringify(shown(call, document), null, 2);
  };
  add("flows", flow);
  for (const document of sources) add("exports", document);
  for (const document of targets) add("imports", document);
  const path = `${DOWNLOADS}/${randomBytes(12).toString("hex")}/template.zip`;
  call.world.downloads.set(path, zip(files));
  return {
    status: 200,
    body: { signedURL: `${call.origin}${path}?signature=${randomBytes(16).toString("hex")}` },
  };
}

function lastExport(call: Call): Answer {
  const { _id } = wanted(call, "flows");
  const lastExportDateTime = call.account.jobs.lastExport(_id, call.now);
  if (lastExportDateTime !== undefined) return { status: 200, body: { lastExportDateTime } };
  return {
    status: 200,
    body: call.world.settings.neverExported === "null" ? { lastExportDateTime: null } : {},
  };
}

function tokenInfo(call: Call): Answer {
  const { integrationIds } = call.rule;
  const user = call.author.by._id ?? "user-api.token";
  return {
    status: 200,
    body: { _userId: user, scope: integrationIds ? [...integrationIds] : "*" },
  };
}

/** Templates, last export times and the token's own data (`api-facts.md` 1.13, 1.14, 3.4). */
export const TEMPLATE_ROUTES: readonly Route[] = [
  { method: "GET", path: "/flows/:id/template", handle: template },
  { method: "GET", path: "/flows/:id/lastExportDateTime", handle: lastExport },
  { method: "GET", path: "/tokenInfo", handle: tokenInfo },
];
