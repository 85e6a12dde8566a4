import { configure, currentService, currentSettings, EXPLICIT } from "../../provider/session";

const TOKEN = "a-token";

function configureWith(config: Readonly<Record<string, string>>): void {
  configure({ config: { get: (key) => config[key] } });
}

const saved = process.env;
beforeEach(() => {
  const others = Object.entries(saved).filter(([name]) => !name.startsWith("CELIGO_"));
  process.env = Object.fromEntries(others);
});
afterAll(() => {
  process.env = saved;
});

it("takes the stack's config, then the environment", () => {
  process.env["CELIGO_API_TOKEN"] = "env-token";
  process.env["CELIGO_REGION"] = "ca";
  configureWith({ "celigo:region": "eu" });
  expect(currentSettings()).toMatchObject({
    apiToken: "env-token",
    origin: "https://api.eu.integrator.io",
  });
});

it("gives an explicit provider neither token nor place from the environment, but the rest", () => {
  process.env["CELIGO_API_TOKEN"] = "env-token";
  process.env["CELIGO_REGION"] = "ca";
  process.env["CELIGO_BASE_URL"] = "https://env.test";
  process.env["CELIGO_MAX_RETRIES"] = "1";
  configureWith({ [EXPLICIT]: "true", "celigo:apiToken": TOKEN });
  expect(currentSettings()).toMatchObject({
    apiToken: TOKEN,
    origin: "https://api.integrator.io",
    maxRetries: 1,
  });
  configureWith({ [EXPLICIT]: "true", "celigo:region": "eu" });
  expect(() => currentSettings()).toThrow("to the provider");
});

it("throws nothing when it is configured wrongly; the next verb does", () => {
  expect(() => {
    configureWith({ "celigo:region": "mars" });
  }).not.toThrow();
  expect(() => currentService()).toThrow("mars");
});

it("keeps one service for the same settings, another for others", () => {
  configureWith({ "celigo:apiToken": TOKEN });
  const first = currentService();
  configureWith({ "celigo:apiToken": TOKEN });
  expect(currentService()).toBe(first);
  configureWith({ "celigo:apiToken": "another" });
  expect(currentService()).not.toBe(first);
});
