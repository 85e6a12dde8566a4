import { distance } from "fastest-levenshtein";

/** The name that somebody who wrote `name` most likely meant: case, underscores, plurals and slips of the finger. */
export function likelySpelling(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string): string =>
    text.replaceAll(/[_-]/g, "").toLowerCase().replace(/ies$/, "y");
  const meant = known.find((candidate) => plain(candidate) === plain(name));
  if (meant !== undefined) return meant;
  const near = known
    .map((candidate) => ({ candidate, away: distance(plain(candidate), plain(name)) }))
    .filter(({ candidate, away }) => away <= 2 && away < candidate.length / 3)
    .sort((left, right) => left.away - right.away);
  return near[0]?.candidate;
}
