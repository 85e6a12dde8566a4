import type { FlowDocument } from "../../provider/api/types";
import { ownerOf } from "./layout";
import type { ImportPlan, PlannedKind, PlannedResource } from "./plan";
import { stepsOf } from "./references";

/** GitHub draws no diagram with more than 500 edges or 50,000 characters; a part stays below both. */
const MOST_EDGES = 400;
const MOST_CHARACTERS = 40_000;

interface Edge {
  readonly from: string;
  readonly to: string;
  /** A chain from flow to flow. */
  readonly isChain: boolean;
}

/** What one flow contributes: nodes by their names, and edges between them. */
interface Piece {
  readonly nodes: ReadonlyMap<string, string>;
  readonly edges: readonly Edge[];
}

/**
 * A page of Mermaid diagrams, one per integration: exports, flows, imports and chains. Names of nodes come from ids, so that
 * the picture of a flow stays as it is when others come or go. Pure.
 */
export function diagramOf(plan: ImportPlan): string {
  const names = namesOf(plan);
  const owners = new Map(plan.integrations.map(({ id, name }) => [id, name ?? id]));
  const groups = new Map<string, FlowDocument[]>();
  for (const flow of [...plan.flows].sort(
    by((one) => `${names.get(`flows ${one._id}`) ?? ""} ${one._id}`),
  )) {
    groups.set(ownerOf(flow), [...(groups.get(ownerOf(flow)) ?? []), flow]);
  }
  const titled = [...groups].map(([owner, flows]) => ({
    title: owner === "" ? "Flows without an integration" : (owners.get(owner) ?? owner),
    owner,
    flows,
  }));
  const sections = titled
    .sort(by(({ title, owner }) => `${owner === "" ? "~" : ""}${title} ${owner}`))
    .map(({ title, flows }) => {
      const parts = partsOf(flows.map((flow) => pieceOf(flow, names)));
      return `## ${heading(title)}\n\n${parts.map((part) => `\`\`\`mermaid\n${part}\`\`\`\n`).join("\n")}`;
    });
  return [
    "# Flows\n",
    "An arrow is the way of the records, a dotted arrow a chain: the flow that is started next.\n",
    ...sections,
  ].join("\n");
}

function pieceOf(flow: FlowDocument, names: ReadonlyMap<string, string>): Piece {
  const nodes = new Map<string, string>();
  const edges: Edge[] = [];
  const node = (kind: PlannedKind, id: string): string => {
    const key = nodeName(kind, id);
    nodes.set(key, shapeOf(kind, label(names.get(`${kind} ${id}`) ?? id)));
    return key;
  };
  const self = node("flows", flow._id);
  for (const id of sourcesOf(flow))
    edges.push({ from: node("exports", id), to: self, isChain: false });
  for (const { kind, id } of stepsOf(flow))
    edges.push({ from: self, to: node(kind, id), isChain: false });
  for (const id of chainedFrom(flow))
    edges.push({ from: self, to: node("flows", id), isChain: true });
  return { nodes, edges: distinct(edges) };
}

function sourcesOf(flow: FlowDocument): string[] {
  const generators = Array.isArray(flow["pageGenerators"]) ? flow["pageGenerators"] : [];
  return [
    flow["_exportId"],
    ...generators.map((one) => (one as { _exportId?: unknown } | null)?._exportId),
  ].filter((id) => typeof id === "string");
}

function chainedFrom(flow: FlowDocument): string[] {
  const next = [flow["_runNextFlowIds"]].flat();
  const starts = [flow["_runNextExportIds"]]
    .flat()
    .map((start) => (start as { _flowId?: unknown } | null | undefined)?._flowId);
  return [...new Set([...next, ...starts].filter((id) => typeof id === "string"))].sort();
}

/** Pieces packed into as few diagrams as GitHub draws. */
function partsOf(pieces: readonly Piece[]): string[] {
  const parts: string[] = [];
  let nodes = new Map<string, string>();
  let edges: Edge[] = [];
  const close = (): void => {
    if (nodes.size > 0) parts.push(partText(nodes, edges));
    nodes = new Map();
    edges = [];
  };
  for (const piece of pieces) {
    const both = new Map([...nodes, ...piece.nodes]);
    if (
      nodes.size > 0 &&
      (edges.length + piece.edges.length > MOST_EDGES ||
        partText(both, [...edges, ...piece.edges]).length > MOST_CHARACTERS)
    ) {
      close();
      [nodes, edges] = [new Map(piece.nodes), [...piece.edges]];
    } else [nodes, edges] = [both, [...edges, ...piece.edges]];
  }
  close();
  return parts;
}

function partText(nodes: ReadonlyMap<string, string>, edges: readonly Edge[]): string {
  const lines = [...nodes].map(([key, text]) => `  ${key}${text}\n`).sort();
  const arrows = distinct(edges)
    .map(({ from, to, isChain }) => `  ${from} ${isChain ? "-.->" : "-->"} ${to}\n`)
    .sort();
  return `flowchart LR\n${lines.join("")}${arrows.join("")}`;
}

function distinct(edges: readonly Edge[]): Edge[] {
  return [...new Map(edges.map((edge) => [JSON.stringify(edge), edge])).values()];
}

/** Ids are opaque: what Mermaid would not take in a name is written as its code. */
function nodeName(kind: PlannedKind, id: string): string {
  return `${kind.slice(0, -1)}_${id.replaceAll(/[^A-Za-z0-9]/gu, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`)}`;
}

function shapeOf(kind: PlannedKind, text: string): string {
  if (kind === "exports") return `(["${text}"])`;
  return kind === "imports" ? `[("${text}")]` : `["${text}"]`;
}

/** Anything but letters, digits and plain punctuation as Mermaid's own code for it; long names are cut. */
function label(text: string): string {
  const [...characters] = text.replaceAll(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, " ").trim();
  const short = characters.length > 80 ? [...characters.slice(0, 79), "…"] : characters;
  const coded = short.map((character) =>
    /[\p{L}\p{M}\p{N} .,:()→–—/+-]/u.test(character)
      ? character
      : `#${String(character.codePointAt(0))};`,
  );
  // Mermaid takes "1. …" and "- …" for Markdown lists, and refuses to draw them.
  const plain = coded
    .join("")
    .replace(
      /^(\d*)([-+.)])/,
      (_, digits: string, mark: string) => `${digits}#${String(mark.charCodeAt(0))};`,
    );
  return plain === "" ? " " : plain;
}

function heading(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, " ").trim();
  return line === "" ? "Unnamed integration" : line.replaceAll(/[\\`*_{}[\]<>#|~!&]/g, "\\$&");
}

function namesOf(plan: ImportPlan): ReadonlyMap<string, string> {
  const resources = { exports: plan.exports, imports: plan.imports, flows: plan.otherFlows };
  const entries = Object.entries(resources).flatMap(
    ([kind, members]: [string, readonly PlannedResource[]]) =>
      members.map(({ id, name }) => [`${kind} ${id}`, name ?? id] as const),
  );
  return new Map([
    ...entries,
    ...plan.flows.map(
      ({ _id, name }) => [`flows ${_id}`, typeof name === "string" ? name : _id] as const,
    ),
  ]);
}

function by<T>(key: (member: T) => string): (left: T, right: T) => number {
  return (left, right) => (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0);
}
