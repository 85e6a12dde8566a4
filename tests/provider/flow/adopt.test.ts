import { adoptionProblems } from "../../../provider/flow/adopt";
import { toBody } from "../../../provider/flow/state";
import { aFlow } from "../../support/flow-samples";

const linesOf = (live: Record<string, unknown>, inputs: Record<string, unknown>): string[] =>
  adoptionProblems({ ...toBody(live), _id: "64f0" }, inputs).map(
    ({ path, reason }) => `${path}: ${reason}`,
  );

describe("differences from a flow that is to be adopted", () => {
  const many = Array.from({ length: 12 }, (_, n) => ({
    exportId: `exp${n}`,
    schedule: `${n} 2 * * *`,
  }));
  const changed = (at: number, more: object): object[] =>
    many.map((one, n) => (n === at ? { ...one, ...more } : one));

  it("are shown as a whole where they are short", () => {
    expect(linesOf(aFlow({ settings: { a: 1 } }), aFlow({ settings: { a: 2, b: 3 } }))).toEqual([
      'settings: the program has {"a":2,"b":3}, the live flow has {"a":1}',
    ]);
  });

  it("are shown where they are in values too long to be read", () => {
    const live = aFlow({
      pageGenerators: changed(11, { schedule: "9 9 * * *", skipRetries: true }),
    });
    expect(linesOf(live, aFlow({ pageGenerators: many }))).toEqual([
      'pageGenerators[11]: the program has {"exportId":"exp11","schedule":"11 2 * * *"}, ' +
        'the live flow has {"exportId":"exp11","schedule":"9 9 * * *","skipRetries":true}',
    ]);
    const fewer = aFlow({ pageGenerators: many.slice(0, 11) });
    expect(linesOf(aFlow({ pageGenerators: many }), fewer)).toEqual([
      expect.stringMatching(/^pageGenerators\[11\]: the program has nothing, .*"exp11"/),
    ]);
  });

  it("keep secrets to themselves: those of the program, and what is named like one", () => {
    const long = "x".repeat(300);
    const secret = linesOf(
      aFlow({ settings: { key: "old-hush", same: 1 } }),
      aFlow({ settings: { key: "new-hush", same: 1 }, __secrets: ["settings"] }),
    );
    expect(secret).toEqual([
      expect.stringMatching(/^settings: .* something else, in key \(values/),
    ]);
    const named = linesOf(
      aFlow({ settings: { long, password: "old-hush" } }),
      aFlow({ settings: { long, password: "new-hush" } }),
    );
    expect(named).toEqual([expect.stringMatching(/^settings\.password: .*not shown/)]);
    expect([...secret, ...named].join()).not.toContain("hush");
  });
});
