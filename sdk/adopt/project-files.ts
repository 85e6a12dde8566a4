import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { packageFolder } from "../engine/package-folder";
import type { GeneratedFile } from "./generated-program";
import { MAIN_FILE } from "./layout";

interface Manifest {
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/**
 * What makes a folder with a program a project that runs: `Pulumi.yaml`, `package.json`, `tsconfig.json`.
 *
 * @param folder - its last part becomes the name of project and package
 */
export function projectFiles(folder: string): GeneratedFile[] {
  const name = projectName(folder);
  const manifest = { name, private: true, main: MAIN_FILE, ...packagesNeeded() };
  const project = [
    `name: ${name}`,
    "description: Flows of integrator.io, taken over with `pulumi-celigo import`",
    "runtime:",
    "  name: nodejs",
    "  options:",
    "    typescript: true",
    // Without it Pulumi would run what package.json calls main, whatever that is.
    `main: ${MAIN_FILE}`,
    "",
  ];
  return [
    { path: "Pulumi.yaml", text: project.join("\n") },
    { path: "package.json", text: `${JSON.stringify(manifest, undefined, 2)}\n` },
    { path: "tsconfig.json", text: `${JSON.stringify(TSCONFIG, undefined, 2)}\n` },
  ];
}

/**
 * What a program needs and the folder's own `package.json` does not name, as `npm install` takes it. Without a TypeScript of
 * the project's, Pulumi compiles with one of its own, which is too old for this package's types.
 */
export function missingPackages(folder: string): string[] {
  const file = path.join(folder, "package.json");
  const manifest = existsSync(file) ? parsed(readFileSync(file, "utf8")) : undefined;
  if (manifest === undefined) return [];
  const { dependencies: own, devDependencies: ownDev } = manifest;
  const { dependencies, devDependencies } = packagesNeeded();
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([name]) => own?.[name] === undefined && ownDev?.[name] === undefined)
    .map(([name, range]) => `${name}@${/\d+/.exec(range)?.[0] ?? "latest"}`);
}

/** One that npm could not read either tells nothing. */
function parsed(text: string): Partial<Packages> | undefined {
  try {
    return JSON.parse(text) as Partial<Packages>;
  } catch {
    return undefined;
  }
}

type Packages = Pick<Manifest, "devDependencies"> & {
  readonly dependencies: Readonly<Record<string, string>>;
};

function packagesNeeded(): Packages {
  const { version, peerDependencies, devDependencies } = JSON.parse(
    readFileSync(path.join(packageFolder(), "package.json"), "utf8"),
  ) as Manifest;
  return {
    dependencies: {
      "@pulumi/pulumi": peerDependencies["@pulumi/pulumi"] ?? "^3",
      "pulumi-celigo": `^${version}`,
    },
    devDependencies: {
      "@types/node": "^20",
      typescript: `^${devDependencies["typescript"] ?? "6"}`,
    },
  };
}

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    target: "es2022",
    // Knows the entry points of packages, as Node does.
    module: "node16",
    moduleResolution: "node16",
    outDir: "bin",
    sourceMap: true,
    skipLibCheck: true,
    types: ["node"],
  },
  include: ["**/*.ts"],
  exclude: ["bin", "node_modules"],
};

/** A name that both Pulumi and npm take. */
function projectName(folder: string): string {
  const plain = path
    .basename(path.resolve(folder))
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replaceAll(/^[._-]+|[._-]+$/g, "");
  return plain === "" || plain === "pulumi-celigo" ? "celigo-flows" : plain;
}
