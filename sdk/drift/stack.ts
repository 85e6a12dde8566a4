import { CannotTellError } from "./cannot-tell";
import { complaintOf, type PulumiCli } from "./pulumi-cli";

/** One resource of an exported state, as far as drift is concerned. Secrets are marked, see `secret.ts`. */
export interface StackResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** URN and id of the provider, with `::` between them. */
  readonly provider?: string;
  /** Only read, not managed. */
  readonly external?: boolean;
  /** Waits to be deleted after its replacement was made. */
  readonly delete?: boolean;
  /** Property paths that the program does not want compared. */
  readonly ignoreChanges?: readonly string[];
  /** Where the program registered it, innermost call first. */
  readonly stackTrace?: readonly { readonly sourcePosition?: string }[];
}

/** A stack as the backend has it. */
export interface Stack {
  /** Absent for a stack without resources. */
  readonly project?: string;
  /** Absent for a stack without resources. */
  readonly name?: string;
  readonly resources: readonly StackResource[];
}

interface Exported {
  readonly deployment?: { readonly resources?: readonly StackResource[] | null } | null;
}

/** Type under which the engine knows flows (contract.md 3). */
const FLOW_TYPE = "pulumi-nodejs:dynamic/celigo:Flow";

/**
 * Reads the stack's state, with its secrets in the clear: they are needed for comparison and never leave the process.
 *
 * @throws CannotTellError when there is no such stack, or it cannot be read
 */
export async function readStack(cli: PulumiCli): Promise<Stack> {
  const result = await cli.run(["stack", "export", "--show-secrets"]);
  if (result.code !== 0) {
    throw new CannotTellError(
      `The stack cannot be read: ${complaintOf(result)}\n` +
        "Next: name an existing stack (`--stack`, `--cwd`), and see that `pulumi stack export` works here: the backend's login and the passphrase or key of its secrets.",
    );
  }
  return parseStack(result.stdout);
}

/**
 * The stack in the text that `pulumi stack export` prints. Pure.
 *
 * @throws CannotTellError when it is no export
 */
export function parseStack(text: string): Stack {
  let exported: Exported;
  try {
    exported = JSON.parse(text) as Exported;
  } catch {
    throw new CannotTellError("The stack cannot be read: `pulumi stack export` printed no JSON.");
  }
  const resources = exported.deployment?.resources ?? [];
  const [, name, project] = /^urn:pulumi:([^:]*)::([^:]*)::/.exec(resources[0]?.urn ?? "") ?? [];
  return {
    resources,
    ...(name !== undefined && { name }),
    ...(project !== undefined && { project }),
  };
}

/** The flows that a stack manages: not those that it only reads, nor those that wait to be deleted. */
export function managedFlows({ resources }: Stack): readonly StackResource[] {
  return flowsOf(resources).filter(({ external, delete: leaving }) => !external && !leaving);
}

/** Ids of the flows that a stack only reads (`Flow.get`). */
export function readFlowIds({ resources }: Stack): ReadonlySet<string> {
  return new Set(flowsOf(resources).flatMap(({ id, external }) => (external && id ? [id] : [])));
}

function flowsOf(resources: readonly StackResource[]): readonly StackResource[] {
  return resources.filter(({ type }) => type === FLOW_TYPE);
}

/** The name that the program gave a resource. */
export function resourceName(urn: string): string {
  // A name may hold `::` itself; the three parts before it cannot.
  return urn.split("::").slice(3).join("::");
}
