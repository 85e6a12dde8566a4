import fc from "fast-check";

import { orderOf } from "../../../sdk/adopt/chains";

function order(graph: Readonly<Record<string, readonly string[]>>): {
  sorted: readonly string[];
  cycles: string[];
} {
  const { sorted, cycles } = orderOf(Object.keys(graph).sort(), (one) => graph[one] ?? []);
  return { sorted, cycles: [...cycles.keys()].sort() };
}

it("puts what others depend on in front of them, and otherwise keeps the order given", () => {
  expect(order({ a: ["c"], b: [], c: ["d"], d: [] })).toEqual({
    sorted: ["d", "c", "a", "b"],
    cycles: [],
  });
});

it("knows cycles, also of one, and what hangs on them", () => {
  expect(order({ a: ["b"], b: ["a", "x"], c: ["a"], d: ["d"], x: ["stranger"] })).toEqual({
    sorted: ["x", "a", "b", "c", "d"],
    cycles: ["a", "b", "d"],
  });
});

it("is right for any graph", () => {
  const graphs = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 25 });
  fc.assert(
    fc.property(graphs, (edges) => {
      const members = Array.from({ length: 10 }, (_, index) => String(index));
      const { sorted, cycles } = orderOf(members, (one) =>
        edges.filter(([from]) => String(from) === one).map(([, to]) => String(to)),
      );
      expect([...sorted].sort()).toEqual(members);
      for (const [from, to] of edges.map(([a, b]) => [String(a), String(b)] as const)) {
        const isOrdered = sorted.indexOf(to) < sorted.indexOf(from);
        expect(isOrdered || cycles.get(from)?.has(to) === true).toBe(true);
      }
    }),
  );
});

it("takes a chain of two thousand", () => {
  const members = Array.from({ length: 2000 }, (_, index) => String(index));
  const { sorted } = orderOf(members, (one) => [String(Number(one) + 1)]);
  expect(sorted[0]).toBe("1999");
});
