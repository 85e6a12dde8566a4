import * as pulumi from "@pulumi/pulumi";

import { FLOW_FIELDS } from "../provider/flow/fields";
import { twinWarning } from "../provider/flow/twins";
import type { FlowArgs } from "./flow-args";

/** Fields that a warning is about; outputs among them are waited for. */
const WATCHED = ["name", "description", "schedule", "timezone", "pageGenerators"] as const;

/**
 * Warns, on the resource itself, of what is allowed and probably not meant: a schedule without a zone (sources differ on what
 * the service then takes, `api-facts.md` 1.2), texts longer than documented (contract.md 5.4).
 */
export function warnAbout(flow: pulumi.Resource, args: FlowArgs): void {
  const watched = WATCHED.map((name) => args[name]);
  const say = (values: readonly unknown[]): void => {
    for (const line of warningsFor(
      Object.fromEntries(WATCHED.map((name, index) => [name, values[index]])),
    )) {
      void pulumi.log.warn(line, flow);
    }
  };
  // Plain values are the rule, and outputs cost time with many flows.
  if (watched.every((value) => isPlain(value))) say(watched);
  else pulumi.all(watched).apply(say);
}

/**
 * Warns, in a preview, of a new flow that the service may start as soon as it is made (`api-facts.md` 6 #4). That a flow is new
 * shows by its id, which a preview does not know.
 */
export function warnOfStart(flow: pulumi.CustomResource, args: FlowArgs): void {
  const { schedule: own, pageGenerators } = args;
  // Plain values are the rule, and outputs cost time with many flows.
  const isPlainlyIdle = isPlain([own, pageGenerators]) && !isScheduled(own, pageGenerators);
  if (!pulumi.runtime.isDryRun() || isPlainlyIdle || args.disabled === true) return;
  const { isKnown } = flow.id as unknown as { isKnown: Promise<boolean> };
  pulumi.all([own, pageGenerators, args.disabled]).apply(([schedule, generators, disabled]) => {
    if (!isScheduled(schedule, generators) || disabled === true) return;
    void isKnown.then((known) => {
      if (known) return;
      void pulumi.log.warn(
        "the new flow is enabled and has a schedule; the service may start it as soon as it is made. To prevent that, set `disabled: true` for now.",
        flow,
      );
    });
  });
}

/**
 * Warns, in a preview, of a new flow whose name its integration already has (contract.md 5.4). The provider's `check` looks
 * them up; in a preview of a creation the engine hands the checked inputs back to the program, where the resource is known.
 */
export function warnOfTwins(flow: pulumi.CustomResource): void {
  const { __twins: found, name } = flow as unknown as Readonly<
    Record<string, pulumi.Output<unknown> | undefined>
  >;
  if (!pulumi.runtime.isDryRun() || found === undefined) return;
  pulumi.all([found, name]).apply(([twins, title]) => {
    const ids = (twins as readonly string[] | undefined) ?? [];
    if (ids.length > 0) void pulumi.log.warn(twinWarning(String(title), ids), flow);
  });
}

/** The warnings for plain values, one line each. */
function warningsFor(values: Readonly<Record<string, unknown>>): string[] {
  const lines: string[] = [];
  const { schedule, timezone, pageGenerators } = values;
  if (isScheduled(schedule, pageGenerators) && !isText(timezone)) {
    lines.push(
      "the schedule has no time zone; which one the service takes then differs by source (UTC, the owner's, the integration's). Set `timezone`, e.g. \"America/Los_Angeles\".",
    );
  }
  for (const name of ["name", "description"] as const) {
    const value = values[name];
    const { longest } = FLOW_FIELDS[name].shape;
    if (typeof value === "string" && value.length > longest) {
      lines.push(
        `\`${name}\` has ${String(value.length)} characters; the service documents at most ${String(longest)}.`,
      );
    }
  }
  return lines;
}

/** Whether the flow runs by itself: by its own schedule or by one of a source's. */
function isScheduled(schedule: unknown, generators: unknown): boolean {
  const sources: readonly unknown[] = Array.isArray(generators) ? generators : [];
  return (
    isText(schedule) ||
    sources.some(
      (one) => typeof one === "object" && one !== null && "schedule" in one && isText(one.schedule),
    )
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

/** Whether a value holds no output and no promise, however deep. */
export function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return false;
  return Object.values(value).every((member) => isPlain(member));
}
