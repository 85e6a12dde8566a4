/** Something that needs a name of its own. */
export interface Nameable {
  /** Its id in the service. */
  readonly id: string;
  /** When it was made, as the service words it. Absent: after those that say. */
  readonly createdAt?: string | undefined;
  /** The name that it should have; empty where its display name holds no letter or digit. */
  readonly wanted: string;
}

/** How names are told apart. */
export interface NamingRules {
  /** In place of an empty name, always followed by a piece of the id. */
  readonly fallback: string;
  /** Between a name and a piece of an id. */
  readonly separator: string;
  /** Names given earlier, by id: kept, whatever else comes or goes. */
  readonly earlier?: ReadonlyMap<string, string> | undefined;
  /** Names that nobody may have. */
  readonly taken?: ReadonlySet<string> | undefined;
}

/** Longest name taken over from a display name, in characters. */
const LONGEST = 60;

/**
 * One name for each, by id. Of those that want the same name the oldest has it plain and the others get a piece of their id,
 * so that a flow which is added later, or listed in another order, renames nobody. Pure.
 */
export function uniqueNames(
  members: readonly Nameable[],
  { fallback, separator, earlier, taken }: NamingRules,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const used = new Set(taken);
  const give = (id: string, name: string): void => {
    names.set(id, name);
    used.add(name);
  };
  for (const { id } of members) {
    const kept = earlier?.get(id);
    if (kept !== undefined && !used.has(kept)) give(id, kept);
  }
  for (const { id, wanted } of [...members].sort(byAge)) {
    if (names.has(id)) continue;
    const base = wanted === "" ? fallback : wanted;
    const long = id.replaceAll(/[^A-Za-z0-9]/g, "").toLowerCase();
    const candidates = [
      ...(wanted === "" ? [] : [base]),
      `${base}${separator}${long.slice(-6)}`,
      `${base}${separator}${long}`,
    ];
    let name = candidates.find((candidate) => !used.has(candidate));
    for (let count = 2; name === undefined; count += 1) {
      const candidate = `${base}${separator}${long}${separator}${String(count)}`;
      if (!used.has(candidate)) name = candidate;
    }
    give(id, name);
  }
  return names;
}

/** A display name as part of a resource's name or a file's: `Customer Sync → NetSuite` gives `customer-sync-netsuite`. */
export function kebab(text: string): string {
  return shortened(wordsOf(text)).join("-");
}

/** A display name as an identifier that ends with what it is: `Customer Sync` gives `customerSyncExport`. */
export function identifier(text: string, kind: string): string {
  const words = shortened(wordsOf(text));
  const suffix = kind.toLowerCase();
  if (words.length === 0 || (words.length === 1 && words[0] === suffix)) return "";
  if (words.at(-1) !== suffix) words.push(suffix);
  const name = camel(words);
  return /^[\p{ID_Start}]/u.test(name) ? name : camel([suffix, ...words]);
}

/** Words as one identifier: `customer`, `sync` gives `customerSync`. */
export function camel(words: readonly string[]): string {
  return words.map((word, index) => (index === 0 ? word : capital(word))).join("");
}

/** Lower-case words of letters and digits; accents of Latin letters go, other scripts stay as they are. */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize("NFKC")
    .replaceAll(/\p{Script=Latin}/gu, (letter) =>
      letter.normalize("NFD").replaceAll(/\p{Mn}/gu, ""),
    );
  return (
    plain
      .replaceAll(/['’]/g, "")
      .toLowerCase()
      .match(/[\p{L}\p{Nd}][\p{L}\p{Nd}\p{M}]*/gu) ?? []
  ).filter((word) => word !== "");
}

function capital(word: string): string {
  const [first = "", ...rest] = word;
  return first.toUpperCase() + rest.join("");
}

function shortened(words: readonly string[]): string[] {
  const kept: string[] = [];
  let length = 0;
  for (const word of words) {
    if (length + word.length > LONGEST && kept.length > 0) break;
    kept.push(word.slice(0, LONGEST));
    length += word.length + 1;
  }
  return kept;
}

function byAge(left: Nameable, right: Nameable): number {
  const [a, b] = [left, right].map(({ createdAt, id }) => `${createdAt ?? "~"} ${id}`);
  return (a ?? "") < (b ?? "") ? -1 : 1;
}
