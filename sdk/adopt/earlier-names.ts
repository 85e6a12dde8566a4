/** Names that an earlier run gave, read back from the files that it wrote. */
export interface EarlierNames {
  /** Resource names by flow id. */
  readonly resources: ReadonlyMap<string, string>;
  /** Constants of ids, each an identifier with its id; an export and an import may have the same id. */
  readonly constants: readonly (readonly [identifier: string, id: string])[];
}

/**
 * Reads names back from generated programs, so that they stay whatever comes or goes: the name of a resource is its identity
 * in the stack. Where a person has rewritten a flow beyond recognition, its name is chosen anew. Pure.
 */
export function earlierNames(texts: readonly string[]): EarlierNames {
  const resources = new Map<string, string>();
  const constants: [string, string][] = [];
  for (const text of texts) {
    for (const statement of text.split(/^(?=(?:(?:export )?const \S+ = )?new celigo\.Flow\()/m)) {
      const name = /^(?:(?:export )?const \S+ = )?new celigo\.Flow\(\s*"([^"\\]+)",/.exec(
        statement,
      )?.[1];
      const id = /\bimport: "([^"\\]+)",\s*protect: true\b/.exec(statement)?.[1];
      if (name !== undefined && id !== undefined) resources.set(id, name);
    }
    for (const [, identifier = "", id = ""] of text.matchAll(
      /^(?:export )?const (\S+) =\s+"([^"\\]+)";/gm,
    ))
      constants.push([identifier, id]);
  }
  return { resources, constants };
}

/** Identifiers by id that end with, or consist of, what they are: `customerSyncExport`, `export9f3c2a`. Pure. */
export function earlierConstants(
  { constants }: EarlierNames,
  kind: string,
): ReadonlyMap<string, string> {
  const isOfKind = new RegExp(`(${kind}|^${kind.toLowerCase()})[0-9a-z]*$`);
  return new Map(
    constants
      .filter(([identifier]) => isOfKind.test(identifier))
      .map(([identifier, id]) => [id, identifier]),
  );
}
