import * as pulumi from "@pulumi/pulumi";
import * as celigo from "pulumi-celigo";

/** What differs between sandbox and production: `Pulumi.<stack>.yaml`. Ids differ too and are looked up by name. */
const config = new pulumi.Config();

const integrationId = celigo.getIntegrationOutput({ name: "Orders" }).id;
const orders = celigo.getExportOutput({ name: "Shop orders", integrationId });
const erp = celigo.getImportOutput({ name: "ERP orders", integrationId });

const sync = new celigo.Flow("order-sync", {
  name: "Order Sync",
  integrationId,
  disabled: !(config.getBoolean("enabled") ?? false),
  schedule: config.get("schedule") ?? "0 6 * * *",
  timezone: "UTC",
  pageGenerators: [{ exportId: orders.id }],
  pageProcessors: [{ type: "import", importId: erp.id }],
});

export const flowId = sync.id;
