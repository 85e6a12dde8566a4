import { readFile } from "node:fs/promises";
import path from "node:path";

import { packageFolder } from "../../sdk/engine/package-folder";
import { createConsumer, runNode } from "../support/consumer";

const EXPECTED = /^\/\/ @ts-expect-error: .+\n/gm;

async function compile(text: string): Promise<string> {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
    target: "es2022",
    lib: ["es2023"],
    types: ["node"],
    module: "node16",
  };
  const folder = await createConsumer({
    "index.ts": text,
    "tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }),
  });
  const tsc = path.join(packageFolder(), "node_modules", "typescript", "bin", "tsc");
  return (await runNode(folder, tsc, "-p", folder, "--pretty", "false")).stdout;
}

it("takes every mistake in a program for one, and nothing else", async () => {
  const text = await readFile(require.resolve("./mistakes"), "utf8");
  expect(await compile(text)).toBe("");

  const without = await compile(text.replaceAll(EXPECTED, "\n"));
  const lines = new Set(without.match(/index\.ts\(\d+/g));
  const mistakes = text.match(EXPECTED)?.length ?? 0;
  expect(mistakes).toBeGreaterThanOrEqual(40);
  expect(lines.size).toBe(mistakes);
  const shown = without.split("\n").filter((line) => line.startsWith("index.ts"));
  console.log(
    [
      `${String(mistakes)} mistakes, as the compiler words them`,
      ...shown.map((line) => line.slice(0, 160)),
    ].join("\n"),
  );
}, 180_000);
