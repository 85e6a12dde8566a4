import { Agent as HttpsAgent } from "node:https";

import axios from "axios";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";

import { ApiError, type ApiErrorKind } from "./errors";

/** What may be fetched without https: an emulator's files. */
const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\])$/i;

/**
 * Fetches what a signed link leads to. The token is not sent along (`api-facts.md` 1.13), neither is the link part of any
 * message: whoever has it can fetch the file.
 *
 * @throws ApiError that names neither link nor host
 */
export async function download(link: string, timeoutMs: number): Promise<Buffer> {
  const url = new URL(link);
  const inClear = url.protocol !== "https:" && !LOCAL.test(url.hostname);
  if (inClear) throw failed("unexpected", "the link is not https");
  const proxy = getProxyForUrl(link);
  const agent = proxy === "" ? new HttpsAgent() : new HttpsProxyAgent(proxy);
  const deadline = AbortSignal.timeout(timeoutMs);
  let answer: { status: number; data: ArrayBuffer };
  try {
    answer = await axios.get<ArrayBuffer>(link, {
      responseType: "arraybuffer",
      headers: { "User-Agent": "pulumi-celigo" },
      signal: deadline,
      httpsAgent: agent,
      proxy: false,
      validateStatus: () => true,
    });
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (deadline.aborted) throw failed("timeout", `no answer within ${String(timeoutMs)} ms`);
    throw failed("cut", typeof code === "string" ? code : "connection failed");
  }
  if (answer.status !== 200) {
    const kind = answer.status >= 500 ? "server" : "unexpected";
    throw failed(kind, "the link does not lead to a file (any more)", answer.status);
  }
  return Buffer.from(answer.data);
}

function failed(kind: ApiErrorKind, detail: string, status?: number): ApiError {
  const path = "the template's signed link";
  return new ApiError({
    kind,
    method: "GET",
    path,
    complaints: [],
    detail,
    ...(status !== undefined && { status }),
  });
}
