import { readFileSync } from "node:fs";
import path from "node:path";

import { cronProblem } from "../../../provider/flow/cron-check";
import { FLOW } from "../../../provider/flow/fields";
import type { Shape } from "../../../provider/flow/shape";
import { packageFolder } from "../../../sdk/engine/package-folder";

const text = readFileSync(path.join(packageFolder(), "docs", "flow.md"), "utf8");

/** Rows of the table whose first column has this title, as cells without backticks around them. */
function table(title: string): string[][] {
  const [, body] = text.split(new RegExp(`^\\| ${title} +\\|.*\\n\\|[ -|]*\\n`, "m"));
  const lines = (body ?? "").split("\n");
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(0, end).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim().replace(/^`(.*)`$/, "$1")),
  );
}

/** Every place where the program's name is not the API's. */
function renames(shape: Shape, at: string): string[][] {
  if (shape.kind === "list") return renames(shape.of, `${at}[]`);
  if (shape.kind !== "object") return [];
  return Object.entries(shape.fields).flatMap(([name, field]) => {
    const place = at === "" ? name : `${at}.${name}`;
    const inner = renames(field.shape, place);
    return name === field.wire ? inner : [[place, field.wire], ...inner];
  });
}

it("documents every argument", () => {
  const documented = table("argument").map(([name]) => name);
  expect(documented).toEqual([...Object.keys(FLOW.fields), "additionalFields"]);
});

it("documents every member of sources, steps, routers and branches", () => {
  const members = (title: string): (string | undefined)[] =>
    table(title).flatMap(([name]) => name?.replaceAll("`", "").split(", "));
  const inside = (shape: Shape | undefined): Shape | undefined =>
    shape?.kind === "list" ? shape.of : shape;
  const fieldsOf = (shape: Shape | undefined): string[] => {
    const one = inside(shape);
    return one?.kind === "object" ? Object.keys(one.fields) : [];
  };
  const router = inside(FLOW.fields["routers"]?.shape);
  const branches = router?.kind === "object" ? router.fields["branches"]?.shape : undefined;
  const [sources, steps] = text.split("### Steps").map((part) => part.split("### Sources").at(-1));
  expect(
    fieldsOf(FLOW.fields["pageGenerators"]?.shape).filter(
      (one) => !sources?.includes(`\`${one}\``),
    ),
  ).toEqual([]);
  expect(
    fieldsOf(FLOW.fields["pageProcessors"]?.shape).filter((one) => !steps?.includes(`\`${one}\``)),
  ).toEqual([]);
  expect(members("field of a router").sort()).toEqual(fieldsOf(router).sort());
  expect(members("field of a branch").sort()).toEqual(fieldsOf(branches).sort());
});

it("documents every name that differs from the API's", () => {
  const documented = table("path").map((row) => row.join(" = "));
  const actual = renames(FLOW, "").map((row) => row.join(" = "));
  expect([...documented].sort()).toEqual([...actual].sort());
});

it("documents schedules as the check has them", () => {
  const accepted = table("accepted").map(([cron]) => cron ?? "");
  const refused = table("refused").map(([cron]) => cron ?? "");
  expect(accepted.length).toBeGreaterThanOrEqual(10);
  expect(refused.length).toBeGreaterThanOrEqual(15);
  expect(accepted.filter((cron) => cronProblem(cron) !== undefined)).toEqual([]);
  expect(refused.filter((cron) => cronProblem(cron) === undefined)).toEqual([]);
});
