import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import * as celigo from "../../../sdk/index";
import { useAccount } from "./use-account";

const start = useAccount();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "template-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What a file server saw of requests to a signed link. */
async function fileServer(
  statuses: number[],
): Promise<{ url: string; tokens: (string | undefined)[]; close: () => void }> {
  const tokens: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    tokens.push(request.headers.authorization);
    response.statusCode = statuses.shift() ?? 200;
    response.end("PK zip");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/t.zip?signature=s3cret`,
    tokens,
    close: () => server.close(),
  };
}

test("gives a link, and saves the ZIP without sending the token to it", async () => {
  const { options } = await start();
  const only = await celigo.getFlowTemplate({ flowId: "f1" }, options);
  expect(only).toEqual({ flowId: "f1", signedURL: expect.stringMatching(/^http.*signature=/) });
  const saveTo = path.join(folder, "made", "on the way", "sync.zip");
  // The emulator refuses an Authorization header at its signed links.
  const { file = "" } = await celigo.getFlowTemplate({ flowId: "f1", saveTo }, options);
  expect(file).toBe(saveTo);
  expect((await readFile(file)).subarray(0, 2).toString()).toBe("PK");
  expect((await readFile(file)).includes("exports/exp2.json")).toBe(true);
});

test.each(["signedURL", "signedUrl", "url"])(
  "finds the link under %s, fetches it again after a fault, without a token",
  async (key) => {
    const { emulator, options } = await start();
    const server = await fileServer([503]);
    emulator.fault({ kind: "status", status: 200, path: /template$/, body: { [key]: server.url } });
    const saveTo = path.join(folder, "t.zip");
    await celigo.getFlowTemplate({ flowId: "f1", saveTo }, options);
    server.close();
    expect(server.tokens).toEqual([undefined, undefined]);
    expect(await readdir(folder)).toEqual(["t.zip"]);
  },
);

test("a link that has run out leaves no file, and is not in the message", async () => {
  const { emulator, options } = await start();
  const server = await fileServer([403, 403]);
  emulator.fault({
    kind: "status",
    status: 200,
    path: /template$/,
    body: { signedURL: server.url },
  });
  const failure = await celigo
    .getFlowTemplate({ flowId: "f1", saveTo: path.join(folder, "t.zip") }, options)
    .catch((error: unknown) => error as Error);
  server.close();
  expect(failure).toMatchObject({
    message: expect.stringMatching(/reading the template of flow f1 failed[^]*403/),
  });
  expect((failure as Error).message).not.toContain("s3cret");
  expect(await readdir(folder)).toEqual([]);
});

test("an answer without a link, and a link without https, are refused", async () => {
  const { emulator, options } = await start();
  emulator.fault({ kind: "status", status: 200, path: /template$/, body: {} });
  await expect(celigo.getFlowTemplate({ flowId: "f1" }, options)).rejects.toThrow("no link");
  emulator.fault({
    kind: "status",
    status: 200,
    path: /template$/,
    body: { url: "http://files.example.com/x" },
  });
  const saveTo = path.join(folder, "t.zip");
  await expect(celigo.getFlowTemplate({ flowId: "f1", saveTo }, options)).rejects.toThrow(
    "not https",
  );
});
