import { isApiError } from "../../provider/api/errors";
import { explain } from "../../provider/explain";
import { createService } from "../../provider/service";
import { REGIONS } from "../../provider/base-url";
import { readSettings, type Settings, SettingsError } from "../../provider/settings";
import { isRecord } from "../../provider/flow/normal";
import type { Environment } from "../engine/engine";
import type { Finding } from "./finding";
import type { StackConfig } from "./stack-config";

/** Whether the settings are complete, whose account they lead to, and whether the token is taken there. */
export async function checkAccount(config: StackConfig, env: Environment): Promise<Finding[]> {
  let settings: Settings;
  try {
    settings = readSettings({ config: config.values, env });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const found = error.problems.join(" ");
    const next = "correct what is named above.";
    const token: Finding = { check: "token", status: "skipped", found: "the settings come first" };
    return [{ check: "settings", status: "failed", found, next }, token];
  }
  return [checkRegion(settings), checkSecrecy(config, settings), await checkToken(settings)];
}

/** The region, or the URL where it is none of the known ones. Pure. */
export function checkRegion({ origin }: Pick<Settings, "origin">): Finding {
  const region = Object.entries(REGIONS).find(([, url]) => url === origin)?.[0];
  const found = region === undefined ? `${origin} (celigo:baseUrl)` : `${region} (${origin})`;
  return { check: "region", status: "ok", found };
}

function checkSecrecy({ values, secrets, unread }: StackConfig, { loopback }: Settings): Finding {
  const check = "secrecy";
  if (unread !== undefined) {
    return { check, status: "skipped", found: "no config of a stack could be read" };
  }
  if (values["celigo:apiToken"] === undefined) {
    return { check, status: "ok", found: "the token is not in the stack's config" };
  }
  if (secrets.has("celigo:apiToken")) {
    return { check, status: "ok", found: "celigo:apiToken is stored encrypted" };
  }
  const found = "celigo:apiToken stands in the stack's config in the clear";
  if (loopback)
    return { check, status: "warning", found: `${found}, for a service on this machine` };
  const next = "run `pulumi config set --secret celigo:apiToken`, which asks for it again.";
  return { check, status: "failed", found, next };
}

/** GET `/tokenInfo`, the cheapest check of a token (`api-facts.md` 3.4). */
async function checkToken(settings: Settings): Promise<Finding> {
  const check = "token";
  try {
    const info = await createService(settings).client.get("/tokenInfo");
    const scope = isRecord(info) ? info["scope"] : undefined;
    if (scope === undefined || scope === "*") {
      return { check, status: "ok", found: `accepted at ${settings.origin}` };
    }
    const found = `accepted at ${settings.origin}, with limited access`;
    const next = "see that it reaches the integrations that the program names.";
    return { check, status: "warning", found, next };
  } catch (error) {
    if (!isApiError(error)) throw error;
    const text = explain(error, { doing: "checking", what: "the token" }, settings);
    const [found = "", next] = text.split("\nNext: ");
    return { check, status: "failed", found, ...(next !== undefined && { next }) };
  }
}
