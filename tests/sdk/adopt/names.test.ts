import { identifier, kebab, type Nameable, uniqueNames } from "../../../sdk/adopt/names";

const rules = { fallback: "flow", separator: "-" };

function named(...members: readonly [id: string, createdAt: string, name: string][]): Nameable[] {
  return members.map(([id, createdAt, name]) => ({ id, createdAt, wanted: kebab(name) }));
}

it.each([
  ["Customer Sync → NetSuite", "customer-sync-netsuite", "customerSyncNetsuiteExport"],
  ["Customer export", "customer-export", "customerExport"],
  ["3PL: orders", "3pl-orders", "export3plOrdersExport"],
  ["Café à l'œuvre", "cafe-a-lœuvre", "cafeALœuvreExport"],
  ["受注が同期", "受注が同期", "受注が同期Export"],
  ["ＦＵＬＬ width", "full-width", "fullWidthExport"],
  ["a_b__c", "a-b-c", "aBCExport"],
  ["Export", "export", ""],
  ["***", "", ""],
  ["", "", ""],
])("takes %j for the name %j and the constant %j", (name, resource, constant) => {
  expect([kebab(name), identifier(name, "Export")]).toEqual([resource, constant]);
});

it("cuts long names between words", () => {
  expect(kebab("word ".repeat(40))).toBe("word-".repeat(12).slice(0, -1));
  expect(kebab("x".repeat(255))).toHaveLength(60);
});

describe("uniqueNames", () => {
  const first = named(["64f0aa000001", "2024-01-01", "Sync"]);
  const both = named(
    ["64f0aa000002", "2024-02-01", "Sync"],
    ["64f0aa000001", "2024-01-01", "Sync"],
  );

  it("leaves the oldest its plain name, whatever comes and in whatever order", () => {
    for (const members of [first, both, [...both].reverse()]) {
      expect(uniqueNames(members, rules).get("64f0aa000001")).toBe("sync");
    }
    expect(uniqueNames(both, rules).get("64f0aa000002")).toBe("sync-000002");
  });

  it("keeps names that were given earlier when the oldest goes", () => {
    const earlier = uniqueNames(both, rules);
    const left = both.filter(({ id }) => id === "64f0aa000002");
    expect(uniqueNames(left, { ...rules, earlier }).get("64f0aa000002")).toBe("sync-000002");
  });

  it("always gives a piece of the id to what has no letters, so that another such changes nothing", () => {
    const [one, two] = named(
      ["64f0aa0000a1", "2024-01-01", "***"],
      ["64f0aa0000b2", "2023-01-01", "!?"],
    );
    expect(uniqueNames([one, two] as Nameable[], rules)).toEqual(
      new Map([
        ["64f0aa0000b2", "flow-0000b2"],
        ["64f0aa0000a1", "flow-0000a1"],
      ]),
    );
  });

  it("tells apart whose ids end alike, and even whose ids differ in signs only", () => {
    const members = named(
      ["a-000001", "1", "x"],
      ["b-000001", "2", "x"],
      ["c-000001", "3", "x"],
      ["c_000001", "4", "x"],
      ["c.000001", "5", "x"],
    );
    const names = [...uniqueNames(members, rules).values()];
    expect(new Set(names).size).toBe(5);
    expect(names).toEqual(["x", "x-000001", "x-c000001", "x-c000001-2", "x-c000001-3"]);
  });
});
