import type { DriftReport, FlowReport } from "../../../sdk/drift/report";

const BASE: DriftReport = {
  schemaVersion: 1,
  tool: { name: "pulumi-celigo", version: "0.1.0" },
  generatedAt: "2026-01-15T12:00:00.000Z",
  project: "shop",
  stack: "prod",
  result: "drift",
  warnings: [],
  flows: [],
};

const FLOW: FlowReport = {
  urn: "urn:pulumi:prod::shop::pulumi-nodejs:dynamic/celigo:Flow::orders",
  resource: "orders",
  id: "64f0aa",
  name: "Orders",
  integrationId: "int123",
  status: "changed",
  changes: [],
  source: { file: "infra/index.ts", line: 12, column: 1 },
};

const BLAME = {
  by: "Mallory @ops",
  email: "mallory@example.test",
  at: "2026-01-15T11:00:00.000Z",
  through: "ui",
};

/** Text that breaks what is put together carelessly. */
export const NASTY =
  '| `a` ``b`` <script>alert(1)</script> & "q" \u0007 100%, a:b %0A ]]> @team [x](http://x.test) \ud83d\ude00\nsecond line';

/** A report of each kind of change, in the words of the report. */
export const REPORTS: Readonly<Record<string, DriftReport>> = {
  "in sync": { ...BASE, result: "in-sync", flows: [{ ...FLOW, status: "in-sync" }] },
  "no flows": { ...BASE, result: "in-sync" },
  "field changed": aChange({
    path: "schedule",
    kind: "changed",
    declared: "0 1 * * *",
    live: "0 2 * * *",
  }),
  "field added": aChange({ path: "description", kind: "added", live: "By hand" }),
  "field removed": aChange({ path: "timezone", kind: "removed", declared: "UTC" }),
  "steps reordered": aChange({
    path: "pageProcessors",
    kind: "reordered",
    declared: ["importId=a", "importId=b"],
    live: ["importId=b", "importId=a"],
  }),
  "secret changed": {
    ...BASE,
    flows: [
      {
        ...FLOW,
        changes: [{ field: "settings", path: "settings", kind: "changed", secret: true }],
      },
    ],
  },
  "long and nasty": {
    ...BASE,
    flows: [
      {
        ...FLOW,
        resource: `orders ${NASTY}`,
        name: NASTY,
        changes: [
          {
            field: "settings",
            path: `settings[${JSON.stringify(NASTY)}]`,
            kind: "changed",
            declared: { text: NASTY },
            live: { text: `${NASTY} ${"long ".repeat(200)}` },
            secret: false,
            blame: { ...BLAME, by: NASTY },
          },
        ],
      },
    ],
    warnings: [NASTY],
  },
  "flow missing": {
    ...BASE,
    flows: [{ ...FLOW, status: "missing", blame: { ...BLAME, through: "api" } }],
  },
  "flow missing, nobody named": { ...BASE, flows: [{ ...FLOW, status: "missing", blame: null }] },
  "flow unmanaged": {
    ...BASE,
    flows: [{ ...FLOW, status: "in-sync" }],
    unmanaged: {
      flows: [{ id: "64f0bb", name: "By hand", integrationId: "int123", blame: BLAME }],
      coverage: { managed: 1, total: 2, percent: 50 },
      integrations: [{ integrationId: "int123", managed: 1, total: 2, percent: 50 }],
    },
  },
  "could not tell": {
    ...BASE,
    result: "unknown",
    error: `reading flow "Orders" (64f0aa) failed: the service does not accept the API token.\nNext: ${NASTY}`,
  },
};

function aChange(
  change: Pick<FlowReport["changes"][number], "path" | "kind" | "declared" | "live">,
): DriftReport {
  const field = change.path;
  return {
    ...BASE,
    flows: [{ ...FLOW, changes: [{ field, secret: false, ...change, blame: BLAME }] }],
  };
}
