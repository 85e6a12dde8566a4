import type { Json } from "../api/types";
import { fromWire, memberKeys, prune } from "./convert";
import { equal } from "./normal";
import type { ListShape } from "./shape";

/**
 * Keys of members in API names, such that a member has the key of the one in `old` that it is: told by what the table says,
 * and where several share that (two steps with one import), by being equal before being in the same place. Pure.
 */
export function pairedKeys(
  shape: ListShape,
  members: readonly Json[],
  old: readonly Json[],
): string[] {
  const keys = memberKeys(shape, members, "wire");
  const oldKeys = memberKeys(shape, old, "wire");
  if ([...keys, ...oldKeys].every((key) => key.endsWith("#0"))) return keys;

  const free = new Set(oldKeys);
  const take = (index: number, found: string | undefined): boolean => {
    if (found === undefined) return false;
    keys[index] = found;
    return free.delete(found);
  };
  const rest = members.flatMap((member, index) => {
    const equals = oldKeys.find(
      (key, at) =>
        free.has(key) && base(key) === base(keys[index] ?? "") && isSame(shape, member, old[at]),
    );
    return take(index, equals) ? [] : [index];
  });
  let further = oldKeys.length;
  for (const index of rest) {
    const own = base(keys[index] ?? "");
    const taken = take(
      index,
      [...free].find((key) => base(key) === own),
    );
    if (!taken) keys[index] = `${own}#${String(further++)}`;
  }
  return keys;
}

function base(key: string): string {
  return key.slice(0, key.lastIndexOf("#"));
}

/** Whether a member says what the old one said; what the service added to it does not count. */
function isSame(shape: ListShape, member: Json, old: Json | undefined): boolean {
  if (old === undefined) return false;
  const before = fromWire(shape.of, old);
  return equal(shape.of, prune(shape.of, fromWire(shape.of, member), before), before);
}
