import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

import { packageFolder } from "../../sdk/engine/package-folder";
import { createConsumer, runNode } from "../support/consumer";
import { installFolder } from "../support/installed-package";

interface LockFile {
  readonly packages: Readonly<
    Record<string, { readonly dependencies?: Readonly<Record<string, string>> }>
  >;
}

const root = packageFolder();
const { packages } = JSON.parse(
  readFileSync(path.join(root, "package-lock.json"), "utf8"),
) as LockFile;

/** Where node finds a dependency of the package that is installed in `from`. */
function locate(name: string, from: string): string {
  for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, "")) {
    const place = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (place in packages) return place;
    if (folder === "") throw new Error(`locate: the lock file lacks ${name}`);
  }
}

/** All that npm installs for the package, apart from its peer. */
function installedFolders(from = "", found = new Set<string>()): Set<string> {
  for (const name of Object.keys(packages[from]?.dependencies ?? {})) {
    const place = locate(name, from);
    if (found.has(place)) continue;
    found.add(place);
    installedFolders(place, found);
  }
  return found;
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .map((entry) => path.join(folder, entry.name))
    .map((file) => (statSync(file).isDirectory() ? bytesIn(file) : statSync(file).size))
    .reduce((sum, bytes) => sum + bytes, 0);
}

it("adds less than 25 MB to an installation, beside @pulumi/pulumi", () => {
  const own = bytesIn(path.join(installFolder(), "node_modules", "pulumi-celigo"));
  const others = [...installedFolders()].map((place) => bytesIn(path.join(root, place)));
  const megabytes = [own, ...others].reduce((sum, bytes) => sum + bytes, 0) / 1e6;
  process.stdout.write(
    `install size: ${megabytes.toFixed(1)} MB in ${others.length + 1} packages (limit 25)\n`,
  );
  expect(megabytes).toBeLessThan(25);
});

it("tells how long a program waits for it to load", async () => {
  const folder = await createConsumer({
    "index.cjs": [
      `require("@pulumi/pulumi");`,
      `const start = performance.now();`,
      `require("pulumi-celigo");`,
      `console.log(performance.now() - start);`,
    ].join("\n"),
  });
  const times: number[] = [];
  for (let run = 0; run < 5; run++) times.push(Number((await runNode(folder, "index.cjs")).stdout));
  const median = times.sort((a, b) => a - b)[2] ?? NaN;
  process.stdout.write(`load time: ${median.toFixed(0)} ms after @pulumi/pulumi (limit 60)\n`);
  expect(median).toBeGreaterThan(0);
}, 180_000);
