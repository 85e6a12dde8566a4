import * as celigo from "pulumi-celigo";

/** What the flow connects: put the ids of your exports and imports here. */
const ids = { products: "exp-products", shop: "imp-shop" };

const products = new celigo.Flow("products", {
  name: "Products into the shop",
  schedule: "0 4 * * *",
  timezone: "UTC",
  pageGenerators: [{ exportId: ids.products }],
  pageProcessors: [{ type: "import", importId: ids.shop }],
});

/**
 * Runs the flow when it has been made, and again after each deployment that wrote it; the deployment waits for the end of the
 * run and fails with it.
 */
const load = new celigo.FlowRun("load-products", {
  flowId: products.id,
  triggers: [products.lastModified],
  timeoutMs: 10 * 60 * 1000,
  failOnErrors: true,
});

export const flowId = products.id;
export const loaded = load.numSuccess;
