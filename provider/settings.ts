import { createHash } from "node:crypto";

import { isSet, readBaseUrl, type ServiceAddress } from "./base-url";

/** Everything that decides where calls go and how, after all layers were read (contract.md 2). */
export interface Settings extends ServiceAddress {
  /** Bearer token. Never part of a message. */
  readonly apiToken: string;
  /** Milliseconds for one HTTP attempt. */
  readonly requestTimeoutMs: number;
  /** Further attempts where a retry is safe. */
  readonly maxRetries: number;
  /** Whether previews look up the exports and imports that new or changed steps name. */
  readonly checkReferences: boolean;
  /** Whether a refresh reads lists in place of single flows. */
  readonly sharedReads: boolean;
  /** Whether a refresh may find all flows gone. */
  readonly allowAllGone: boolean;
  /** Milliseconds that a write waits for a running flow. */
  readonly conflictTimeoutMs: number;
  /** Whether each request is logged on stderr. */
  readonly debug: boolean;
}

/** Where settings are read from, nearest first. */
export interface SettingsSource {
  /** Own properties of an explicit provider, or of a function call. */
  readonly own?: Readonly<Record<string, unknown>> | undefined;
  /** The own properties are an explicit provider's, which takes no token, URL or region from the environment. */
  readonly explicit?: boolean | undefined;
  /** The stack's config by full key, e.g. `celigo:apiToken`. Absent outside Pulumi programs. */
  readonly config?: Readonly<Record<string, string>> | undefined;
  /** Environment variables; tests pass their own. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** The longest that a timer can be set to. */
const LONGEST_MS = 2 ** 31 - 1;

/** Config key (without `celigo:`), variable, and default of each setting (contract.md 2). */
export const SETTINGS = {
  apiToken: { variable: "CELIGO_API_TOKEN", kind: "text" },
  baseUrl: { variable: "CELIGO_BASE_URL", kind: "text" },
  region: { variable: "CELIGO_REGION", kind: "text" },
  requestTimeoutMs: {
    variable: "CELIGO_REQUEST_TIMEOUT_MS",
    kind: "number",
    fallback: 30_000,
    least: 1,
    most: LONGEST_MS,
  },
  maxRetries: { variable: "CELIGO_MAX_RETRIES", kind: "number", fallback: 5, least: 0 },
  checkReferences: { variable: "CELIGO_CHECK_REFERENCES", kind: "flag", fallback: true },
  sharedReads: { variable: "CELIGO_SHARED_READS", kind: "flag", fallback: true },
  allowAllGone: { variable: "CELIGO_ALLOW_ALL_GONE", kind: "flag", fallback: false },
  conflictTimeoutMs: {
    variable: "CELIGO_CONFLICT_TIMEOUT_MS",
    kind: "number",
    fallback: 300_000,
    least: 0,
  },
} as const satisfies Record<string, Setting>;

interface Setting {
  readonly variable: string;
  readonly kind: "text" | "number" | "flag";
  readonly fallback?: number | boolean;
  readonly least?: number;
  readonly most?: number;
}

/** Name of one setting, as an explicit provider takes it. */
export type SettingName = keyof typeof SETTINGS;

/** Settings that an explicit provider never takes from the environment: they say whose account it is. */
const OWN_ONLY: ReadonlySet<string> = new Set(["apiToken", "baseUrl", "region"]);

/** Wrong or missing settings, all of them at once. The message names the config key and the variable of each. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  /** One sentence per wrong setting. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      [
        "The settings of pulumi-celigo are not complete:",
        ...problems.map((problem) => `  - ${problem}`),
      ].join("\n"),
    );
    this.problems = problems;
  }
}

/** The environment of this process: the one place in the package that reads it. */
export function environment(): NodeJS.ProcessEnv {
  return process.env;
}

/** Keys of the stack's config that are encrypted, as the engine tells its programs; `undefined` where there is no engine. */
export function secretKeys(env: NodeJS.ProcessEnv = environment()): readonly string[] | undefined {
  const text = env["PULUMI_CONFIG_SECRET_KEYS"];
  if (text === undefined) return undefined;
  try {
    const parsed = JSON.parse(text) as unknown;
    return Array.isArray(parsed) ? parsed.map(String) : [];
  } catch {
    return [];
  }
}

/**
 * Reads the settings layer by layer: own properties, stack config, environment. A nearer `region` beats a farther
 * `baseUrl`; within one layer `baseUrl` wins.
 *
 * @throws SettingsError naming every wrong or missing setting
 */
export function readSettings({
  own,
  explicit = false,
  config = {},
  env = environment(),
}: SettingsSource): Settings {
  const problems: string[] = [];
  const layers = (name: SettingName): unknown[] => [
    own?.[name],
    config[`celigo:${name}`],
    explicit && OWN_ONLY.has(name) ? undefined : env[SETTINGS[name].variable],
  ];
  const nearest = (name: SettingName): unknown => layers(name).find(isSet);

  const apiToken = nearest("apiToken");
  if (typeof apiToken !== "string") {
    const or = !explicit
      ? `, or set ${SETTINGS.apiToken.variable}`
      : `, or pass \`apiToken\` to the provider, which takes none from ${SETTINGS.apiToken.variable}`;
    problems.push(
      `The API token is missing. Run \`pulumi config set --secret celigo:apiToken\`${or}.`,
    );
  } else if (/[^\x21-\x7e]/.test(apiToken)) {
    problems.push(
      `The API token (celigo:apiToken, ${SETTINGS.apiToken.variable}) holds a space, a line break or another character that no token has.`,
    );
  }
  const base = readBaseUrl(layers("baseUrl"), layers("region"), problems);
  const numbers = (name: SettingName): number => readNumber(name, nearest(name), problems);
  const flags = (name: SettingName): boolean => readFlag(name, nearest(name), problems);
  const settings = {
    apiToken: typeof apiToken === "string" ? apiToken : "",
    ...base,
    requestTimeoutMs: numbers("requestTimeoutMs"),
    maxRetries: numbers("maxRetries"),
    checkReferences: flags("checkReferences"),
    sharedReads: flags("sharedReads"),
    allowAllGone: flags("allowAllGone"),
    conflictTimeoutMs: numbers("conflictTimeoutMs"),
    debug: env["CELIGO_LOG"] === "debug",
  };
  // A token that was set under another key must not be repeated with what is wrong there.
  if (problems.length > 0)
    throw new SettingsError(problems.map((problem) => withoutToken(problem, apiToken)));
  return settings;
}

function withoutToken(text: string, token: unknown): string {
  return typeof token === "string" && token.length >= 6 ? text.replaceAll(token, "[token]") : text;
}

/** A name for settings under which clients are shared; holds no secret. */
export function settingsKey(settings: Settings): string {
  return createHash("sha256").update(JSON.stringify(settings)).digest("hex");
}

function readNumber(name: SettingName, value: unknown, problems: string[]): number {
  const setting: Setting = SETTINGS[name];
  if (value === undefined) return Number(setting.fallback);
  const number =
    typeof value === "number"
      ? value
      : /^\s*\d+\s*$/.test(textOf(value))
        ? Number(value)
        : Number.NaN;
  const { least = 0, most = Number.MAX_SAFE_INTEGER } = setting;
  if (!Number.isInteger(number) || number < least || number > most) {
    const range =
      setting.most === undefined
        ? `of at least ${String(least)}`
        : `from ${String(least)} to ${String(most)}`;
    problems.push(
      `\`${textOf(value)}\` for celigo:${name} (${setting.variable}) is not a whole number ${range}.`,
    );
  }
  return number;
}

function readFlag(name: SettingName, value: unknown, problems: string[]): boolean {
  const setting: Setting = SETTINGS[name];
  if (value === undefined) return setting.fallback === true;
  const text = textOf(value).trim().toLowerCase();
  if (["true", "1", "yes"].includes(text)) return true;
  if (["false", "0", "no"].includes(text)) return false;
  problems.push(
    `\`${textOf(value)}\` for celigo:${name} (${setting.variable}) is neither true nor false.`,
  );
  return false;
}

/** Any value as messages show it. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
