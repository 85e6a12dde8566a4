import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { packageFolder } from "../../sdk/engine/package-folder";

const root = packageFolder();

/** Every file that is committed, or would be by `git add .`. */
const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root })
  .toString("utf8")
  .split("\n")
  .filter((file) => file !== "" && existsSync(path.join(root, file)));

/** The lines of all files that match, as `file:line`. */
function linesThatMatch(pattern: RegExp): string[] {
  return files.flatMap((file) => {
    const lines = readFileSync(path.join(root, file), "utf8").split("\n");
    return lines.flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : []));
  });
}

describe("a clean clone works anywhere", () => {
  it("names no package registry: clients find theirs as they are set up", () => {
    expect(linesThatMatch(/registry[.](npmjs|yarnpkg)|(proxy|sum)[.]golang[.]org/)).toEqual([]);
  });

  it("holds no place in the lock file from which a package was once fetched", () => {
    const lockFile = readFileSync(path.join(root, "package-lock.json"), "utf8");
    expect(lockFile).not.toContain('"resolved"');
  });

  it("names no folder of somebody's machine", () => {
    expect(linesThatMatch(/(^|[\s"'`(=:])\/(root|home|Users|work)\/[a-z]/)).toEqual([]);
  });
});
