import { createFlow } from "../../../provider/flow/create";
import { deleteFlow } from "../../../provider/flow/delete";
import { updateFlow } from "../../../provider/flow/update";
import { serviceOf } from "../../../sdk/call-options";
import * as celigo from "../../../sdk/index";
import { table } from "../../../tools/table";
import { useAccount } from "./use-account";

const start = useAccount();
const flowId = "f1";

/** The operations of the API's reference, each with the call of this package that makes it. */
const OPERATIONS: readonly (readonly [
  operation: string,
  request: string,
  call: string,
  test: string,
])[] = [
  ["List all", "GET /flows", "getFlows", "functions/flows"],
  ["Get one", "GET /flows/{id}", "getFlow", "functions/flows"],
  ["Create", "POST /flows", "new Flow", "engine/lifecycle"],
  ["Update", "PUT /flows/{id}", "new Flow", "engine/lifecycle"],
  ["Delete", "DELETE /flows/{id}", "new Flow", "engine/lifecycle"],
  ["Run flow", "POST /flows/{id}/run", "runFlow", "functions/run-flow, engine/flow-run"],
  ["Get latest jobs", "GET /flows/{id}/jobs/latest", "getFlowLatestJobs", "functions/relations"],
  ["Get audit log", "GET /flows/{id}/audit", "getFlowAuditLog", "functions/relations"],
  [
    "Get dependencies",
    "GET /flows/{id}/dependencies",
    "getFlowDependencies",
    "functions/relations",
  ],
  ["Get descendants", "GET /flows/{id}/descendants", "getFlowDescendants", "functions/relations"],
  ["Download template", "GET /flows/{id}/template", "getFlowTemplate", "functions/template"],
  [
    "Get last export time",
    "GET /flows/{id}/lastExportDateTime",
    "getFlowLastExportDateTime",
    "functions/relations",
  ],
];

const rows = [["operation", "request that arrived", "call", "test"]];
afterAll(() => {
  console.log(table(rows));
});

test.each(OPERATIONS)("%s is one call away", async (operation, request, call, where) => {
  const { emulator, options } = await start({ deleteReferenced: "allow" });
  const service = await serviceOf(options);
  const args = { flowId, id: flowId, title: flowId };
  // What the resource does, without an engine; with one, where the table says.
  const writes: Readonly<Record<string, () => Promise<unknown>>> = {
    Create: () => createFlow(service, { name: "New", disabled: false }),
    Update: () =>
      updateFlow(service, {
        ...args,
        state: { name: "Sync" },
        inputs: { name: "Sync", description: "x", disabled: false },
      }),
    Delete: () => deleteFlow(service, flowId, flowId),
  };
  const named = celigo as unknown as Record<
    string,
    (args: object, options: object) => Promise<unknown>
  >;
  await (writes[operation] ?? (() => named[call]?.({ flowId }, options)))();
  const arrived = emulator.log
    .filter(({ status = 0 }) => status >= 200 && status < 300)
    .map(({ method, path }) => `${method} ${path.replace("/v1", "").replace("/f1", "/{id}")}`);
  expect(arrived).toContain(request);
  rows.push([operation, request, call, where]);
});
