import type { Service } from "../../../provider/service";
import type { Accounts } from "../../../sdk/drift/accounts";
import { blameFlows } from "../../../sdk/drift/blame-report";
import type { Examined } from "../../../sdk/drift/examine-flows";
import { useWire } from "../../support/test-service";

const wire = useWire();

/** A changed flow and a missing one, as the comparison leaves them. */
function examined(id: string, status: "changed" | "missing" = "changed"): Examined {
  const change = { field: "schedule", path: "schedule", kind: "changed", secret: false } as const;
  return {
    resource: { urn: "urn:pulumi:s::p::t::n", type: "t", id },
    remembered: { inputs: {}, outputs: {}, secretFields: new Set(), ignored: [] },
    report: {
      urn: "urn:pulumi:s::p::t::n",
      resource: "n",
      id,
      name: "N",
      integrationId: "int123",
      status,
      changes: status === "changed" ? [change] : [],
    },
  };
}

const accountsOf = (service: Service): Accounts => ({ of: () => service }) as unknown as Accounts;

const FLOW = { _id: "f1", name: "N", _integrationId: "int123" };

describe("blame from the service's audit log", () => {
  it.each(["array", "audit", "auditLogs"] as const)(
    "reads %s, all pages, and names the author",
    async (auditShape) => {
      const { emulator, service } = await wire({
        auditShape,
        pageSize: 1,
        seed: { flows: [FLOW] },
      });
      emulator.edit("f1", { schedule: "0 1 * * *" }, { by: "Mallory", source: "api" });
      emulator.edit("f1", { description: "x" }, { by: "Alice" });
      emulator.edit("f1", { description: "y" }, { by: "Bob" });
      const { value, warnings } = await blameFlows([examined("f1")], accountsOf(service));
      expect(warnings).toEqual([]);
      expect(value[0]?.changes[0]?.blame).toMatchObject({
        by: "Mallory",
        email: "mallory@example.test",
        through: "api",
        at: expect.stringMatching(/^\d{4}-/),
      });
      expect(emulator.requests("GET", /\/audit/)).toHaveLength(3);
    },
  );

  it("names nobody for a flow whose log is gone with it", async () => {
    const { service } = await wire({ seed: { integrations: ["int123"] } });
    const { value, warnings } = await blameFlows([examined("f9", "missing")], accountsOf(service));
    expect([value[0]?.blame, warnings]).toEqual([null, []]);
  });

  it("warns of a log that cannot be read, and leaves the drift as it is", async () => {
    const { emulator, service } = await wire({ seed: { flows: [FLOW] } });
    emulator.fault({ kind: "status", status: 403, path: /audit/, times: Infinity });
    const { value, warnings } = await blameFlows([examined("f1")], accountsOf(service));
    expect(value[0]?.changes).toMatchObject([{ path: "schedule", blame: null }]);
    expect(warnings).toEqual([expect.stringContaining("the API token may not do this")]);
  });
});
