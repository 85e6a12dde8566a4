import type { PulumiCli } from "./pulumi-cli";
import { managedFlows, parseStack } from "./stack";

interface Listed {
  readonly name: string;
}

/** What the project's other stacks manage. */
export interface OtherStacks {
  /** Ids of their flows. */
  readonly ids: ReadonlySet<string>;
  /** Those that could not be read. */
  readonly unread: readonly string[];
}

/**
 * The flows that the other stacks of the same project manage, without their secrets: a flow that one of them declares is not
 * unmanaged.
 *
 * @param own - name of this stack, which is left out
 */
export async function otherStacks(cli: PulumiCli, own: string | undefined): Promise<OtherStacks> {
  const listed = await cli.runOn(undefined, ["stack", "ls", "--json"]);
  if (listed.code !== 0) return { ids: new Set(), unread: ["the list of stacks"] };
  const names = (JSON.parse(listed.stdout) as readonly Listed[]).map(({ name }) => name);
  const ids = new Set<string>();
  const unread: string[] = [];
  for (const name of names.filter((one) => one.split("/").at(-1) !== own?.split("/").at(-1))) {
    const exported = await cli.runOn(name, ["stack", "export"]);
    if (exported.code !== 0) unread.push(name);
    else for (const { id } of managedFlows(parseStack(exported.stdout))) if (id) ids.add(id);
  }
  return { ids, unread };
}
