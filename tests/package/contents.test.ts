import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

import { packageFolder } from "../../sdk/engine/package-folder";
import { tarball } from "../support/installed-package";
import { complaintsOf } from "../support/run-tool";

const root = packageFolder();

async function packedFiles(): Promise<readonly string[]> {
  const list = execFileSync("tar", ["-tzf", await tarball()]).toString("utf8");
  return list
    .trim()
    .split("\n")
    .map((file) => file.replace(/^package\//, ""));
}

describe("the packed tarball", () => {
  it("holds compiled code whose sources exist, and nothing else of ours but the engine's modules", async () => {
    const compiled = /^dist\/((?:provider|sdk)\/.+?)(?:\.d\.ts|\.js)$/;
    const strangers = (await packedFiles()).filter((file) => {
      const source = compiled.exec(file)?.[1];
      return source === undefined || !existsSync(path.join(root, `${source}.ts`));
    });
    expect(strangers.sort()).toEqual(
      [
        ...["LICENSE", "package.json", "docs/drift.schema.json"],
        ...["README.md", "CHANGELOG.md"].filter((file) => existsSync(path.join(root, file))),
        ...["cli", "language"].flatMap((module) => [
          `tools/engine/${module}/go.mod`,
          `tools/engine/${module}/go.sum`,
        ]),
      ].sort(),
    );
  });

  it("points only at files that it holds (publint)", async () => {
    expect(await complaintsOf("publint", "run", await tarball(), "--strict")).toBe("");
  }, 180_000);

  it("is resolved with types by every kind of importer (attw)", async () => {
    expect(await complaintsOf("attw", await tarball(), "--no-color")).toBe("");
  }, 180_000);
});
