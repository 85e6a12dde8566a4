import * as celigo from "pulumi-celigo";

/** What the flows connect: put the ids of your exports and imports here. */
const ids = {
  integration: "int-shop",
  orders: "exp-orders",
  stock: "exp-stock",
  invoices: "exp-invoices",
  toNetsuite: "imp-netsuite",
  toWarehouse: "imp-warehouse",
  toMail: "imp-mail",
};

// The last ones come first: a flow is named by those that start it.
const mails = new celigo.Flow("invoice-mails", {
  name: "3 Invoice mails",
  integrationId: ids.integration,
  pageGenerators: [{ exportId: ids.invoices }],
  pageProcessors: [{ type: "import", importId: ids.toMail }],
});

const stock = new celigo.Flow("stock-levels", {
  name: "2 Stock levels",
  integrationId: ids.integration,
  pageGenerators: [{ exportId: ids.stock }],
  pageProcessors: [{ type: "import", importId: ids.toWarehouse }],
});

const invoices = new celigo.Flow("invoices", {
  name: "2 Invoices",
  integrationId: ids.integration,
  pageGenerators: [{ exportId: ids.orders }],
  pageProcessors: [{ type: "import", importId: ids.toNetsuite }],
  runNextFlowIds: [mails.id],
});

/** The only one with a schedule: when it has ended, it starts two others at once. */
const orders = new celigo.Flow("orders", {
  name: "1 Orders",
  integrationId: ids.integration,
  schedule: "0 1 * * *",
  timezone: "UTC",
  pageGenerators: [{ exportId: ids.orders }],
  pageProcessors: [{ type: "import", importId: ids.toWarehouse }],
  runNextFlowIds: [stock.id, invoices.id],
});

export const firstFlowId = orders.id;
