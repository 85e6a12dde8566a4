import { AllGoneError } from "../../provider/all-gone";
import { isApiError } from "../../provider/api/errors";
import { explain } from "../../provider/explain";
import { isRecord } from "../../provider/flow/normal";
import type { Service } from "../../provider/service";
import type { Accounts } from "./accounts";
import { CannotTellError } from "./cannot-tell";
import type { Refreshed } from "./refresh";
import { reveal } from "./secret";
import type { StackResource } from "./stack";

/** Most documents that are asked for. */
const MOST = 10;

/**
 * Refuses to call flows deleted where the account may be another one: all flows of a provider are gone, and so is whatever
 * they named. Of two or more the provider refuses that itself; of a single one it cannot know (contract.md 5.8).
 *
 * @throws CannotTellError
 */
export async function refuseOtherAccount(
  flows: readonly StackResource[],
  refreshed: ReadonlyMap<string, Refreshed>,
  accounts: Accounts,
): Promise<void> {
  for (const provider of new Set(flows.map((flow) => flow.provider))) {
    const members = flows.filter((flow) => flow.provider === provider);
    if (!members.every(({ urn }) => refreshed.get(urn)?.op === "delete")) continue;
    const service = accounts.of(provider);
    if (service.settings.allowAllGone) continue;
    const outputs = members.map((member) => reveal(member.outputs ?? {}));
    if (await hasSomethingOf(service, outputs)) continue;
    const ids = members.map(({ id }) => id ?? "");
    throw new CannotTellError(new AllGoneError(ids, service.settings.origin).message);
  }
}

/**
 * Whether the account that says that a flow is gone is the one that had it: it still has something that the flow named, its
 * integration, an export or an import. Another account has none of them.
 *
 * @param outputs - the flows as they were, in program names
 */
async function hasSomethingOf({ client, settings }: Service, outputs: unknown): Promise<boolean> {
  for (const path of namedBy(outputs).slice(0, MOST)) {
    try {
      await client.getDocument(path);
      return true;
    } catch (error) {
      // A malformed id, and what the token may not see, prove nothing.
      if (isApiError(error, "notFound", "invalid", "forbidden")) continue;
      const what = "whether the account is the right one";
      throw new CannotTellError(explain(error, { doing: "checking", what }, settings));
    }
  }
  return false;
}

const COLLECTIONS: Readonly<Record<string, string>> = {
  integrationId: "integrations",
  exportId: "exports",
  importId: "imports",
};

/** Paths of what the steps of a flow name, and of its integration. Pure. */
function namedBy(value: unknown): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(namedBy))];
  if (!isRecord(value)) return [];
  const paths = Object.entries(value).flatMap(([key, member]) => {
    const collection = COLLECTIONS[key];
    return collection !== undefined && typeof member === "string"
      ? [`/${collection}/${encodeURIComponent(member)}`]
      : ["pageGenerators", "pageProcessors", "routers", "branches"].includes(key)
        ? namedBy(member)
        : [];
  });
  return [...new Set(paths)];
}
