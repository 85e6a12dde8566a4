import { createHash } from "node:crypto";

const TYPESCRIPT = /^\/\/ Written by `pulumi-celigo import`, content ([0-9a-f]{16})\. /;
const MARKDOWN = /^<!-- Written by `pulumi-celigo import`, content ([0-9a-f]{16})\. /;
const RULE = "Edit it as you like: from then on only --force overwrites it.";

/** Puts the line in front by which a later run knows whether a person has changed the text since. */
export function withMarker(path: string, text: string): string {
  const line = `Written by \`pulumi-celigo import\`, content ${hashOf(text)}. ${RULE}`;
  return path.endsWith(".md") ? `<!-- ${line} -->\n\n${text}` : `// ${line}\n\n${text}`;
}

/** What became of a file since: `ours` as it was written, `edited`, or `foreign`, which no import wrote. Line ends do not count. */
export function authorship(text: string): "ours" | "edited" | "foreign" {
  const plain = text.replaceAll("\r\n", "\n").replace(/^\ufeff/, "");
  const hash = (TYPESCRIPT.exec(plain) ?? MARKDOWN.exec(plain))?.[1];
  if (hash === undefined) return "foreign";
  return hashOf(plain.slice(plain.indexOf("\n") + 2)) === hash ? "ours" : "edited";
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
