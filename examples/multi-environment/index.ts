import * as pulumi from "@pulumi/pulumi";
import * as celigo from "pulumi-celigo";

/** What differs between the environments on purpose. Ids differ too, but those are looked up by name. */
const config = new pulumi.Config();
const isEnabled = config.getBoolean("enabled") ?? false;
const schedule = config.get("schedule") ?? "0 6 * * *";

const integration = celigo.getIntegrationOutput({ name: "Customers" });
const integrationId = integration.id;

// Names are not unique in the service. Within one integration they are here; otherwise the look-up lists the candidates.
const source = celigo.getExportOutput({ name: "Salesforce customers", integrationId });
const regions = celigo.getExportOutput({ name: "Sales region of a customer", integrationId });
const target = celigo.getImportOutput({ name: "NetSuite customers", integrationId });

const sync = new celigo.Flow("customer-sync", {
  name: "Customer Sync",
  integrationId,
  disabled: !isEnabled,
  schedule,
  timezone: "America/Los_Angeles",
  pageGenerators: [{ exportId: source.id }],
  pageProcessors: [
    { type: "export", exportId: regions.id },
    { type: "import", importId: target.id },
  ],
});

export const flowId = sync.id;
export const environment = pulumi.getStack();
