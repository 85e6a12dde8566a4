import { randomBytes } from "node:crypto";
import { DEFAULT_MASKS } from "./masks";
import type { EmulatorOptions, EmulatorSettings } from "./options";

/** Settings that are a choice between a few words or numbers, each with its choices. */
export const CHOICES = {
  put: ["replace", "merge"],
  cron: ["five", "six", "both"],
  validationStatus: [400, 422],
  errorShape: ["errors", "bare"],
  referenceStatus: [400, 404, 422],
  malformedIds: ["opaque", "invalid_ref"],
  readOnlySent: ["ignored", "refused"],
  disabledDefault: [true, false, "absent"],
  integrationMove: ["inPlace", "refuse"],
  patchPaths: ["doc", "cli"],
  emptyList: [200, 204],
  runWindow: ["both", "nested", "top"],
  disabledRun: ["refuse", "allow"],
  putRunning: ["conflict", "allow"],
  runRunning: ["conflict", "allow"],
  deleteRunning: ["conflict", "cancel", "allow"],
  deleteReferenced: ["refuse", "allow"],
  auditShape: ["array", "audit", "auditLogs"],
  dependencyIdKey: ["id", "_id"],
  dependenciesShape: ["keyed", "list"],
  emptyDependencies: [200, 204],
  neverExported: ["absent", "null"],
  maskSent: ["overwrites", "keeps"],
  secretOmitted: ["loses", "keeps"],
} as const satisfies { readonly [K in keyof EmulatorSettings]?: readonly EmulatorSettings[K][] };

function defaultSettings(): EmulatorSettings {
  return {
    token: `emulator-token-${randomBytes(8).toString("hex")}`,
    tokens: [],
    put: "replace",
    cron: "both",
    validationStatus: 422,
    notFoundCode: "not_found",
    errorShape: "errors",
    referenceStatus: 404,
    referenceCode: "not_found",
    strictReferences: true,
    malformedIds: "opaque",
    readOnlySent: "ignored",
    serverAdds: true,
    alsoAdds: {},
    disabledDefault: false,
    integrationMove: "inPlace",
    patchPaths: "doc",
    pageSize: 100,
    emptyList: 204,
    linkOrigin: undefined,
    runWindow: "both",
    disabledRun: "refuse",
    disabledRunStatus: 422,
    putRunning: "conflict",
    runRunning: "conflict",
    deleteRunning: "conflict",
    deleteReferenced: "refuse",
    deleteReferencedStatus: 422,
    deleteReferencedCode: "in_use",
    auditShape: "array",
    dependencyIdKey: "id",
    dependenciesShape: "keyed",
    emptyDependencies: 200,
    descendantsBranches: true,
    neverExported: "absent",
    rateLimit: undefined,
    latencyMs: 0,
    jobDurationMs: 100,
    masks: DEFAULT_MASKS,
    maskSent: "overwrites",
    secretOmitted: "loses",
    now: () => Date.now(),
    idleCloseMs: 5000,
  };
}

/**
 * The settings that hold under the given options.
 * @throws Error that names an option that does not exist.
 */
export function settingsFrom(options: EmulatorOptions): EmulatorSettings {
  const { port: _port, host: _host, seed: _seed, ...rest } = options;
  const settings = defaultSettings();
  changeSettings(settings, rest);
  return settings;
}

function checkSetting(settings: EmulatorSettings, name: string, value: unknown): void {
  if (!Object.hasOwn(settings, name)) throw new Error(`emulator: no such option: ${name}`);
  const choices: readonly unknown[] | undefined = Object.entries(CHOICES).find(
    ([key]) => key === name,
  )?.[1];
  if (choices && !choices.includes(value)) {
    throw new Error(
      `emulator: ${name} is one of ${choices.join(", ")}, not ${JSON.stringify(value)}`,
    );
  }
  const [wanted, given] = [typeof settings[name as keyof EmulatorSettings], typeof value];
  if (!choices && wanted !== given && name !== "rateLimit" && name !== "linkOrigin") {
    throw new Error(`emulator: ${name} is a ${wanted}, not a ${given}`);
  }
}

/**
 * Overwrites the settings that are given; all of them, or none.
 * @throws Error that names the first option that does not exist or has a value it cannot have.
 */
export function changeSettings(
  settings: EmulatorSettings,
  changes: Partial<EmulatorSettings>,
): void {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) checkSetting(settings, name, value);
  Object.assign(settings, Object.fromEntries(given));
}
