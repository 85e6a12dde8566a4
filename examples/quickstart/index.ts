import * as celigo from "pulumi-celigo";

/** What the flows connect. To deploy to your own account, put the ids of your exports and imports here. */
const ids = {
  integration: "int123",
  /** Export: customers that changed in Salesforce. */
  customers: "exp123",
  /** Export, used as a lookup: the sales region of a customer. */
  regions: "exp456",
  /** Import: customers into NetSuite. */
  netsuite: "imp123",
  /** Export: the customers that NetSuite has. */
  netsuiteCustomers: "exp789",
  /** Import: customers into the data warehouse. */
  warehouse: "imp456",
};

const warehouse = new celigo.Flow("customer-warehouse", {
  name: "Customer Warehouse",
  description: "Copy customers from NetSuite to the data warehouse",
  integrationId: ids.integration,
  pageGenerators: [{ exportId: ids.netsuiteCustomers }],
  pageProcessors: [{ type: "import", importId: ids.warehouse }],
});

const sync = new celigo.Flow("customer-sync", {
  name: "Customer Sync",
  description: "Sync customers from Salesforce to NetSuite",
  integrationId: ids.integration,
  schedule: "0 */6 * * *",
  timezone: "America/Los_Angeles",
  pageGenerators: [{ exportId: ids.customers, skipRetries: false }],
  pageProcessors: [
    { type: "export", exportId: ids.regions },
    { type: "import", importId: ids.netsuite },
  ],
  runNextFlowIds: [warehouse.id],
});

export const customerSyncId = sync.id;
export const customerWarehouseId = warehouse.id;
