/** A program of so many flows on this package. */
export function ours(flows: number): string {
  return `
const celigo = require("pulumi-celigo");
for (let i = 0; i < ${String(flows)}; i++) {
  new celigo.Flow("flow-" + i, {
    description: "Sync customers", schedule: "0 */6 * * *", timezone: "America/Los_Angeles",
    pageGenerators: [{ exportId: "exp123" }],
    pageProcessors: [{ type: "import", importId: "imp123" }],
  });
}
`;
}

/** The same flows on a provider as Pulumi's documentation teaches it: a class whose methods capture an HTTP client. */
export function naive(flows: number): string {
  return `
const axios = require("axios");
const pulumi = require("@pulumi/pulumi");
class FlowProvider {
  client() {
    return axios.create({ baseURL: process.env.CELIGO_BASE_URL + "/v1", headers: { Authorization: "Bearer " + process.env.CELIGO_API_TOKEN } });
  }
  async create(inputs) {
    const { __provider, ...body } = inputs;
    const { data } = await this.client().post("/flows", body);
    return { id: data._id, outs: { ...inputs, createdAt: data.createdAt, lastModified: data.lastModified } };
  }
  async diff(id, olds, news) {
    const keys = Object.keys(news).filter((key) => key !== "__provider");
    return { changes: keys.some((key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key])) };
  }
  async read(id, props) {
    const { data } = await this.client().get("/flows/" + id);
    return { id, props: { ...props, name: data.name } };
  }
  async update(id, olds, news) {
    const { __provider, ...body } = news;
    await this.client().put("/flows/" + id, body);
    return { outs: news };
  }
  async delete(id) {
    await this.client().delete("/flows/" + id);
  }
}
class Flow extends pulumi.dynamic.Resource {
  constructor(name, args, opts) { super(new FlowProvider(), name, { ...args, createdAt: undefined, lastModified: undefined }, opts); }
}
for (let i = 0; i < ${String(flows)}; i++) {
  new Flow("flow-" + i, {
    name: "flow-" + i, description: "Sync customers", schedule: "0 */6 * * *", timezone: "America/Los_Angeles",
    pageGenerators: [{ _exportId: "exp123" }],
    pageProcessors: [{ type: "import", _importId: "imp123" }],
  });
}
`;
}
