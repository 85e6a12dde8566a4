/** What the engine puts in place of a value that a preview cannot know (design.md 2). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether `value` is not known until apply, as a whole. */
export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN;
}

/** Whether anything inside `value`, however deep, is not known until apply. */
export function hasUnknown(value: unknown): boolean {
  if (typeof value === "string") return value === UNKNOWN;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((member) => hasUnknown(member));
}
