import { likelySpelling } from "./likely-spelling";

/** Abbreviations that JavaScript takes and the IANA list does not have; several mean different zones in different places. */
const ABBREVIATIONS = new Set(
  "ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST".split(
    " ",
  ),
);

/** A name as the IANA list writes it: each part begins with a capital, `America/Port_of_Spain`, `Etc/GMT+12`. */
const WRITTEN = /^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/;

let names: readonly string[] | undefined;
const answers = new Map<string, string | undefined>();

/** Why a text is no IANA time zone, with the likely one, or `undefined` when it is one. Pure. */
export function zoneProblem(zone: string): string | undefined {
  // Thousands of flows share a few zones, and each look costs as much as all other checks of a flow.
  if (!answers.has(zone)) answers.set(zone, findProblem(zone));
  return answers.get(zone);
}

function findProblem(zone: string): string | undefined {
  names ??= [...Intl.supportedValuesOf("timeZone"), "UTC"];
  if (names.includes(zone)) return undefined;
  const plain = zone.trim().toLowerCase().replaceAll(" ", "_");
  const meant = names.find((one) => one.toLowerCase() === plain);
  const known = canonicalZone(zone);
  // Names that others replaced (`US/Pacific`) are not in the list of the present ones.
  if (known !== undefined && meant === undefined && WRITTEN.test(zone) && !ABBREVIATIONS.has(zone))
    return undefined;
  const likely = meant ?? (known === zone ? undefined : known) ?? likelySpelling(zone, names);
  const hint =
    likely === undefined ? ', e.g. "America/Los_Angeles"' : `; did you mean "${likely}"?`;
  return `"${zone}" is no IANA time zone${hint}`;
}

function canonicalZone(zone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
