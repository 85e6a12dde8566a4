import type { Service } from "../../../provider/service";
import { refuseOtherAccount } from "../../../sdk/drift/account-check";
import type { Accounts } from "../../../sdk/drift/accounts";
import type { StackResource } from "../../../sdk/drift/stack";
import { useWire } from "../../support/test-service";

const wire = useWire();

const accountsOf = (service: Service): Accounts => ({ of: () => service }) as unknown as Accounts;

const flow = (name: string, outputs: Readonly<Record<string, unknown>>): StackResource => ({
  urn: `urn:pulumi:s::p::t::${name}`,
  type: "t",
  id: `id-${name}`,
  provider: "p",
  outputs,
});

const gone = (...flows: readonly StackResource[]): Map<string, { op: string }> =>
  new Map(flows.map(({ urn }) => [urn, { op: "delete" }]));

const STEPS = {
  integrationId: "int123",
  pageGenerators: [{ exportId: "exp123" }],
  routers: [{ id: "r", branches: [{ name: "b", pageProcessors: [{ importId: "imp123" }] }] }],
};

describe("the only flow of an account is gone", () => {
  it.each([
    ["its integration", { integrations: ["int123"] }],
    ["one of its exports", { exports: ["exp123"] }],
    ["an import in one of its branches", { imports: ["imp123"] }],
  ])("and that is believed where %s is there", async (_, seed) => {
    const { service } = await wire({ seed });
    const one = flow("a", STEPS);
    await expect(
      refuseOtherAccount([one], gone(one), accountsOf(service)),
    ).resolves.toBeUndefined();
  });

  it("and that is not believed where nothing of it is there", async () => {
    const { service } = await wire({ seed: { integrations: ["another"] } });
    const one = flow("a", STEPS);
    await expect(refuseOtherAccount([one], gone(one), accountsOf(service))).rejects.toThrow(
      /The flow asked for is not at [^]*celigo:apiToken and celigo:region[^]*If it is really gone/,
    );
  });

  it("and that cannot be told where the service is down", async () => {
    const { emulator, service } = await wire({ seed: { integrations: ["int123"] } });
    emulator.fault({ kind: "status", status: 503, times: Infinity });
    const one = flow("a", STEPS);
    await expect(refuseOtherAccount([one], gone(one), accountsOf(service))).rejects.toThrow(
      /whether the account is the right one/,
    );
  });

  it("and that is believed where the settings say so", async () => {
    const { emulator, service } = await wire({ seed: {} }, { allowAllGone: true });
    const one = flow("a", STEPS);
    await refuseOtherAccount([one], gone(one), accountsOf(service));
    expect(emulator.log).toEqual([]);
  });
});

it("asks for nothing while one flow of the account is there", async () => {
  const { emulator, service } = await wire({ seed: {} });
  const [one, other] = [flow("a", STEPS), flow("b", STEPS)];
  const refreshed = new Map([...gone(one), [other.urn, { op: "same" }]]);
  await refuseOtherAccount([one, other], refreshed, accountsOf(service));
  expect(emulator.log).toEqual([]);
});
