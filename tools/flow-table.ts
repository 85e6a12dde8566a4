import { table } from "./table";

/** What the table shows of a flow, as Pulumi's state has it. */
interface FlowOutputs {
  readonly name?: string;
  readonly schedule?: string;
  readonly timezone?: string;
  readonly runNextFlowIds?: readonly string[];
}

interface StateResource {
  readonly type: string;
  readonly id: string;
  readonly outputs: FlowOutputs;
}

interface StackExport {
  readonly deployment: { readonly resources?: readonly StateResource[] };
}

/** The flows of a stack with their ids, from what `pulumi stack export` prints. */
export function flowTable(stackExport: string): string {
  const { deployment } = JSON.parse(stackExport) as StackExport;
  const flows = (deployment.resources ?? []).filter(({ type }) => type.endsWith("/celigo:Flow"));
  const names = new Map(flows.map(({ id, outputs }) => [id, outputs.name ?? id]));
  return table([
    ["flow", "id", "schedule", "time zone", "then runs"],
    ...flows.map(({ id, outputs }) => [
      outputs.name ?? "",
      id,
      outputs.schedule ?? "-",
      outputs.timezone ?? "-",
      (outputs.runNextFlowIds ?? []).map((next) => names.get(next) ?? next).join(", ") || "-",
    ]),
  ]);
}
