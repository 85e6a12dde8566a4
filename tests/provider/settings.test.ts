import { REGIONS } from "../../provider/base-url";
import {
  readSettings,
  type Settings,
  SETTINGS,
  SettingsError,
  settingsKey,
  type SettingsSource,
} from "../../provider/settings";

const TOKEN = "token-that-nobody-may-read";

function read(source: SettingsSource = {}): Settings {
  return readSettings({ env: { CELIGO_API_TOKEN: TOKEN }, ...source });
}

function problems(source: SettingsSource): readonly string[] {
  try {
    readSettings({ env: {}, ...source });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    expect(error.message).not.toContain(TOKEN);
    return error.problems;
  }
  return [];
}

const withUrl = (baseUrl: string): SettingsSource => ({ own: { apiToken: TOKEN, baseUrl } });

it("has the documented defaults", () => {
  expect(read()).toEqual({
    apiToken: TOKEN,
    baseUrl: "https://api.integrator.io/v1",
    origin: "https://api.integrator.io",
    loopback: false,
    requestTimeoutMs: 30_000,
    maxRetries: 5,
    checkReferences: true,
    sharedReads: true,
    allowAllGone: false,
    conflictTimeoutMs: 300_000,
    debug: false,
  });
});

it.each(Object.entries(REGIONS))("knows the region %s", (region, origin) => {
  expect(read({ own: { region } })).toMatchObject({ origin, baseUrl: `${origin}/v1` });
});

describe("layers", () => {
  /** Where a setting stands: o own, c config, e environment. */
  const SUBSETS = ["", "e", "c", "ce", "o", "oe", "oc", "oce"];
  const VALUES: Readonly<Record<string, readonly [unknown, string, string]>> = {
    apiToken: ["own-token", "config-token", "env-token"],
    requestTimeoutMs: [11, "12", "13"],
    maxRetries: [1, "2", "3"],
    checkReferences: [false, "false", "no"],
    conflictTimeoutMs: [21, "22", "23"],
  };

  const source = (
    name: keyof typeof SETTINGS,
    at: string,
    [own, config, env]: readonly unknown[],
  ): SettingsSource => ({
    own: {
      ...(name !== "apiToken" && { apiToken: TOKEN }),
      ...(at.includes("o") && { [name]: own }),
    },
    config: at.includes("c") ? { [`celigo:${name}`]: String(config) } : {},
    env: at.includes("e") ? { [SETTINGS[name].variable]: String(env) } : {},
  });

  it.each(Object.keys(VALUES))("%s comes from the nearest, an explicit provider or not", (key) => {
    const name = key as keyof typeof SETTINGS;
    const [own, config, env] = VALUES[key] ?? [];
    for (const at of SUBSETS) {
      for (const explicit of [false, true]) {
        const nearest = at.includes("o")
          ? own
          : at.includes("c")
            ? config
            : at.includes("e")
              ? env
              : undefined;
        const isMissing = name === "apiToken" && (at === "" || (explicit && at === "e"));
        const all = { ...source(name, at, [own, config, env]), explicit };
        if (isMissing) {
          expect(problems(all)[0]).toContain("celigo:apiToken");
          expect(problems(all)[0]).toContain("CELIGO_API_TOKEN");
          expect(problems(all)[0]?.includes("to the provider")).toBe(explicit);
        } else if (nearest !== undefined) {
          const value = readSettings(all)[name as keyof Settings];
          expect(String(value)).toBe(typeof own === "boolean" ? "false" : String(nearest));
        }
      }
    }
  });

  const URL_OF = { o: "https://own.test", c: "https://config.test", e: "https://env.test" };
  const REGION_OF = { o: "eu", c: "au", e: "ca" };
  type Layer = keyof typeof URL_OF;

  it("take the nearest of region and base URL, and the URL within one layer", () => {
    for (const urls of SUBSETS) {
      for (const regions of SUBSETS) {
        for (const explicit of [false, true]) {
          const layers: readonly Layer[] = explicit ? ["o", "c"] : ["o", "c", "e"];
          const at = layers.find((layer) => urls.includes(layer) || regions.includes(layer));
          const expected =
            at === undefined
              ? REGIONS["us"]
              : urls.includes(at)
                ? URL_OF[at]
                : REGIONS[REGION_OF[at]];
          const has = (where: string, layer: Layer, key: string, value: string): object =>
            where.includes(layer) ? { [key]: value } : {};
          const settings = readSettings({
            explicit,
            own: {
              apiToken: TOKEN,
              ...has(urls, "o", "baseUrl", URL_OF.o),
              ...has(regions, "o", "region", "eu"),
            },
            config: {
              ...has(urls, "c", "celigo:baseUrl", URL_OF.c),
              ...has(regions, "c", "celigo:region", "au"),
            },
            env: {
              ...has(urls, "e", "CELIGO_BASE_URL", URL_OF.e),
              ...has(regions, "e", "CELIGO_REGION", "ca"),
            },
          });
          expect([urls, regions, explicit, settings.origin]).toEqual([
            urls,
            regions,
            explicit,
            expected,
          ]);
        }
      }
    }
  });

  it("take an empty value for none", () => {
    const empty = { own: { region: "" }, config: { "celigo:region": "" } };
    const env = { CELIGO_API_TOKEN: TOKEN, CELIGO_REGION: "eu", CELIGO_MAX_RETRIES: "" };
    expect(readSettings({ ...empty, env })).toMatchObject({ origin: REGIONS["eu"], maxRetries: 5 });
  });
});

describe("the base URL", () => {
  it.each([
    ["https://api.example.com", "https://api.example.com/v1"],
    ["https://api.example.com/", "https://api.example.com/v1"],
    ["https://api.example.com/v1", "https://api.example.com/v1"],
    ["https://api.example.com/v1/", "https://api.example.com/v1"],
    ["https://example.com/celigo", "https://example.com/celigo/v1"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080/v1"],
    ["http://[::1]:8080", "http://[::1]:8080/v1"],
    ["http://localhost", "http://localhost/v1"],
    ["http://emulator:8080", "http://emulator:8080/v1"],
    ["http://celigo.test", "http://celigo.test/v1"],
    ["http://celigo.local", "http://celigo.local/v1"],
    ["http://celigo.eu.internal:80", "http://celigo.eu.internal/v1"],
  ])("%s becomes %s", (url, expected) => {
    expect(read(withUrl(url)).baseUrl).toBe(expected);
  });

  it.each([
    ["http://api.integrator.io", "is http on the public host api.integrator.io"],
    ["http://10.0.0.5", "is http on the public host"],
    ["http://[2001:db8::1]", "is http on the public host"],
    ["http://test.example.com", "is http on the public host"],
    ["http://127.0.0.1.example.com", "is http on the public host"],
    ["ftp://localhost", "neither https nor http"],
    ["api.integrator.io", "is not a URL"],
    [`https://user:${TOKEN}@api.example.com`, "user name or password"],
    [`https://api.example.com?token=${TOKEN}`, "a query"],
  ])("%s is refused", (url, reason) => {
    const found = problems(withUrl(url));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(reason);
    expect(found[0]).toContain("celigo:baseUrl, CELIGO_BASE_URL");
  });

  it("is on this machine or not", () => {
    const loopback = (url: string): boolean => read(withUrl(url)).loopback;
    expect(
      ["http://localhost:1", "http://127.9.9.9", "http://[::1]", "http://a.localhost"].every(
        loopback,
      ),
    ).toBe(true);
    expect(["http://emulator", "https://api.integrator.io", "http://x.local"].some(loopback)).toBe(
      false,
    );
  });
});

it("names every wrong setting at once, with key and variable", () => {
  const found = problems({
    config: {
      "celigo:region": "mars",
      "celigo:requestTimeoutMs": "0",
      "celigo:maxRetries": "-1",
      "celigo:checkReferences": "perhaps",
      "celigo:sharedReads": "2",
      "celigo:allowAllGone": "on",
      "celigo:conflictTimeoutMs": "5m",
    },
  });
  const names = [
    "apiToken",
    ...Object.keys(SETTINGS).filter((name) => !["apiToken", "baseUrl"].includes(name)),
  ];
  expect(found).toHaveLength(names.length);
  names.forEach((name, index) => {
    expect(found[index]).toContain(`celigo:${name}`);
    expect(found[index]).toContain(SETTINGS[name as keyof typeof SETTINGS].variable);
  });
  console.log(["Wrong settings", ...found].join("\n"));
});

it.each([
  ["requestTimeoutMs", 1.5],
  ["requestTimeoutMs", "1e3"],
  // A timer would take more for one millisecond.
  ["requestTimeoutMs", 2 ** 31],
  ["maxRetries", Number.NaN],
  ["maxRetries", Infinity],
  ["conflictTimeoutMs", ""],
  ["region", "constructor"],
  ["region", "EU "],
])("refuses %s: %p, an empty text apart", (name, value) => {
  expect(problems({ own: { apiToken: TOKEN, [name]: value } })).toHaveLength(value === "" ? 0 : 1);
});

it.each(["to ken", "token\n", "tökén", "tok\ten"])(
  "refuses the token %j without repeating it",
  (token) => {
    const [found] = problems({ own: { apiToken: token } });
    expect(found).toContain("CELIGO_API_TOKEN");
    expect(found).not.toContain(token);
  },
);

it("does not repeat a token that was set in the wrong place as well", () => {
  const own = { apiToken: TOKEN, region: TOKEN, maxRetries: TOKEN };
  expect(problems({ own })).toHaveLength(2);
});

it("logs when CELIGO_LOG says so", () => {
  expect(read({ env: { CELIGO_API_TOKEN: TOKEN, CELIGO_LOG: "debug" } }).debug).toBe(true);
});

it("has a key that tells settings apart and holds no secret", () => {
  expect(settingsKey(read())).toBe(settingsKey(read()));
  expect(settingsKey(read())).not.toBe(settingsKey(read({ own: { apiToken: "other-token" } })));
  expect(settingsKey(read())).not.toContain(TOKEN);
});
