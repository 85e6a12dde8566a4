import { tmpdir } from "node:os";
import path from "node:path";

import { driftOutputs } from "../../../sdk/cli/drift-outputs";

const names = (formats: readonly string[], out?: string): string[] =>
  driftOutputs(formats, out).map(({ format, file }) =>
    file === undefined ? format : `${format}>${path.relative(process.cwd(), file)}`,
  );

it("prints text by default, or writes it", () => {
  expect(names([])).toEqual(["text"]);
  expect(names([], "a.txt")).toEqual(["text>a.txt"]);
});

it("gives each format its file, and what is left to --out or the terminal", () => {
  expect(names(["json=a.json", "github"])).toEqual(["json>a.json", "github"]);
  expect(names(["json"], "a.json")).toEqual(["json>a.json"]);
  expect(names(["json,sarif=b.sarif"], "a.json")).toEqual(["json>a.json", "sarif>b.sarif"]);
});

it("takes --out for a folder where several share it, or where it is one", () => {
  expect(names(["json", "junit"], "r")).toEqual([
    `json>${path.join("r", "drift.json")}`,
    `junit>${path.join("r", "drift.xml")}`,
  ]);
  const [{ file } = {}] = driftOutputs(["sarif"], tmpdir());
  expect(file).toBe(path.join(tmpdir(), "drift.sarif"));
  const [own] = driftOutputs([`sarif=${tmpdir()}`], undefined);
  expect(own?.file).toBe(file);
});

it.each([
  [["xml"], undefined, /`xml` is no format. Known are text, json/],
  [["json="], undefined, /is no format/],
  [["toString"], undefined, /is no format/],
  [["json", "text"], undefined, /only one can be printed/],
  [["json=a"], "b", /nothing to hold/],
  [["json=a", "sarif=a"], undefined, /Two formats/],
])("refuses %j with --out %s", (formats, out, words) => {
  expect(() => driftOutputs(formats, out)).toThrow(words);
});
