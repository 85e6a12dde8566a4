import { readFileSync } from "node:fs";
import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { parseArgs } from "node:util";

import { raw } from "jq-wasm";

import { runFolder } from "../support/run-folder";

/** An issue or a comment. */
export interface Entry {
  readonly id: number;
  title: string;
  body: string;
  state: "open" | "closed";
  /** How often it was written. */
  writes: number;
}

interface Asked {
  readonly args: readonly string[];
  readonly cwd: string;
}

/** Hands its arguments to the test that started it, and does what that says. */
const GH = (port: number): string => `#!${process.execPath}
const body = JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd() });
fetch("http://127.0.0.1:${String(port)}", { method: "POST", body }).then(async (answer) => {
  process.stdout.write(await answer.text());
  process.exitCode = answer.ok ? 0 : 1;
});
`;

/** The part of GitHub that the workflows use, behind a `gh` that is put first on PATH. `--jq` is evaluated by jq. */
export class GitHub {
  readonly comments: Entry[] = [];
  readonly issues: Entry[] = [];
  readonly labels = new Set<string>();
  readonly #server: Server;
  /** Folder with `gh`. */
  bin = "";

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const asked = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Asked;
        this.#answer(asked).then(
          (text) => response.end(text),
          (error: unknown) => response.writeHead(500).end(`gh: ${String(error)}\n`),
        );
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.bin = await mkdtemp(path.join(runFolder(), "gh-"));
    const gh = path.join(this.bin, "gh");
    await writeFile(gh, GH((this.#server.address() as AddressInfo).port));
    await chmod(gh, 0o755);
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer({ args: [command = "", ...rest], cwd }: Asked): Promise<string> {
    if (command === "api") return this.#api(rest, cwd);
    const [verb = "", ...options] = rest;
    const { values, positionals } = parseArgs({
      args: [...options],
      allowPositionals: true,
      options: OPTIONS,
    });
    const body = values["body-file"] && readFileSync(path.join(cwd, values["body-file"]), "utf8");
    if (command === "label" && verb === "create") this.labels.add(positionals[0] ?? "");
    else if (command === "issue" && verb === "list") {
      const open = this.issues.filter(({ state }) => state === values.state);
      const listed = open.map(({ id, title }) => ({ number: id, title }));
      return jq(listed, values.jq);
    } else if (command === "issue" && verb === "create") {
      if (!this.labels.has(values.label ?? "")) throw new Error(`no label ${values.label ?? ""}`);
      this.issues.push(entry(this.issues.length + 1, values.title ?? "", body));
    } else if (command === "issue") {
      const issue = this.issues.find(({ id }) => id === Number(positionals[0]));
      if (issue === undefined) throw new Error(`no issue ${positionals[0] ?? ""}`);
      if (verb === "close") issue.state = "closed";
      else if (verb === "edit") write(issue, body);
      else throw new Error(`unknown command: issue ${verb}`);
    } else throw new Error(`unknown command: ${command} ${verb}`);
    return "";
  }

  async #api(args: readonly string[], cwd: string): Promise<string> {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: OPTIONS,
    });
    const [url = ""] = positionals;
    const file = /^body=@(.*)$/.exec(values.field ?? "")?.[1];
    const body = file === undefined ? undefined : readFileSync(path.join(cwd, file), "utf8");
    if (/^repos\/acme\/shop\/issues\/7\/comments$/.test(url)) {
      if (values.method !== "POST") return jq(this.comments, values.jq);
      this.comments.push(entry(100 + this.comments.length, "", body));
      return "";
    }
    const id = Number(/^repos\/acme\/shop\/issues\/comments\/(\d+)$/.exec(url)?.[1]);
    const comment = this.comments.find((one) => one.id === id);
    if (comment === undefined || values.method !== "PATCH") throw new Error(`no such call: ${url}`);
    write(comment, body);
    return "";
  }
}

const OPTIONS = {
  "body-file": { type: "string" },
  color: { type: "string" },
  comment: { type: "string" },
  description: { type: "string" },
  field: { type: "string" },
  force: { type: "boolean" },
  jq: { type: "string" },
  json: { type: "string" },
  label: { type: "string" },
  method: { type: "string" },
  paginate: { type: "boolean" },
  silent: { type: "boolean" },
  state: { type: "string" },
  title: { type: "string" },
} as const;

async function jq(value: unknown, filter = "."): Promise<string> {
  const text = await raw(value as object, filter, ["-r"]);
  return text === "" ? "" : `${text}\n`;
}

/** A new entry. */
export function entry(id: number, title: string, body: string | undefined): Entry {
  if (body === undefined || body === "") throw new Error("an empty body");
  return { id, title, body, state: "open", writes: 1 };
}

/** Writes an entry once more. */
export function write(target: Entry, body: string | undefined): void {
  if (body === undefined || body === "") throw new Error("an empty body");
  target.body = body;
  target.writes += 1;
}
