import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { type Entry, entry, write } from "./github";

type Body = Readonly<Record<string, string>>;

/** The part of GitLab's API that the pipeline uses: notes of merge request 7 and issues of project 42, two to a page. */
export class GitLab {
  readonly notes: Entry[] = [
    entry(1, "", "a person's note"),
    entry(2, "", "another"),
    entry(3, "", "a third"),
  ];
  readonly issues: Entry[] = [];
  /** What the pipeline is given as `GITLAB_TOKEN`. */
  readonly token = "glpat-test";
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const url = new URL(request.url ?? "/", "http://gitlab.test");
        const known = request.headers["private-token"] === this.token;
        const answer = known ? this.#answer(request.method ?? "", url, text) : undefined;
        if (answer === undefined) response.writeHead(known ? 404 : 401).end("{}");
        else
          response.writeHead(200, { "x-next-page": answer.next }).end(JSON.stringify(answer.body));
      });
    });
  }

  /** Starts it and tells the value of `CI_API_V4_URL`. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/api/v4`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(method: string, url: URL, text: string): { body: unknown; next: string } | undefined {
    const match = /^\/api\/v4\/projects\/42\/(issues|merge_requests\/7\/notes)(?:\/(\d+))?$/.exec(
      url.pathname,
    );
    if (match === null) return undefined;
    const isIssue = match[1] === "issues";
    const all = isIssue ? this.issues : this.notes;
    const sent = text === "" ? {} : (JSON.parse(text) as Body);
    if (method === "GET") {
      const open = all.filter(({ state }) => state === "open");
      const page = Number(url.searchParams.get("page") ?? 1);
      const shown = open.slice((page - 1) * 2, page * 2).map((one) => ({ ...one, iid: one.id }));
      return { body: shown, next: open.length > page * 2 ? String(page + 1) : "" };
    }
    const body = isIssue ? sent["description"] : sent["body"];
    if (method === "POST") {
      all.push(entry(all.length + 1, sent["title"] ?? "", body));
      return { body: {}, next: "" };
    }
    const target = all.find(({ id }) => id === Number(match[2]));
    if (method !== "PUT" || target === undefined) return undefined;
    if (sent["state_event"] === "close") target.state = "closed";
    else write(target, body);
    return { body: {}, next: "" };
  }
}
