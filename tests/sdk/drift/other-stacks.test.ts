import { CannotTellError } from "../../../sdk/drift/cannot-tell";
import { otherStacks } from "../../../sdk/drift/other-stacks";
import type { PulumiCli } from "../../../sdk/drift/pulumi-cli";
import { managedFlows, parseStack, readFlowIds, resourceName } from "../../../sdk/drift/stack";

const FLOW = "pulumi-nodejs:dynamic/celigo:Flow";

const exported = (stack: string, ...more: readonly object[]): string =>
  JSON.stringify({
    deployment: {
      resources: more.map((one, at) => ({
        urn: `urn:pulumi:${stack}::shop::${FLOW}::flow::${String(at)}`,
        type: FLOW,
        ...one,
      })),
    },
  });

/** A CLI that answers with these texts, by stack; without a text it fails. */
function answering(texts: Readonly<Record<string, string>>): PulumiCli {
  const cli: PulumiCli = {
    choice: { cwd: "." },
    run: (args) => cli.runOn(undefined, args),
    runOn: (stack, [, verb]) => {
      const stdout = verb === "ls" ? texts["ls"] : texts[stack ?? ""];
      return Promise.resolve({
        code: stdout === undefined ? 1 : 0,
        stdout: stdout ?? "",
        stderr: "",
      });
    },
  };
  return cli;
}

describe("an exported stack", () => {
  it("has managed flows, and flows that are only read or on their way out", () => {
    const stack = parseStack(
      exported("prod", { id: "a" }, { id: "b", external: true }, { id: "c", delete: true }),
    );
    expect([stack.project, stack.name]).toEqual(["shop", "prod"]);
    expect(managedFlows(stack).map(({ id, urn }) => [id, resourceName(urn)])).toEqual([
      ["a", "flow::0"],
    ]);
    expect([...readFlowIds(stack)]).toEqual(["b"]);
  });

  it("may be empty, and may not be something else", () => {
    expect(parseStack('{ "version": 3, "deployment": { "manifest": {} } }')).toEqual({
      resources: [],
    });
    expect(() => parseStack("warning: no")).toThrow(CannotTellError);
  });
});

describe("the project's other stacks", () => {
  const ls = JSON.stringify(
    ["acme/shop/prod", "acme/shop/dev", "acme/shop/lost"].map((name) => ({ name })),
  );

  it("declare their flows; this one and those that cannot be read are left out", async () => {
    const cli = answering({
      ls,
      "acme/shop/prod": exported("prod", { id: "own" }),
      "acme/shop/dev": exported("dev", { id: "theirs" }, { id: "looked-at", external: true }),
    });
    const { ids, unread } = await otherStacks(cli, "prod");
    expect([[...ids], unread]).toEqual([["theirs"], ["acme/shop/lost"]]);
  });

  it("are unknown where they cannot be listed", async () => {
    expect((await otherStacks(answering({}), "prod")).unread).toEqual(["the list of stacks"]);
  });
});
