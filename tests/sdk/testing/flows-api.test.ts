import type { Emulator, EmulatorOptions } from "../../../sdk/testing/index";
import { ask, aClock, useEmulators } from "./use-emulator";

/** Every example of flows-api.md, in its order: the request as its curl makes it, and what is answered. */
interface Example {
  title: string;
  request: string;
  body?: unknown;
  options?: EmulatorOptions;
  before?: (emulator: Emulator) => unknown;
  status: number;
  answer?: unknown;
}

const start = useEmulators();
const clock = aClock();

const flow123 = {
  _id: "flow123",
  name: "Customer Sync",
  description: "Sync customers from Salesforce to NetSuite",
  _integrationId: "int123",
  disabled: false,
  schedule: "0 */6 * * *",
  timezone: "America/Los_Angeles",
  pageGenerators: [{ _exportId: "exp123", skipRetries: false }],
  pageProcessors: [{ type: "import", _importId: "imp123" }],
  createdAt: "2024-01-01T00:00:00.000Z",
  lastModified: "2024-01-15T12:00:00.000Z",
};
const exp123 = { _id: "exp123", name: "Customer Export", createdAt: "x", lastModified: "x" };
const imp123 = { _id: "imp123", name: "Customer Import", createdAt: "x", lastModified: "x" };
const seed = {
  flows: [flow123, { ...flow123, _id: "flow456", disabled: true, _integrationId: "int456" }],
  exports: [exp123, "export_id"],
  imports: [imp123, "import_id"],
};
const merge: EmulatorOptions = { put: "merge" };
const errors = (...members: object[]) => ({ errors: members });
const run = {
  _jobId: expect.any(String) as string,
  _exportId: "exp123",
  flowExecutionGroupId: expect.any(String) as string,
};
const finished = async (emulator: Emulator): Promise<void> => {
  emulator.outcome("flow123", { numSuccess: 100, numError: 2, durationMs: 300_000 });
  await ask(emulator, "POST /flows/flow123/run");
  clock.pass(300_000);
};

const EXAMPLES: Example[] = [
  { title: "the flow object", request: "GET /flows/flow123", status: 200, answer: flow123 },
  {
    title: "list all",
    request: "GET /flows",
    status: 200,
    answer: [flow123, expect.objectContaining({ _id: "flow456" })],
  },
  {
    title: "list by integration",
    request: "GET /flows?_integrationId=int123",
    status: 200,
    answer: [flow123],
  },
  {
    title: "list the enabled ones",
    request: "GET /flows?disabled=false",
    status: 200,
    answer: [flow123],
  },
  {
    title: "create",
    request: "POST /flows",
    body: {
      name: "New Data Flow",
      description: "Sync data between systems",
      _integrationId: "integration_id",
      disabled: true,
      pageGenerators: [{ _exportId: "export_id" }],
      pageProcessors: [{ type: "import", _importId: "import_id" }],
    },
    status: 201,
    answer: expect.objectContaining({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
      name: "New Data Flow",
      description: "Sync data between systems",
      _integrationId: "integration_id",
      disabled: true,
      createdAt: expect.any(String) as string,
      lastModified: expect.any(String) as string,
    }),
  },
  {
    title: "update",
    request: "PUT /flows/flow123",
    body: { name: "Updated Flow Name", disabled: false, schedule: "0 0 * * *" },
    options: merge,
    status: 200,
    answer: expect.objectContaining({
      _id: "flow123",
      name: "Updated Flow Name",
      schedule: "0 0 * * *",
      timezone: "America/Los_Angeles",
    }),
  },
  { title: "delete", request: "DELETE /flows/flow123", status: 204 },
  { title: "run", request: "POST /flows/flow123/run", status: 201, answer: run },
  {
    title: "run with specific exports",
    request: "POST /flows/flow123/run",
    body: { _exportIds: ["exp123"] },
    status: 201,
    answer: run,
  },
  {
    title: "run with a date range",
    request: "POST /flows/flow123/run",
    body: { startDate: "2024-01-01T00:00:00.000Z", endDate: "2024-01-31T23:59:59.999Z" },
    status: 201,
    answer: run,
  },
  {
    title: "latest jobs",
    request: "GET /flows/flow123/jobs/latest",
    before: finished,
    status: 200,
    answer: [
      expect.objectContaining({
        _id: expect.any(String) as string,
        type: "flow",
        status: "completed",
        numSuccess: 100,
        numError: 2,
      }),
    ],
  },
  {
    title: "last export time",
    request: "GET /flows/flow123/lastExportDateTime",
    before: finished,
    status: 200,
    answer: { lastExportDateTime: expect.stringMatching(/^\d{4}-.*Z$/) as string },
  },
  {
    title: "audit log",
    request: "GET /flows/flow123/audit",
    before: (emulator) => emulator.edit("flow123", { name: "X" }),
    status: 200,
    answer: [
      expect.objectContaining({ resourceType: "flow", _resourceId: "flow123", event: "update" }),
    ],
  },
  { title: "dependencies", request: "GET /flows/flow123/dependencies", status: 200, answer: {} },
  {
    title: "descendants",
    request: "GET /flows/flow123/descendants",
    status: 200,
    answer: { exports: [exp123], imports: [imp123] },
  },
  {
    title: "template",
    request: "GET /flows/flow123/template",
    status: 200,
    answer: { signedURL: expect.stringMatching(/^http.*signature=/) as string },
  },
  {
    title: "disable",
    request: "PUT /flows/flow123",
    body: { disabled: true },
    options: merge,
    status: 200,
    answer: expect.objectContaining({
      ...flow123,
      disabled: true,
      pageProcessors: expect.any(Array) as [],
      pageGenerators: expect.any(Array) as [],
      lastModified: expect.any(String) as string,
    }),
  },
  {
    title: "enable",
    request: "PUT /flows/flow456",
    body: { disabled: false },
    options: merge,
    status: 200,
    answer: expect.objectContaining({ disabled: false, name: "Customer Sync" }),
  },
  {
    title: "update the schedule",
    request: "PUT /flows/flow123",
    body: { schedule: "0 */2 * * *", timezone: "UTC" },
    options: merge,
    status: 200,
    answer: expect.objectContaining({ schedule: "0 */2 * * *", timezone: "UTC" }),
  },
  {
    title: "chain flows",
    request: "PUT /flows/flow123",
    body: { _runNextFlowIds: ["next_flow_id_1", "next_flow_id_2"] },
    options: merge,
    status: 200,
    answer: expect.objectContaining({ _runNextFlowIds: ["next_flow_id_1", "next_flow_id_2"] }),
  },
  {
    title: "error: flow running",
    request: "DELETE /flows/flow123",
    before: (emulator) => emulator.startJob("flow123"),
    status: 409,
    answer: errors({ code: "conflict", message: "Flow is currently running" }),
  },
  {
    title: "error: invalid schedule",
    request: "PUT /flows/flow123",
    body: { schedule: "every day" },
    options: merge,
    status: 422,
    answer: errors({
      code: "validation_error",
      message: "Invalid cron expression",
      field: "schedule",
    }),
  },
  {
    title: "error: missing export",
    request: "POST /flows",
    body: { name: "A", pageGenerators: [{ _exportId: "exp123" }] },
    before: (emulator) => {
      emulator.remove("exp123");
    },
    status: 404,
    answer: errors({ code: "not_found", message: "Export not found: exp123" }),
  },
];

test.each(EXAMPLES)("answers the example of flows-api.md: $title", async (example) => {
  const emulator = await start({ seed, now: clock.now, ...example.options });
  await example.before?.(emulator);
  const reply = await ask(emulator, example.request, example.body);
  expect({ status: reply.status, body: reply.body }).toEqual({
    status: example.status,
    body: example.answer ?? "",
  });
});

test.each(["0 0 * * *", "0 */6 * * *", "0 9 * * 1-5", "*/15 * * * *", "0 0 1 * *"])(
  "takes the schedule %s",
  async (schedule) => {
    const emulator = await start();
    expect((await ask(emulator, "POST /flows", { name: "A", schedule })).status).toBe(201);
  },
);
