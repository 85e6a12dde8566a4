import type { AuditEntry } from "../../../provider/query/audit-log";
import { blameFor, blameForEvent } from "../../../sdk/drift/blame";

const entry = (
  by: string,
  time: string,
  fields: readonly string[],
  more: object = {},
): AuditEntry => ({
  resourceType: "flow",
  resourceId: "f1",
  event: "update",
  source: "ui",
  byUser: { name: by },
  time,
  fieldChanges: fields.map((fieldPath) => ({ fieldPath })),
  ...more,
});

const WRITTEN = "2026-01-15T10:00:00.000Z";

describe("who changed a field", () => {
  const log = [
    entry("early", "2026-01-15T11:00:00.000Z", ["schedule"]),
    entry("late", "2026-01-15T12:00:00.000Z", ["schedule"]),
    entry("step", "2026-01-15T13:00:00.000Z", ["schedule"], {
      resourceType: "export",
      resourceId: "exp1",
    }),
    entry("deep", "2026-01-15T12:30:00.000Z", ["pageGenerators[0].skipRetries"]),
    entry("dotted", "2026-01-15T12:10:00.000Z", ["_runNextFlowIds.0"]),
    entry("raw", "2026-01-15T12:20:00.000Z", ["retention"]),
  ];

  it.each([
    ["schedule", "late"],
    ["pageGenerators", "deep"],
    ["runNextFlowIds", "dotted"],
    ["additionalFields", "raw"],
    ["description", undefined],
  ])("%s: %s", (field, who) => {
    expect(blameFor("f1", field, log, WRITTEN)?.by).toBe(who);
  });

  it("is the last update where entries name no fields, unless that was Pulumi's own write", () => {
    const silent = entry("silent", "2026-01-15T12:00:00.000Z", []);
    expect(blameFor("f1", "schedule", [silent], WRITTEN)?.by).toBe("silent");
    expect(blameFor("f1", "schedule", [{ ...silent, time: WRITTEN }], WRITTEN)).toBeNull();
  });

  it("is whoever deleted it, for a missing flow", () => {
    const log = [entry("deleter", WRITTEN, [], { event: "delete" }), entry("other", WRITTEN, [])];
    expect(blameForEvent("f1", ["delete"], log)).toEqual({
      by: "deleter",
      at: WRITTEN,
      through: "ui",
    });
    expect(blameForEvent("f2", ["delete"], log)).toBeNull();
  });
});
