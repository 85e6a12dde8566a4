import * as pulumi from "@pulumi/pulumi";
import * as celigo from "pulumi-celigo";

interface OrderSyncArgs {
  /** The account that gets the flow. */
  account: celigo.Provider;
  /** When it runs there. */
  schedule: string;
  timezone: string;
}

/** What each account gets: written once, found by name in each. */
class OrderSync extends pulumi.ComponentResource {
  readonly flowId: pulumi.Output<string>;

  constructor(name: string, args: OrderSyncArgs, opts?: pulumi.ComponentResourceOptions) {
    super("example:celigo:OrderSync", name, {}, opts);
    const { account, schedule, timezone } = args;
    const orders = celigo.getExportOutput({ name: "Shop orders" }, { provider: account });
    const invoices = celigo.getImportOutput({ name: "Invoices" }, { provider: account });
    const flow = new celigo.Flow(
      name,
      {
        name: "Order Sync",
        schedule,
        timezone,
        pageGenerators: [{ exportId: orders.id }],
        pageProcessors: [{ type: "import", importId: invoices.id }],
      },
      { parent: this, provider: account },
    );
    this.flowId = flow.id;
    this.registerOutputs({ flowId: this.flowId });
  }
}

const config = new pulumi.Config();

/** An account whose settings are the stack's own: `celigo:apiToken`, `celigo:region`, … */
const america = new celigo.Provider("america");

/** Another account, in another region. Its token is stored encrypted. */
const europe = new celigo.Provider("europe", {
  apiToken: config.requireSecret("europeApiToken"),
  region: "eu",
  baseUrl: config.get("europeBaseUrl"),
});

const shop = { schedule: "0 5 * * *" };
const inAmerica = new OrderSync("orders-america", {
  ...shop,
  account: america,
  timezone: "America/New_York",
});
const inEurope = new OrderSync("orders-europe", {
  ...shop,
  account: europe,
  timezone: "Europe/Berlin",
});

export const flowIds = { america: inAmerica.flowId, europe: inEurope.flowId };
