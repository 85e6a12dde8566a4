import { runCommand } from "../../../sdk/engine/run-command";

function sh(
  script: string,
  options: Partial<Parameters<typeof runCommand>[2]> = {},
): ReturnType<typeof runCommand> {
  return runCommand("/bin/sh", ["-c", script], { env: {}, ...options });
}

describe("runCommand", () => {
  it("collects both streams and the exit code", async () => {
    expect(await sh("echo out; echo err >&2; exit 3")).toEqual({
      code: 3,
      stdout: "out\n",
      stderr: "err\n",
    });
  });

  it("hands over each line as it comes, the last one without its end too", async () => {
    const lines: string[] = [];
    await sh("printf 'a\\nb'", { onLine: (line, stream) => lines.push(`${stream} ${line}`) });
    expect(lines).toEqual(["stdout a", "stdout b"]);
  });

  it("has no standard input to wait for", async () => {
    expect((await sh("cat")).code).toBe(0);
  });

  it("gives the environment that it is given, and no other", async () => {
    expect((await sh("echo $A$HOME", { env: { A: "a" } })).stdout).toBe("a\n");
  });

  it("interrupts the command when the signal says so", async () => {
    const stop = new AbortController();
    const running = sh("trap 'echo tidy; exit 7' INT; echo ready; while :; do sleep 0.05; done", {
      env: { PATH: "/usr/bin:/bin" },
      signal: stop.signal,
      onLine: (line) => {
        if (line === "ready") stop.abort();
      },
    });
    expect(await running).toMatchObject({ code: 7, stdout: "ready\ntidy\n" });
  });

  it("fails with node's code where there is no such command", async () => {
    const running = runCommand("/no/such/command", [], { env: {} });
    await expect(running).rejects.toMatchObject({ code: "ENOENT" });
  });
});
