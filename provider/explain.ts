import { type ApiErrorInfo, complaintLine, isApiError, requestOf } from "./api/errors";
import type { Settings } from "./settings";

/** What was being done when something failed. */
export interface Undertaking {
  /** In the present participle: `updating`, `deleting`, `reading`. */
  readonly doing: string;
  /** Name of the flow; absent where it is not known. */
  readonly name?: string | undefined;
  /** Id of the flow; absent before it exists. */
  readonly id?: string | undefined;
  /** What it is done to where that is no flow, e.g. `the list of exports`. */
  readonly what?: string | undefined;
}

/** The flow as messages name it: `flow "Customer Sync" (64f0…)`. */
export function flowTitle({ name, id }: Pick<Undertaking, "name" | "id">): string {
  const title = name === undefined ? "flow" : `flow "${name}"`;
  if (id === undefined) return title;
  return name === undefined ? `flow ${id}` : `${title} (${id})`;
}

/**
 * A failure as a person reads it (contract.md 5.5): what was being done, to which flow, what the service says of it, and
 * what to do next. Holds no stack and no token. An error that already speaks to people keeps its own words.
 */
export function explain(error: unknown, undertaking: Undertaking, settings?: Settings): string {
  const head = `${undertaking.doing} ${undertaking.what ?? flowTitle(undertaking)}`;
  if (!isApiError(error)) return `${head} failed: ${hide(messageOf(error), settings)}`;
  const { info } = error;
  const lines = [`${head} failed: ${WHY[info.kind]}`];
  lines.push(...info.complaints.map((complaint) => `  - ${complaintLine(complaint)}`));
  lines.push(`  ${technical(info)}`);
  const next = nextStep(info, settings);
  if (next !== undefined) lines.push(`Next: ${next}`);
  return hide(lines.join("\n"), settings);
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const WHY: Readonly<Record<ApiErrorInfo["kind"], string>> = {
  cut: "the connection was cut before an answer came.",
  timeout: "the service did not answer in time.",
  unreachable: "the service cannot be reached.",
  unauthorized: "the service does not accept the API token.",
  forbidden: "the API token may not do this.",
  notFound: "the service has no such thing.",
  invalid: "the service refuses it.",
  running: "the flow is still running.",
  conflict: "something else stands in the way.",
  rateLimited: "the service's rate limit stayed exhausted.",
  server: "the service has a fault of its own.",
  unexpected: "the service's answer cannot be understood.",
};

function technical(info: ApiErrorInfo): string {
  const parts = [requestOf(info)];
  if (info.status !== undefined) parts.push(`status ${String(info.status)}`);
  if (info.detail !== undefined) parts.push(info.detail);
  if (info.requestId !== undefined) parts.push(`request id ${info.requestId}`);
  if (info.attempts !== undefined && info.attempts > 1) parts.push(`${String(info.attempts)} attempts`);
  return parts.join(", ");
}

function nextStep(info: ApiErrorInfo, settings: Settings | undefined): string | undefined {
  const byCode = info.complaints.map(({ code }) => (code === undefined ? undefined : BY_CODE[code])).find((hint) => hint !== undefined);
  if (byCode !== undefined) return byCode;
  const where = settings === undefined ? "" : ` at ${settings.origin}`;
  switch (info.kind) {
    case "unauthorized":
      return `check that the token is valid${where}: tokens belong to one environment and one region (celigo:region). After a rotation run \`pulumi config set --secret celigo:apiToken\` (or set CELIGO_API_TOKEN), then \`pulumi up\`, or \`pulumi refresh --run-program\` or \`pulumi destroy --run-program\`: without the program they use the token of the last \`up\`.`;
    case "forbidden":
      return "use a token with access to this integration, or full access; flows of an Integration App can be changed only in part.";
    case "notFound":
      return info.complaints.some(({ message }) => /export|import/i.test(message))
        ? "create the export or import first, or correct its id; ids differ between sandbox and production."
        : `check the id, and that token and region (celigo:region) are those of the account that has it${where}.`;
    case "invalid":
      return "correct what the service names, then run again; nothing else was changed by this call.";
    case "running":
      return "wait until the run has ended or cancel it, then run again; celigo:conflictTimeoutMs says how long a write waits.";
    case "conflict":
      return "remove what the service names, then run again.";
    case "rateLimited":
      return "run again later, or with a smaller `--parallel`; other programs share the account's limit.";
    case "unreachable":
      return `check the network, the proxy (HTTPS_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS) and celigo:baseUrl${where}.`;
    case "cut":
    case "timeout":
    case "server":
      return "run again; what already succeeded is recorded and not repeated.";
    case "unexpected":
      return `check that celigo:baseUrl names the API and not a page or a proxy${where}.`;
  }
}

const BY_CODE: Readonly<Record<string, string>> = {
  inactive_flow: "the flow is disabled and the service does not run it; enable it first (`disabled: false`).",
  entitlement_reached: "the account's licence allows no more enabled flows; disable another one or extend the licence.",
  subscription_required: "the account's subscription does not include this.",
  detach_failed: "remove the aliases that point at the flow, then move it.",
  invalid_ref: "the id belongs to nothing in this account and environment; correct it.",
};

/** Should a token ever come back in the service's words, nobody reads it. */
function hide(text: string, settings: Settings | undefined): string {
  const token = settings?.apiToken ?? "";
  return token.length < 6 ? text : text.replaceAll(token, "[token]");
}
