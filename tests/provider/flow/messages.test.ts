import type { FlowInputs, FlowState } from "../../../provider/flow/state";
import { flow } from "../../../provider/runtime";
import type { Emulator, Fault } from "../../../sdk/testing/index";
import { startEmulator } from "../../../sdk/testing/index";
import { aFlow } from "../../support/flow-samples";
import { ACCOUNT } from "../../support/test-service";

const TOKEN = "token-that-nobody-may-read";
const SERVICE_SAYS = {
  code: "validation_error",
  message: "Invalid cron expression",
  field: "schedule",
};

let emulator: Emulator;
const page: string[] = [];

beforeEach(async () => {
  emulator = await startEmulator({ token: TOKEN, seed: { ...ACCOUNT, flows: [STORED, OTHER] } });
  configure();
});
afterEach(() => emulator.close());
afterAll(() => {
  console.log(page.join("\n\n"));
});

const STORED = {
  _id: "64f0",
  name: "Customer Sync",
  disabled: false,
  pageGenerators: [{ _exportId: "exp123" }],
  pageProcessors: [{ type: "import", _importId: "imp123" }],
};
const OTHER = { _id: "64f1", name: "Orders", _runNextFlowIds: ["64f0"] };
const STATE = aFlow({ __provider: "loader" }) as FlowState;
const NEXT: FlowInputs = aFlow({ description: "new" });

function configure(config: Readonly<Record<string, string>> = {}): void {
  const all: Record<string, string> = {
    "celigo:apiToken": TOKEN,
    "celigo:baseUrl": emulator.url,
    "celigo:maxRetries": "0",
    "celigo:conflictTimeoutMs": "0",
    "celigo:explicit": "true",
    ...config,
  };
  flow.configure({ config: { get: (key) => (all[key] === "" ? undefined : all[key]) } });
}

/** The text that the engine shows; fails where there is a stack or the token in it. */
async function messageOf(title: string, work: () => Promise<unknown>): Promise<string> {
  const error = await work().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error(`${title}: nothing was thrown`);
  const shown = [error.message, error.stack ?? "", String(error)].join("\n");
  expect(shown).not.toMatch(/\n\s+at /);
  expect(shown).not.toContain(TOKEN);
  expect(error.message).not.toMatch(/undefined|\[object|NaN/);
  page.push(`== ${title}\n${error.message}`);
  return error.message;
}

async function failuresOf(
  title: string,
  inputs: FlowInputs,
  olds: FlowInputs = {},
): Promise<string> {
  const { failures } = await flow.check(olds, inputs);
  const text = failures.map(({ reason }) => reason).join("\n");
  expect(text).not.toContain(TOKEN);
  // The engine prints the value of a named property, a secret too.
  expect(failures.every(({ property }) => property === "")).toBe(true);
  page.push(`== ${title}\n${text}`);
  return text;
}

const answer = (
  status: number,
  ...errors: Record<string, string>[]
): Omit<Fault & { kind: "status" }, "method"> => ({
  kind: "status",
  status,
  ...(errors.length > 0 && { body: { errors } }),
});

const VERBS = {
  create: {
    method: "POST",
    title: 'creating flow "Customer Sync"',
    run: () => flow.create(aFlow()),
  },
  read: {
    method: "GET",
    title: 'reading flow "Customer Sync" (64f0)',
    run: () => flow.read("64f0", STATE),
  },
  update: {
    method: "PUT",
    title: 'updating flow "Customer Sync" (64f0)',
    run: () => flow.update("64f0", STATE, NEXT),
  },
  delete: {
    method: "DELETE",
    title: 'deleting flow "Customer Sync" (64f0)',
    run: () => flow.delete("64f0", STATE),
  },
} as const;

const SITUATIONS: readonly {
  verbs: readonly (keyof typeof VERBS)[];
  name: string;
  fault: Omit<Fault & { kind: "status" }, "method">;
  says: readonly string[];
}[] = [
  {
    verbs: ["create", "read", "update", "delete"],
    name: "401",
    fault: { kind: "status", status: 401, body: { message: "Bearer Authentication Failed" } },
    says: ["Bearer Authentication Failed", "celigo:region", "config set --secret celigo:apiToken"],
  },
  {
    verbs: ["create", "read", "update", "delete"],
    name: "403",
    fault: answer(403, {
      code: "access_restricted",
      message: "The token does not reach this integration",
      field: "_integrationId",
    }),
    says: [
      "_integrationId: The token does not reach this integration [access_restricted]",
      "access",
    ],
  },
  {
    verbs: ["update", "delete"],
    name: "owned by an Integration App",
    fault: answer(422, {
      code: "invalid_field",
      message: "Integration App flows cannot be changed",
      field: "_connectorId",
    }),
    says: ["_connectorId: Integration App flows cannot be changed", "Integration App"],
  },
  {
    verbs: ["create", "update"],
    name: "422 with several complaints",
    fault: answer(422, SERVICE_SAYS, {
      code: "missing_required_field",
      message: "name is required",
      field: "name",
    }),
    says: [
      "schedule: Invalid cron expression [validation_error]",
      "name: name is required [missing_required_field]",
    ],
  },
  {
    verbs: ["create", "update"],
    name: "404 of a referenced export",
    fault: answer(404, { code: "not_found", message: "Export not found: exp123" }),
    says: ["Export not found: exp123 [not_found]", "create the export or import first"],
  },
  {
    verbs: ["update", "delete"],
    name: "409, running",
    fault: {
      ...answer(409, { code: "conflict", message: "Flow is currently running" }),
      times: 99,
    },
    says: ["Flow is currently running [conflict]", "celigo:conflictTimeoutMs"],
  },
  {
    verbs: ["update"],
    name: "move refused",
    fault: answer(422, {
      code: "detach_failed",
      message: "The flow cannot be detached",
      field: "aliases",
    }),
    says: ["aliases: The flow cannot be detached [detach_failed]", "remove the aliases"],
  },
  {
    verbs: ["create", "update"],
    name: "licence",
    fault: answer(422, { code: "entitlement_reached", message: "Too many enabled flows" }),
    says: ["Too many enabled flows", "licence"],
  },
  {
    verbs: ["create", "read", "update", "delete"],
    name: "429",
    fault: { kind: "status", status: 429, headers: { "retry-after": "1" }, times: 99 },
    says: ["rate limit", "run again later"],
  },
  {
    verbs: ["read", "update", "delete"],
    name: "503 with a page",
    fault: { kind: "status", status: 503, body: "html" },
    says: ["the service has a fault of its own", "status 503", "run again"],
  },
];

describe.each(SITUATIONS)("$name", ({ name, verbs, fault, says }) => {
  it.each(verbs.map((verb) => [verb]))("is explained for %s", async (verb) => {
    const { method, title, run } = VERBS[verb];
    emulator.fault({ ...fault, method });
    const text = await messageOf(`${verb}: ${name}`, run);
    expect(text).toMatch(new RegExp(`^${title.replace(/[()]/g, "\\$&")} failed: `));
    for (const part of says) expect(text).toContain(part);
    expect(text).toMatch(/request id \S+/);
    expect(text).toContain("Next: ");
    expect(text).not.toContain("If it was deleted");
  });
});

it("explains an update of a flow that is gone", async () => {
  emulator.remove("64f1");
  emulator.remove("64f0");
  const text = await messageOf("update: gone", VERBS.update.run);
  expect(text).toContain("pulumi refresh");
  expect(text).toContain("last export time");
});

it("explains a refused deletion by what still uses the flow", async () => {
  const text = await messageOf("delete: still used", VERBS.delete.run);
  expect(text).toContain("Flow 64f0 is used by 1 other resource [in_use]");
  expect(text).toContain('flow "Orders" (64f1)');
  expect(text).toMatch(/request id \S+/);
  expect(text).toContain("Next: take the reference out");
});

it("takes a missing flow that is only looked at for an error", async () => {
  const text = await messageOf("read: Flow.get of a missing id", () => flow.read("64ff", {}));
  expect(text).toContain("there is no such flow");
});

it("takes many missing flows for the wrong account", async () => {
  emulator.remove("64f1");
  emulator.remove("64f0");
  const both = ["64f0", "64f1"].map((id) =>
    messageOf("read: nothing is there", () => flow.read(id, STATE)),
  );
  for (const text of await Promise.all(both))
    expect(text).toMatch(/CELIGO_ALLOW_ALL_GONE=true.*celigo:allowAllGone.*--run-program/);
});

it("explains a service that cannot be reached", async () => {
  await emulator.close();
  const text = await messageOf("read: service down", VERBS.read.run);
  expect(text).toContain("ECONNREFUSED");
  expect(text).toContain("HTTPS_PROXY");
});

it("refuses another flow under the same resource", async () => {
  const text = await messageOf("diff: import names another flow", () =>
    flow.diff("64f0", STATE, aFlow({ __import: "64f1" })),
  );
  expect(text).toContain("64f1");
});

it("refuses another service for a flow that has its home", async () => {
  const state = { ...STATE, __origin: "https://api.eu.integrator.io" };
  const text = await messageOf("read: wrong region", () => flow.read("64f0", state));
  expect(text).toContain("https://api.eu.integrator.io");
  expect(text).toContain("celigo:region");
});

it("names every wrong or missing setting, with key and variable, in each verb", async () => {
  configure({
    "celigo:apiToken": "",
    "celigo:region": "mars",
    "celigo:baseUrl": "",
    "celigo:maxRetries": "many",
  });
  const text = await messageOf("configure, seen by the next verb", VERBS.read.run);
  const checked = await failuresOf("configure, seen by check", aFlow({ schedule: "@daily" }));
  for (const part of ["celigo:apiToken", "mars", "CELIGO_REGION", "many", "CELIGO_MAX_RETRIES"]) {
    expect(text).toContain(part);
    expect(checked).toContain(part);
  }
  expect(checked).toContain("schedule: ");
});

it("says in check what is wrong with the flow, what is missing, and where an adopted one differs", async () => {
  const wrong = await failuresOf("check: bad input", {
    name: "x",
    schedule: "0 25 * * *",
    pageGenerators: [{}],
  });
  expect(wrong.split("\n")).toHaveLength(2);
  const lost = await failuresOf(
    "check: missing export",
    aFlow({ pageGenerators: [{ exportId: "exp9" }] }),
  );
  expect(lost).toContain('pageGenerators[0].exportId: names export "exp9"');
  const missing = await failuresOf("check: import of a missing flow", aFlow({ __import: "64ff" }));
  expect(missing).toContain("does not exist");
  const differs = aFlow({ description: "mine", disabled: true, __import: "64f0" });
  const text = await failuresOf("check: import of a flow that differs", differs);
  expect(text).toContain('description: the program has "mine", the live flow has nothing');
  expect(text).toContain("disabled: the program has true");
});
