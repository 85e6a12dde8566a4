import { type ApiErrorInfo, isApiError } from "../api/errors";
import { explain, flowTitle } from "../explain";
import { Failure } from "../failure";
import { say } from "../log";
import { currentService } from "../session";
import type { Service } from "../service";
import { SettingsError } from "../settings";
import { adopt, adoptionProblems, findAdoptee } from "./adopt";
import { checkFlow, isStanding, withDefaults } from "./check";
import { compare } from "./compare";
import { conceal } from "./conceal";
import { createFlow } from "./create";
import { deleteFlow } from "./delete";
import { asFailure, guarded, nameOf, openService } from "./guarded";
import { readFlow, wholeState } from "./read";
import { replacedBy } from "./replace-on-changes";
import type { Settled } from "./settle";
import type { FlowInputs, FlowState } from "./state";
import { twinWarning } from "./twins";
import { updateFlow } from "./update";
import { validateFlow } from "./validate-flow";

/** A failure as the engine takes it. `property` stays empty, or the engine would print the value, a secret too. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** Flows adopted by this process; see {@link remove}. */
const adopted = new Set<string>();

/** Validates inputs and sets defaults; twins of a new flow travel to the program as a hidden input. */
export async function check(
  olds: FlowInputs,
  news: FlowInputs,
): Promise<{ inputs: FlowInputs; failures: CheckFailure[] }> {
  const inputs = withDefaults(news);
  const { reasons, twins } = await lookAt(olds, inputs);
  return {
    inputs: twins.length === 0 ? inputs : { ...inputs, __twins: twins },
    failures: reasons.map((reason) => ({ property: "", reason })),
  };
}

async function lookAt(
  olds: FlowInputs,
  inputs: FlowInputs,
): Promise<{ reasons: string[]; twins: readonly string[] }> {
  let service: Service;
  try {
    service = currentService();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { reasons: [...validateFlow(inputs).map(problemLine), ...error.problems], twins: [] };
  }
  const { problems, twins } = await checkFlow(service, olds, inputs);
  return { reasons: problems.map(problemLine), twins };
}

function problemLine({ path, reason }: { path: string; reason: string }): string {
  return `${path}: ${reason}`;
}

/** Whether the flow is not what it should be. Only `replaceOnChanges` ever replaces one. */
export function diff(
  id: string,
  olds: FlowState,
  news: FlowInputs,
): Promise<{ changes: boolean; replaces: string[] }> {
  return guarded("comparing", id, olds, () => {
    const adoptee = news.__import;
    if (typeof adoptee === "string" && adoptee !== id) {
      throw new Failure(
        `${flowTitle({ name: nameOf(olds), id })} is managed already, and its \`import\` option now names another flow, ${adoptee}.\n` +
          "Next: take the option away, or declare the other flow under another resource name.",
      );
    }
    const inputs = withDefaults(news);
    const changes = compare(olds, inputs);
    return Promise.resolve({
      changes: changes.length > 0,
      replaces: replacedBy(changes, olds, inputs),
    });
  });
}

/** Creates the flow, or takes over the one that the `import` option names without writing to it. */
export async function create(inputs: FlowInputs): Promise<{ id: string; outs: FlowState }> {
  const name = nameOf(inputs);
  const service = openService("creating", { name });
  try {
    if (typeof inputs.__import === "string")
      return await takeOver(service, inputs.__import, inputs);
    // In a preview the program says it; without one, or after it, this line is the last word.
    if (Array.isArray(inputs.__twins))
      say(`warning: ${twinWarning(name ?? "", inputs.__twins as string[])}`);
    const created = await createFlow(service, inputs);
    tellAltered(created, flowTitle({ name, id: created.id }));
    return { id: created.id, outs: clean(created.state) };
  } catch (error) {
    throw asFailure(error, { doing: "creating", name }, service.settings);
  }
}

async function takeOver(
  service: Service,
  id: string,
  inputs: FlowInputs,
): Promise<{ id: string; outs: FlowState }> {
  const document = await findAdoptee(service, id, inputs);
  if (document === undefined)
    throw new Failure(
      `adopting flow ${id} failed: it does not exist. Next: correct the id, or remove the \`import\` option.`,
    );
  const problems = adoptionProblems(document, inputs);
  if (problems.length > 0) {
    throw new Failure(
      [
        `adopting ${flowTitle({ name: nameOf(document), id })} failed: the program differs from it:`,
        ...problems.map((one) => `  - ${problemLine(one)}`),
      ].join("\n"),
    );
  }
  adopted.add(id);
  service.claimed.add(id);
  return { id, outs: clean(adopt(service, document, inputs).state) };
}

/** Writes what changed. */
export function update(
  id: string,
  olds: FlowState,
  news: FlowInputs,
): Promise<{ outs: FlowState }> {
  const name = nameOf(olds) ?? nameOf(news);
  return guarded("updating", id, olds, async (service) => {
    const title = flowTitle({ name, id });
    try {
      const updated = await updateFlow(service, {
        id,
        title,
        state: olds,
        inputs: withDefaults(news),
      });
      tellAltered(updated, title);
      return { outs: clean(conceal(updated.state)) };
    } catch (error) {
      if (!isApiError(error, "notFound") || !isAboutFlow(error.info, id)) throw error;
      throw new Failure(
        `${explain(error, { doing: "updating", name, id }, service.settings)}\n` +
          "If it was deleted: run `pulumi refresh`, then `pulumi up` makes it anew. A new flow starts without the old one's last export time; the service keeps deleted flows in its recycle bin for 30 days.",
      );
    }
  });
}

/** Deletes the flow, unless it is the one that was just adopted. */
export async function remove(id: string, props: FlowState): Promise<void> {
  if (adopted.has(id) || isStanding(id)) {
    say(
      `${flowTitle({ name: nameOf(props), id })} was adopted and is kept; only the stack's old record of it is removed`,
    );
    return;
  }
  await guarded("deleting", id, props, (service) =>
    deleteFlow(service, id, flowTitle({ name: nameOf(props), id })),
  );
}

/** Reads the flow; an empty id tells the engine that it is gone. */
export function read(
  id: string,
  props: FlowState,
): Promise<{ id: string; props: FlowState; inputs?: Record<string, unknown> }> {
  return guarded("reading", id, props, async (service) => {
    if (isFirstRead(props)) {
      const document = await findAdoptee(service, id, {});
      if (document === undefined)
        throw new Failure(
          `reading flow ${id} failed: there is no such flow at ${service.settings.origin}. Next: correct the id.`,
        );
      return { id, props: clean(wholeState(document)) };
    }
    const found = await readFlow(service, id, props);
    if (found === undefined) return { id: "", props: {} };
    return {
      id,
      props: clean(found.state),
      ...(found.inputs !== undefined && { inputs: clean(found.inputs) }),
    };
  });
}

/** A flow that is got, not refreshed, has no outputs yet: a missing one is then an error, not a deletion. */
function isFirstRead(props: FlowState): boolean {
  return Object.entries(props).every(
    ([key, value]) => key === "__provider" || value === undefined || value === null,
  );
}

/** Whether a 404 speaks of the flow itself, and not of an export or import that it names. */
function isAboutFlow({ path, complaints }: ApiErrorInfo, id: string): boolean {
  if (complaints.some(({ message }) => /\b(export|import)\b/i.test(message))) return false;
  return path.endsWith(`/flows/${encodeURIComponent(id)}`);
}

function tellAltered({ altered, kept }: Settled, title: string): void {
  if (altered.length > 0)
    say(
      `warning: ${title}: the service did not take ${altered.join(", ")} as the program has it; what it made of it counts as in sync`,
    );
  if (kept.length > 0)
    say(
      `warning: ${title}: the service does not clear ${kept.join(", ")}; what it keeps counts as in sync`,
    );
}

/** An `undefined` anywhere in what the engine gets would orphan the flow (design.md 2). */
function clean<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
