import { mkdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";

import {
  DYNAMIC_PROVIDER,
  placeDynamicProvider,
} from "../../../sdk/engine/dynamic-provider-script";
import { runCommand } from "../../../sdk/engine/run-command";
import { namesIn, temporaryFolder } from "./temporary";

/** A program's folder whose `@pulumi/pulumi` has a dynamic provider that only tells how it was started. */
async function programFolder(): Promise<string> {
  const folder = await temporaryFolder();
  const provider = path.join(
    folder,
    "node_modules",
    "@pulumi",
    "pulumi",
    "cmd",
    "dynamic-provider",
  );
  await mkdir(provider, { recursive: true });
  await writeFile(
    path.join(provider, "index.js"),
    "console.log(process.argv.slice(2), process.pid)",
  );
  return folder;
}

describe("placeDynamicProvider", () => {
  it("runs the dynamic provider of the program's own @pulumi/pulumi, in the same process", async () => {
    const bin = await temporaryFolder();
    await placeDynamicProvider(bin);
    // `exec` keeps the shell's process id
    const script = `echo $$; exec ${path.join(bin, DYNAMIC_PROVIDER)} 127.0.0.1:99 --flag`;
    const { stdout } = await runCommand("/bin/sh", ["-c", script], {
      cwd: await programFolder(),
      env: process.env,
    });
    const [pid = "", told] = stdout.split("\n");
    expect(told).toBe(`[ '127.0.0.1:99', '--flag' ] ${pid}`);
  });

  it("leaves a script that is there already alone, and nothing else behind", async () => {
    const bin = await temporaryFolder();
    await placeDynamicProvider(bin);
    const before = await stat(path.join(bin, DYNAMIC_PROVIDER));
    await placeDynamicProvider(bin);
    expect((await stat(path.join(bin, DYNAMIC_PROVIDER))).ino).toBe(before.ino);
    expect(await namesIn(bin)).toEqual([DYNAMIC_PROVIDER]);
  });
});
