import type { CallOptions } from "../../../sdk/call-options";
import type { Emulator, EmulatorOptions } from "../../../sdk/testing/index";
import { startEmulator } from "../../../sdk/testing/index";

/** Documents that the tests of the functions look at. */
const SEED = {
  integrations: [
    { _id: "int1", name: "Customers", _registeredConnectionIds: ["con2"] },
    { _id: "int2", name: "Orders" },
  ],
  connections: [
    { _id: "con1", name: "NetSuite", type: "netsuite", _integrationId: "int1" },
    { _id: "con2", name: "Salesforce", type: "salesforce" },
  ],
  exports: [
    {
      _id: "exp1",
      name: "Customers",
      _integrationId: "int1",
      _connectionId: "con2",
      adaptorType: "SalesforceExport",
    },
    { _id: "exp2", name: "Regions", _integrationId: "int1", isLookup: true },
    { _id: "exp3", name: "Customers", _integrationId: "int2" },
  ],
  imports: [
    { _id: "imp1", name: "NetSuite customers", _integrationId: "int1", _connectionId: "con1" },
  ],
  flows: [
    {
      _id: "f1",
      name: "Sync",
      _integrationId: "int1",
      disabled: false,
      pageGenerators: [{ _exportId: "exp1", skipRetries: false }],
      routers: [
        {
          id: "r1",
          branches: [
            {
              name: "all",
              pageProcessors: [
                { type: "export", _exportId: "exp2" },
                {
                  type: "import",
                  _importId: "imp1",
                  hooks: { postResponseMap: { _scriptId: "s1", function: "f" } },
                },
              ],
            },
          ],
        },
      ],
      _runNextFlowIds: ["f2"],
      settings: { _exportId: "not a reference" },
      _ownerId: "u1",
      lastExecutedAt: "2024-01-15T10:00:00.000Z",
    },
    {
      _id: "f2",
      name: "Next",
      _integrationId: "int2",
      disabled: true,
      pageGenerators: [{ _exportId: "exp3" }],
    },
    // A flow as live ones are: what is not set is not there.
    { _id: "f3", name: "Bare" },
  ],
};

/** An emulated account and the options by which a function finds it. */
export interface Account {
  readonly emulator: Emulator;
  readonly options: CallOptions;
}

/** Starts accounts for the tests of a file and stops them after each. */
export function useAccount(): (more?: EmulatorOptions) => Promise<Account> {
  let started: Emulator[] = [];
  afterEach(async () => {
    await Promise.all(started.map((emulator) => emulator.close()));
    started = [];
  });
  return async (more = {}) => {
    const emulator = await startEmulator({ seed: SEED, jobDurationMs: 0, ...more });
    started.push(emulator);
    const options = { apiToken: emulator.token, baseUrl: emulator.url, maxRetries: 1 };
    return { emulator, options };
  };
}
