/* global fetch, URL */
import { readFileSync } from "node:fs";

/*
 * Writes a note of a merge request, or an issue about drift, or edits the one that is there:
 *
 *   node .gitlab/upsert.mjs note FILE                 found again by the first line of FILE
 *   node .gitlab/upsert.mjs issue FILE STACK CODE     CODE is drift's: 2 opens or updates, 0 closes, 1 leaves it alone
 */

const { CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID, GITLAB_TOKEN } = process.env;
const [what, file, stack, code] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const project = `${CI_API_V4_URL}/projects/${CI_PROJECT_ID}`;

async function call(method, url, body) {
  const answer = await fetch(url, {
    method,
    headers: { "PRIVATE-TOKEN": GITLAB_TOKEN, "Content-Type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${new URL(url).pathname}: ${answer.status}`);
  return answer;
}

async function find(url, matches) {
  for (let page = "1"; page;) {
    const answer = await call(
      "GET",
      `${url}${url.includes("?") ? "&" : "?"}per_page=100&page=${page}`,
    );
    const found = (await answer.json()).find(matches);
    if (found) return found;
    page = answer.headers.get("x-next-page");
  }
  return undefined;
}

async function note() {
  const notes = `${project}/merge_requests/${CI_MERGE_REQUEST_IID}/notes`;
  const [marker] = text.split("\n", 1);
  const old = await find(notes, ({ body }) => body.startsWith(marker));
  if (old) await call("PUT", `${notes}/${old.id}`, { body: text });
  else await call("POST", notes, { body: text });
}

async function issue() {
  const title = `Drift: ${stack}`;
  const old = await find(
    `${project}/issues?state=opened&labels=drift`,
    (candidate) => candidate.title === title,
  );
  const issues = `${project}/issues`;
  if (code === "2" && old) await call("PUT", `${issues}/${old.iid}`, { description: text });
  else if (code === "2") await call("POST", issues, { title, description: text, labels: "drift" });
  else if (code === "0" && old) await call("PUT", `${issues}/${old.iid}`, { state_event: "close" });
}

await (what === "note" ? note() : issue());
