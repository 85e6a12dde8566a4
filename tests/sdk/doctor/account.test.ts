import { checkAccount, checkRegion } from "../../../sdk/doctor/account";
import { stackFindings } from "../../../sdk/doctor/diagnose";
import type { Finding } from "../../../sdk/doctor/finding";
import { NO_CONFIG } from "../../../sdk/doctor/stack-config";
import { useEmulators } from "../testing/use-emulator";

const emulators = useEmulators();

async function statuses(
  values: Readonly<Record<string, string>>,
  secrets: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<{ by: Record<string, string>; findings: Finding[] }> {
  const config = { values: { "celigo:maxRetries": "0", ...values }, secrets: new Set(secrets) };
  const findings = await checkAccount(config, env);
  return { by: Object.fromEntries(findings.map(({ check, status }) => [check, status])), findings };
}

describe("doctor", () => {
  it("takes token and URL from the stack's config, then from the environment", async () => {
    const emulator = await emulators();
    const values = { "celigo:baseUrl": emulator.url, "celigo:apiToken": emulator.token };
    const { by } = await statuses(values, ["celigo:apiToken"]);
    expect(by).toEqual({ region: "ok", secrecy: "ok", token: "ok" });
    const env = { CELIGO_BASE_URL: emulator.url, CELIGO_API_TOKEN: emulator.token };
    expect((await statuses({}, [], env)).by).toEqual({ region: "ok", secrecy: "ok", token: "ok" });
    expect(emulator.log.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array(2).fill("GET /v1/tokenInfo"),
    );
  });

  it("says what to do about a refused token, without the token", async () => {
    const emulator = await emulators();
    const values = { "celigo:baseUrl": emulator.url };
    const { by, findings } = await statuses(values, [], { CELIGO_API_TOKEN: "tok-refused" });
    expect(by["token"]).toBe("failed");
    const [token] = findings.filter(({ check }) => check === "token");
    expect(token?.found).toContain("does not accept the API token");
    expect(token?.next).toContain("celigo:region");
    expect(JSON.stringify(findings)).not.toContain("tok-refused");
  });

  it("names a missing token and an unknown region at once", async () => {
    const { by, findings } = await statuses({ "celigo:region": "mars" });
    expect(by).toEqual({ settings: "failed", token: "skipped" });
    expect(findings[0]?.found).toMatch(/CELIGO_API_TOKEN[^]*`mars`/);
  });

  it("refuses a token in the clear, unless the service is on this machine", async () => {
    const emulator = await emulators();
    const clear = { "celigo:apiToken": emulator.token };
    const here = await statuses({ ...clear, "celigo:baseUrl": emulator.url });
    expect(here.by["secrecy"]).toBe("warning");
    const there = await statuses({ ...clear, "celigo:baseUrl": "http://nowhere.test" });
    expect(there.by).toMatchObject({ secrecy: "failed", token: "failed" });
  });

  it("says nothing of a config that could not be read", async () => {
    const emulator = await emulators();
    const env = { CELIGO_BASE_URL: emulator.url, CELIGO_API_TOKEN: emulator.token };
    const findings = await checkAccount({ ...NO_CONFIG, unread: "incorrect passphrase" }, env);
    expect(findings[1]).toMatchObject({ check: "secrecy", status: "skipped" });
  });

  it.each([
    [undefined, "no stack selected; please use `pulumi stack select`", "skipped"],
    [undefined, "incorrect passphrase", "failed"],
    [undefined, "PULUMI_ACCESS_TOKEN must be set for login", "warning"],
    ["prod", "no stack named 'prod' found", "failed"],
  ])("takes the stack %j that says %j for %s", (stack, unread, status) => {
    expect(stackFindings(stack, { ...NO_CONFIG, unread })).toMatchObject([{ status }]);
  });

  it("names the region", () => {
    expect(checkRegion({ origin: "https://api.eu.integrator.io" }).found).toMatch(/^eu /);
    expect(checkRegion({ origin: "http://proxy.internal" }).found).toContain("celigo:baseUrl");
  });
});
