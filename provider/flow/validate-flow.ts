import { isSaid } from "./compare";
import { FLOW_FIELD_NAMES, FLOW_FIELDS, READ_ONLY } from "./fields";
import { likelySpelling } from "./likely-spelling";
import { isRecord } from "./normal";
import type { FlowInputs } from "./state";
import { describe, findMasks, isDraft, type Problem, validate } from "./validate";
import { hasUnknown, isUnknown } from "./unknown";

/** Everything that is wrong with a flow's inputs, all at once (contract.md 5.4). Pure. */
export function validateFlow(inputs: FlowInputs): Problem[] {
  return [
    ...requireName(inputs),
    ...FLOW_FIELD_NAMES.flatMap((name) => validate(FLOW_FIELDS[name].shape, inputs[name], name)),
    ...unknownKeys(inputs),
    ...validateSteps(inputs),
    ...validateRouters(inputs["routers"]),
    ...validateAliases(inputs["aliases"]),
    ...validateAdditional(inputs["additionalFields"]),
  ];
}

function requireName({ name }: FlowInputs): Problem[] {
  if (name === undefined || name === null) return [{ path: "name", reason: "is missing" }];
  return typeof name === "string" && name.trim() === ""
    ? [{ path: "name", reason: "is empty; a flow needs a name" }]
    : [];
}

function unknownKeys(inputs: FlowInputs): Problem[] {
  const known: readonly string[] = [...FLOW_FIELD_NAMES, "additionalFields"];
  return Object.entries(inputs).flatMap(([key, value]) => {
    if (key.startsWith("__") || known.includes(key) || value === undefined) return [];
    const meant = likelySpelling(key, known);
    const hint =
      meant === undefined
        ? "a raw field of the API goes into `additionalFields`"
        : `did you mean \`${meant}\`?`;
    return [{ path: key, reason: `is not known; ${hint}` }];
  });
}

/** Steps that contradict each other; `api-facts.md` 1.2a, 6 #14 and #26. */
function validateSteps(inputs: FlowInputs): Problem[] {
  const problems: Problem[] = [];
  const { pageGenerators, pageProcessors, routers, abstractFlowId } = inputs;
  if (isFilled(pageProcessors) && isFilled(routers)) {
    problems.push({
      path: "pageProcessors",
      reason: "stands beside `routers`; a flow has either steps in a line or branches",
    });
  }
  if (typeof abstractFlowId === "string" && !isUnknown(abstractFlowId)) {
    for (const [path, steps] of Object.entries({ pageGenerators, pageProcessors, routers })) {
      if (isFilled(steps))
        problems.push({
          path,
          reason:
            "stands in an instance of an abstract flow (`abstractFlowId`), which has no steps of its own; use `overrides`",
        });
    }
  }
  return [...problems, ...validateProcessors(pageProcessors, "pageProcessors")];
}

function validateProcessors(processors: unknown, path: string): Problem[] {
  if (!Array.isArray(processors)) return [];
  return processors.flatMap((processor: unknown, index) =>
    isRecord(processor) ? validateProcessor(processor, `${path}[${String(index)}]`) : [],
  );
}

/** What belongs to each kind of step, and what to the other. */
const STEP_KINDS = [
  { type: "import", title: 'an import (type "import")', needs: "importId", refuses: "exportId" },
  { type: "export", title: 'a lookup (type "export")', needs: "exportId", refuses: "importId" },
] as const;

function validateProcessor(processor: Record<string, unknown>, at: string): Problem[] {
  const kind = STEP_KINDS.find(({ type }) => type === processor["type"]);
  if (kind === undefined) return [];
  const { title, needs, refuses } = kind;
  const problems: Problem[] = [];
  if (!isSaid(processor[needs]) && !isDraft(processor))
    problems.push({ path: `${at}.${needs}`, reason: `is missing; ${title} needs it` });
  // A value that is not known yet may turn out to be nothing.
  if (isSaid(processor[refuses]) && !isUnknown(processor[refuses]))
    problems.push({ path: `${at}.${refuses}`, reason: `does not belong to ${title}` });
  return problems;
}

function validateRouters(routers: unknown): Problem[] {
  if (!Array.isArray(routers)) return [];
  const ids = routers.map((router: unknown) => (isRecord(router) ? router["id"] : router));
  const open = hasUnknown(ids);
  return routers.flatMap((router: unknown, index) => {
    if (!isRecord(router)) return [];
    const at = `routers[${String(index)}]`;
    const problems: Problem[] = [];
    const { id, branches } = router;
    if (id !== undefined && !isUnknown(id) && ids.indexOf(id) < index)
      problems.push({ path: `${at}.id`, reason: "is used by another router of this flow" });
    if (!Array.isArray(branches)) return problems;
    branches.forEach((branch: unknown, position) => {
      if (!isRecord(branch)) return;
      const where = `${at}.branches[${String(position)}]`;
      const { nextRouterId, pageProcessors } = branch;
      if (
        typeof nextRouterId === "string" &&
        !isUnknown(nextRouterId) &&
        !open &&
        !ids.includes(nextRouterId)
      ) {
        problems.push({
          path: `${where}.nextRouterId`,
          reason: `names "${nextRouterId}", which is no router of this flow`,
        });
      }
      problems.push(...validateProcessors(pageProcessors, `${where}.pageProcessors`));
    });
    return problems;
  });
}

/** An alias stands for one thing; `api-facts.md` 1.2. */
function validateAliases(aliases: unknown): Problem[] {
  if (!Array.isArray(aliases)) return [];
  return aliases.flatMap((alias: unknown, index) => {
    if (!isRecord(alias)) return [];
    const targets = Object.entries(alias).filter(([key, one]) => key !== "alias" && isSaid(one));
    // What is not known yet may turn out to be nothing, and a key that is not known here may be the target.
    if (targets.some(([key, value]) => isUnknown(value) || !key.endsWith("Id"))) return [];
    const path = `aliases[${String(index)}]`;
    const names = targets.map(([key]) => `\`${key}\``).join(" and ");
    if (targets.length > 1)
      return [{ path, reason: `has ${names}; an alias stands for one thing` }];
    const reason =
      "names nothing; write one of `exportId`, `importId`, `flowId`, `connectionId`, `lookupCacheId`";
    return targets.length === 0 ? [{ path, reason }] : [];
  });
}

function validateAdditional(additional: unknown): Problem[] {
  const path = "additionalFields";
  if (additional === undefined || additional === null || isUnknown(additional)) return [];
  if (!isRecord(additional))
    return [{ path, reason: `must be an object, not ${describe(additional)}` }];
  const byWire = new Map(
    FLOW_FIELD_NAMES.flatMap(
      (name) =>
        [
          [FLOW_FIELDS[name].wire as string, name],
          [name as string, name],
        ] as const,
    ),
  );
  return Object.entries(additional).flatMap(([key, value]) => {
    const at = `${path}.${key}`;
    const typed = byWire.get(key);
    if (typed !== undefined)
      return [{ path: at, reason: `has an argument of its own: \`${typed}\`` }];
    if (READ_ONLY.has(key)) return [{ path: at, reason: "is set by the service only" }];
    return findMasks(value, at);
  });
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
