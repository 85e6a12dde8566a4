/** Members in the order of their dependencies, those of a cycle together. */
export interface Order {
  /** Each before those that depend on it; otherwise in the order given. */
  readonly sorted: readonly string[];
  /** For each member of a cycle, all of them; a member that depends on itself is a cycle of one. */
  readonly cycles: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Visit {
  readonly index: number;
  low: number;
  onStack: boolean;
}

/**
 * Orders a graph, cycles allowed, by Tarjan's algorithm, whose components come out with what they depend on before them.
 * The same for every order of the dependencies. Pure.
 *
 * @param members - in the order that decides between equals
 * @param dependencies - by member; what is no member is ignored
 */
export function orderOf(
  members: readonly string[],
  dependencies: (member: string) => Iterable<string>,
): Order {
  const known = new Set(members);
  const rank = new Map(members.map((member, index) => [member, index]));
  const edges = (member: string): string[] =>
    [...new Set(dependencies(member))]
      .filter((one) => known.has(one))
      .sort((left, right) => (rank.get(left) ?? 0) - (rank.get(right) ?? 0));
  const visits = new Map<string, Visit>();
  const stack: string[] = [];
  const sorted: string[] = [];
  const cycles = new Map<string, ReadonlySet<string>>();

  const close = (member: string, isLoop: boolean): void => {
    const component = stack.splice(stack.indexOf(member));
    for (const one of component) {
      const visit = visits.get(one);
      if (visit !== undefined) visit.onStack = false;
    }
    const whole = component.sort((left, right) => (rank.get(left) ?? 0) - (rank.get(right) ?? 0));
    sorted.push(...whole);
    if (whole.length > 1 || isLoop) for (const one of whole) cycles.set(one, new Set(whole));
  };
  const visit = (member: string): Visit => {
    const own: Visit = { index: visits.size, low: visits.size, onStack: true };
    visits.set(member, own);
    stack.push(member);
    const next = edges(member);
    for (const dependency of next) {
      const seen = visits.get(dependency);
      if (seen === undefined) own.low = Math.min(own.low, visit(dependency).low);
      else if (seen.onStack) own.low = Math.min(own.low, seen.index);
    }
    if (own.low === own.index) close(member, next.includes(member));
    return own;
  };
  for (const member of members) if (!visits.has(member)) visit(member);
  return { sorted, cycles };
}
