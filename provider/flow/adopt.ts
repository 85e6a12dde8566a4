import type { FlowDocument, Json } from "../api/types";
import { AllGoneError } from "../all-gone";
import type { Service } from "../service";
import { isAbsent, isIgnored, isSaid, sameField } from "./compare";
import { narrow } from "./narrow";
import { equal, isRecord, normal } from "./normal";
import { pathSteps, without } from "./property-path";
import { settle, type Settled } from "./settle";
import { FREE } from "./shape";
import {
  FIELD_NAMES,
  type FieldName,
  type FlowInputs,
  liveFields,
  saidNames,
  shapeOf,
  toBody,
} from "./state";
import type { Problem } from "./validate";

/** The flow that the `import` option names, or `undefined` when there is none. */
export async function findAdoptee(
  service: Service,
  id: string,
  inputs: FlowInputs,
): Promise<FlowDocument | undefined> {
  const integration = inputs["integrationId"];
  try {
    const document = await service.flows.load({
      id,
      integrationId: typeof integration === "string" ? integration : undefined,
      has: saidNames(toBody(inputs)),
    });
    return document as FlowDocument | undefined;
  } catch (error) {
    if (error instanceof AllGoneError) return undefined;
    throw error;
  }
}

/**
 * Where the program's arguments differ from a flow that is to be adopted: each field with both values (contract.md 3). What
 * stands under `ignoreChanges` is no difference. Pure.
 */
export function adoptionProblems(document: FlowDocument, inputs: FlowInputs): Problem[] {
  const live = liveFields(document, inputs);
  return FIELD_NAMES.flatMap((name) => {
    const [declared, now] = withoutIgnored(name, inputs[name], live[name], inputs.__ignoreChanges);
    const same = isSaid(declared) ? sameField(name, declared, now) : isAbsent(name, now);
    if (same) return [];
    const isSecret = Array.isArray(inputs.__secrets) && inputs.__secrets.includes(name);
    return isSecret
      ? [{ path: name, reason: withoutValues(declared, now) }]
      : bothValues(name, declared, now);
  });
}

/** Outputs of a flow that was adopted as it is. */
export function adopt(service: Service, document: FlowDocument, inputs: FlowInputs): Settled {
  const origin = service.settings.loopback ? undefined : service.settings.origin;
  return settle(inputs, document, { origin, adoptedIgnoring: inputs.__ignoreChanges ?? [] });
}

function withoutIgnored(
  name: FieldName,
  declared: unknown,
  live: Json | undefined,
  paths: unknown,
): [unknown, Json | undefined] {
  if (isIgnored(name, wholePaths(paths))) return [undefined, undefined];
  if (!Array.isArray(paths)) return [declared, live];
  return paths.reduce<[unknown, Json | undefined]>(
    ([left, right], path) => {
      const steps = typeof path === "string" ? pathSteps(path) : [];
      if (steps[0] !== name || steps.length < 2) return [left, right];
      return [without(left, steps.slice(1)), without(right, steps.slice(1)) as Json | undefined];
    },
    [declared, live],
  );
}

function wholePaths(paths: unknown): unknown[] {
  return Array.isArray(paths)
    ? paths.filter(
        (path) => typeof path === "string" && (path === "*" || pathSteps(path).length === 1),
      )
    : [];
}

/** Where the program has a secret, the live value may be the same one of another time: neither is shown. */
function withoutValues(declared: unknown, now: Json | undefined): string {
  const known = isRecord(declared) ? declared : {};
  const live = isRecord(now) ? now : {};
  const keys = Object.keys({ ...known, ...live }).filter(
    (key) => !equal(FREE, known[key], live[key]),
  );
  const where = keys.length === 0 ? "" : `, in ${keys.join(", ")}`;
  return `the program has a secret there, and the live flow has something else${where} (values not shown)`;
}

/** Of values too long to be read, only the members that differ. */
function bothValues(name: FieldName, declared: unknown, now: Json | undefined): Problem[] {
  const shape = shapeOf(name);
  const whole = { path: name, left: declared, right: now };
  const isOrdered = shape.kind !== "list" || shape.unordered !== true;
  const places =
    [declared, now].every(isShort) || !isOrdered
      ? [whole]
      : narrow({ path: name, left: normal(shape, declared), right: normal(shape, now) }, isShort);
  return places.map(({ path, left, right }) => ({
    path,
    reason: `the program has ${show(left, path)}, the live flow has ${show(right, path)}`,
  }));
}

function isShort(value: unknown): boolean {
  return value === undefined || JSON.stringify(value).length <= LONGEST;
}

const LONGEST = 300;

/** Names under which secrets stand; a message is no place for their values. */
const SECRET = /pass(word|phrase)?|secret|token|credential|api_?key|private_?key|authorization/i;

function show(value: unknown, path: string): string {
  if (value === undefined || value === null) return "nothing";
  const own = pathSteps(path).at(-1) ?? "";
  const text = JSON.stringify(value, (key, member: unknown) =>
    typeof member === "string" && SECRET.test(key === "" ? own : key) ? "(not shown)" : member,
  );
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
