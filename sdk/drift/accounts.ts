import { createService, type Service } from "../../provider/service";
import { EXPLICIT } from "../../provider/session";
import { readSettings, SETTINGS, type SettingName } from "../../provider/settings";
import type { Environment } from "../engine/engine";
import { reveal } from "./secret";
import type { Stack } from "./stack";

/** The accounts of a stack: one service per provider, with the settings that the engine gives it. */
export class Accounts {
  readonly #inputs: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly #env: Environment;
  readonly #services = new Map<string, Service>();

  constructor({ resources }: Stack, env: Environment) {
    const providers = resources.filter(({ type }) => type === "pulumi:providers:pulumi-nodejs");
    this.#inputs = new Map(
      providers.map(({ urn, id, inputs }) => [
        `${urn}::${id ?? ""}`,
        reveal(inputs ?? {}) as Readonly<Record<string, unknown>>,
      ]),
    );
    this.#env = env;
  }

  /**
   * The service of a resource's provider.
   *
   * @param provider - reference as the state has it: URN and id
   * @throws SettingsError
   */
  of(provider: string | undefined): Service {
    const key = provider ?? "";
    const known = this.#services.get(key);
    if (known !== undefined) return known;
    const inputs = this.#inputs.get(key) ?? {};
    const own = Object.fromEntries(
      (Object.keys(SETTINGS) as SettingName[]).map((name) => [name, inputs[`celigo:${name}`]]),
    );
    const service = createService(
      readSettings({ own, explicit: inputs[EXPLICIT] !== undefined, env: this.#env }),
    );
    this.#services.set(key, service);
    return service;
  }
}
