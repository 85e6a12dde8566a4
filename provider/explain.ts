import { type ApiErrorInfo, complaintLine, isApiError, requestOf } from "./api/errors";
import type { Complaint } from "./api/types";
import type { Settings } from "./settings";
import { StillUsedError } from "./still-used";

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
  const users = error instanceof StillUsedError ? error.users : [];
  const failure = error instanceof StillUsedError ? error.refusal : error;
  if (!isApiError(failure)) return `${head} failed: ${hide(messageOf(failure), settings)}`;
  const { info } = failure;
  const lines = [`${head} failed: ${WHY[info.kind]}`];
  lines.push(...info.complaints.map((complaint) => `  - ${complaintLine(complaint)}`));
  lines.push(`  ${technical(info)}`);
  if (users.length > 0) lines.push("It is still used by:", ...users.map((user) => `  - ${user}`));
  lines.push(`Next: ${nextStep(info, { settings, isUsed: users.length > 0 })}`);
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
  if (info.attempts !== undefined && info.attempts > 1)
    parts.push(`${String(info.attempts)} attempts`);
  return parts.join(", ");
}

function nextStep(
  { kind, complaints }: ApiErrorInfo,
  { settings, isUsed }: { settings: Settings | undefined; isUsed: boolean },
): string {
  if (complaints.some(isOfIntegrationApp)) return INTEGRATION_APP;
  if (isUsed && kind !== "forbidden") return IN_USE;
  const hints = complaints.map(({ code }) => (code === undefined ? undefined : BY_CODE[code]));
  const byCode = hints.find((hint) => hint !== undefined);
  if (byCode !== undefined) return byCode;
  if (kind === "notFound" && complaints.some(({ message }) => /export|import/i.test(message)))
    return NO_STEP;
  return BY_KIND[kind](settings === undefined ? "" : ` at ${settings.origin}`);
}

/** What to do next, by what went wrong; takes where, e.g. ` at https://api.integrator.io`. */
const BY_KIND: Readonly<Record<ApiErrorInfo["kind"], (where: string) => string>> = {
  unauthorized: (where) =>
    `check that the token is valid${where}: tokens belong to one environment and one region (celigo:region). After a rotation run \`pulumi config set --secret celigo:apiToken\` (or set CELIGO_API_TOKEN), then \`pulumi up\`, or \`pulumi refresh --run-program\` or \`pulumi destroy --run-program\`: without the program they use the token of the last \`up\`.`,
  forbidden: () =>
    `use a token with access to this integration, or full access; ${INTEGRATION_APP}`,
  notFound: (where) =>
    `check the id, and that token and region (celigo:region) are those of the account that has it${where}.`,
  invalid: () =>
    "correct what the service names, then run again; nothing else was changed by this call.",
  running: () =>
    "wait until the run has ended or cancel it, then run again; celigo:conflictTimeoutMs says how long a write waits.",
  conflict: () => "remove what the service names, then run again.",
  rateLimited: () =>
    "run again later, a deployment perhaps with a smaller `--parallel`; other programs share the account's limit.",
  unreachable: (where) =>
    `check the network, the proxy (HTTPS_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS) and celigo:baseUrl${where}.`,
  cut: () => RUN_AGAIN,
  timeout: () => RUN_AGAIN,
  server: () => RUN_AGAIN,
  unexpected: (where) =>
    `check that celigo:baseUrl names the API and not a page or a proxy${where}.`,
};

const RUN_AGAIN = "run again; what a deployment has done already is recorded and not repeated.";

const NO_STEP =
  "create the export or import first, or correct its id; ids differ between sandbox and production.";

const INTEGRATION_APP =
  "a flow that an Integration App owns can be changed only in part: undo what the service names, or change it in the app's own settings.";

const IN_USE = "take the reference out of each of them (a chain, an alias), then run again.";

/** `_connectorId` marks what an Integration App owns (`api-facts.md` 6 #20). */
function isOfIntegrationApp({ message, field }: Complaint): boolean {
  return /integration app|_connectorId/i.test(`${message} ${field ?? ""}`);
}

const BY_CODE: Readonly<Record<string, string>> = {
  inactive_flow:
    "the flow is disabled and the service does not run it; enable it first (`disabled: false`).",
  entitlement_reached:
    "the account's licence allows no more enabled flows; disable another one or extend the licence.",
  subscription_required: "the account's subscription does not include this.",
  detach_failed: "remove the aliases that point at the flow, then move it.",
  invalid_ref: "the id belongs to nothing in this account and environment; correct it.",
};

/** Should a token ever come back in the service's words, nobody reads it. */
function hide(text: string, settings: Settings | undefined): string {
  const token = settings?.apiToken ?? "";
  return token.length < 6 ? text : text.replaceAll(token, "[token]");
}
