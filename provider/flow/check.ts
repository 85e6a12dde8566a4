import { explain } from "../explain";
import type { Service } from "../service";
import { adoptionProblems, findAdoptee } from "./adopt";
import { checkReferences } from "./references";
import type { FlowInputs } from "./state";
import { findTwins } from "./twins";
import { hasUnknown } from "./unknown";
import type { Problem } from "./validate";
import { validateFlow } from "./validate-flow";

/**
 * Ids of flows that stand under an `import` option in the program that runs now. The engine deletes at the end of an update,
 * also what an earlier, interrupted one left pending, so by then every such id is here and its flow is spared.
 */
const standing = new Set<string>();

/** Whether a flow was adopted and is kept by the program that runs now, so that it must not be deleted. */
export function isStanding(id: string): boolean {
  return standing.has(id);
}

/** Inputs with the defaults that a comparison needs. */
export function withDefaults(inputs: FlowInputs): FlowInputs {
  return inputs["disabled"] === undefined || inputs["disabled"] === null
    ? { ...inputs, disabled: false }
    : inputs;
}

/** What a look at a flow before anything is written came to. */
export interface Checked {
  readonly problems: readonly Problem[];
  /** Ids of the flows that have a new flow's name in its integration. */
  readonly twins: readonly string[];
}

/**
 * Everything that is wrong with a flow before anything is written (contract.md 5.4): what the inputs alone tell, and what only
 * the service knows.
 *
 * @param olds - inputs of the last deployment; empty for a new resource and for a replacement
 */
export async function checkFlow(
  service: Service,
  olds: FlowInputs,
  news: FlowInputs,
): Promise<Checked> {
  const isNew = Object.keys(olds).every((key) => key === "__provider");
  const { __import: adoptee } = news;
  const problems = [...validateFlow(news), ...validateImport(adoptee)];
  const sound = problems.length === 0;
  if (sound && typeof adoptee === "string") {
    const adoption = isNew ? await checkAdoption(service, adoptee, news) : [];
    if (adoption.length === 0) standing.add(adoptee);
    if (isNew) return { problems: adoption, twins: [] };
  }
  if (!service.settings.checkReferences) return { problems, twins: [] };
  const [missing, twins] = await Promise.all([
    checkReferences(service, olds, news),
    sound && isNew ? findTwins(service, news) : [],
  ]);
  return { problems: [...problems, ...missing], twins };
}

function validateImport(id: unknown): Problem[] {
  if (id === undefined || (typeof id === "string" && id.trim() !== "")) return [];
  return [{ path: "import", reason: "must be the id of an existing flow, known in the preview" }];
}

async function checkAdoption(service: Service, id: string, inputs: FlowInputs): Promise<Problem[]> {
  if (standing.has(id)) {
    return [
      {
        path: "import",
        reason:
          `names flow "${id}", which another resource of this program has, or which is about to be replaced: it cannot be adopted once more. ` +
          "Next: to keep it, take away what forces the replacement (replaceOnChanges, or the change itself); to really replace it, take the `import` option out first",
      },
    ];
  }
  try {
    const document = await findAdoptee(service, id, inputs);
    if (document === undefined) {
      return [
        {
          path: "import",
          reason: `names flow "${id}", which does not exist (any more). Next: correct the id, or remove the \`import\` option to have the flow made anew`,
        },
      ];
    }
    // An unknown value will be compared when it is known, before anything is adopted.
    const known = Object.fromEntries(
      Object.entries(inputs).filter(([, value]) => !hasUnknown(value)),
    );
    const open = new Set(Object.keys(inputs).filter((key) => !(key in known)));
    return adoptionProblems(document, known).filter(({ path }) => !open.has(path));
  } catch (error) {
    return [{ path: "import", reason: explain(error, { doing: "reading", id }, service.settings) }];
  }
}
