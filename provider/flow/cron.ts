/**
 * A schedule as one text per meaning: the 6-field form of the reported service (`? 0 2 ? * *`) and the 5-field form of the
 * specification (`0 2 * * *`) give the same (contract.md 3, `api-facts.md` 4). Pure; what is no cron comes back trimmed.
 */
export function canonicalCron(text: string): string {
  const fields = text.trim().split(/\s+/);
  if (fields.length === 6 && fields[0] === "?") fields.shift();
  if (fields.length !== 5) return fields.join(" ");
  return fields.map((field) => (field === "?" ? "*" : field.toUpperCase())).join(" ");
}

/**
 * The same schedule in the other form, for a service that takes only one (design.md, issue "both worlds"); `undefined`
 * where the text has neither form.
 */
export function otherCronForm(text: string): string | undefined {
  const fields = text.trim().split(/\s+/);
  if (fields.length === 5) return ["?", ...fields].join(" ");
  if (fields.length === 6 && fields[0] === "?") {
    return fields
      .slice(1)
      .map((field) => (field === "?" ? "*" : field))
      .join(" ");
  }
  return undefined;
}
