import { equal, isRecord } from "./normal";
import { FREE } from "./shape";

/** One place in which two values differ. */
export interface Place {
  /** Property path, e.g. `routers[0].branches[1].name`. */
  readonly path: string;
  readonly left: unknown;
  readonly right: unknown;
}

/**
 * The places in which two values differ: the whole of them where it is short enough to be read, otherwise the members that
 * differ, as deep as it takes. Pure.
 *
 * @param isShort - whether a value can be read as a whole
 */
export function narrow(whole: Place, isShort: (value: unknown) => boolean): Place[] {
  const { path, left, right } = whole;
  if (isShort(left) && isShort(right)) return [whole];
  const isList = Array.isArray(left) && Array.isArray(right);
  if (!isList && !(isRecord(left) && isRecord(right))) return [whole];
  const [mine, theirs] = [left, right] as [Record<string, unknown>, Record<string, unknown>];
  return Object.keys({ ...mine, ...theirs }).flatMap((key) => {
    const inner = {
      path: `${path}${isList ? `[${key}]` : `.${key}`}`,
      left: mine[key],
      right: theirs[key],
    };
    return equal(FREE, inner.left, inner.right) ? [] : narrow(inner, isShort);
  });
}
