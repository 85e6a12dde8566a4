import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { packageFolder } from "../../../sdk/engine/package-folder";
import { findPlace, projectFile, sourceLine } from "../../../sdk/drift/source-line";

const repository = mkdtempSync(path.join(tmpdir(), "pulumi-celigo-place-"));
const project = path.join(repository, "infra");
mkdirSync(path.join(repository, ".git"));
mkdirSync(path.join(project, "src"), { recursive: true });
writeFileSync(path.join(project, "Pulumi.yaml"), "name: x\n");
const place = { project, repository };

const lineOf = (...positions: (string | undefined)[]): unknown => {
  const stackTrace = positions.map((sourcePosition) =>
    sourcePosition === undefined ? {} : { sourcePosition },
  );
  return sourceLine({ urn: "u", type: "t", stackTrace }, place);
};

it("finds project and repository from any folder inside", () => {
  expect(findPlace(path.join(project, "src"))).toEqual(place);
  expect(projectFile(place)).toEqual({ file: "infra/Pulumi.yaml" });
});

it("is the innermost line of the user's, from the root of the repository", () => {
  expect(
    lineOf(
      "project:///node_modules/pulumi-celigo/dist/sdk/flow.js#66,9",
      "project:///../elsewhere/lib.ts#1,1",
      undefined,
      "project:///src/a%20flow.ts#12,3",
      "project:///index.ts#2,16",
    ),
  ).toEqual({ file: "infra/src/a flow.ts", line: 12, column: 3 });
});

it("takes a position without a column", () => {
  expect(lineOf("project:///index.ts#2")).toEqual({ file: "infra/index.ts", line: 2 });
});

it("is unknown where the state tells nothing of the user's", () => {
  expect(lineOf()).toBeUndefined();
  expect(lineOf("project:///node_modules/a.js#1,1", "somewhere")).toBeUndefined();
});

it("is not a compiled file of this package in its own repository", () => {
  const root = packageFolder();
  const stackTrace = [
    "project:///dist/sdk/flow.js#6,9",
    "project:///examples/quickstart/index.ts#28,14",
  ];
  expect(
    sourceLine(
      { urn: "u", type: "t", stackTrace: stackTrace.map((sourcePosition) => ({ sourcePosition })) },
      { project: root, repository: root },
    ),
  ).toEqual({ file: "examples/quickstart/index.ts", line: 28, column: 14 });
});
