import fc from "fast-check";

import { formatProgram } from "../../../sdk/adopt/format";
import { Code, Commented, commentLine, quoted, source } from "../../../sdk/adopt/source";

/** The value of an expression, as JavaScript understands it. */
function valueOf(expression: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  return new Function(`return (${expression})`)();
}

describe("source", () => {
  it("writes any JSON so that it is read back the same, before and after formatting", async () => {
    const property = fc.asyncProperty(fc.jsonValue({ stringUnit: "binary" }), async (value) => {
      const json = JSON.parse(JSON.stringify(value)) as unknown;
      expect(valueOf(source(json))).toEqual(json);
      const [, formatted = ""] = (await formatProgram(`const x = ${source(json)};`)).split(
        /^const x = ?/,
      );
      expect(valueOf(formatted.trim().replace(/;$/, ""))).toEqual(json);
    });
    await fc.assert(property, { numRuns: 150 });
  }, 60_000);

  it("keeps a key named __proto__ a key", () => {
    const value = JSON.parse('{"__proto__": {"a": 1}}') as object;
    expect(Object.keys(valueOf(source(value)) as object)).toEqual(["__proto__"]);
  });

  it("shows what cannot be seen, and leaves what holds emoji together", () => {
    expect(quoted("a\u00a0b\u202ec\u2028d\u{e0001}e")).toBe(
      '"a\\u00a0b\\u202ec\\u2028d\\udb40\\udc01e"',
    );
    expect(quoted("👩‍👧 é 日本")).toBe('"👩‍👧 é 日本"');
  });

  it("puts code where a value could stand, and comments above members", async () => {
    const text = source({
      a: new Code("x.id"),
      b: [new Commented("y", "why\nso")],
      c: new Commented(1, "one"),
    });
    expect(await formatProgram(`f(${text})`)).toBe(
      [
        "f({",
        "  a: x.id,",
        "  b: [",
        "    // why so",
        '    "y",',
        "  ],",
        "  // one",
        "  c: 1,",
        "});",
        "",
      ].join("\n"),
    );
  });
});

it("ends a comment where its line ends", () => {
  for (const end of ["\n", "\r", "\u2028", "\u2029", "\u0085"]) {
    const line = commentLine(`a${end}throw new Error()`);
    expect(line.slice(0, -1)).not.toMatch(/[\n\r\u2028\u2029\u0085]/);
  }
});
