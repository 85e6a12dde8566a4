import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";

import { download } from "../api/download";
import { isApiError } from "../api/errors";
import { waitMs } from "../api/retry";
import type { Service } from "../service";

/**
 * Fetches a template by its link and writes the ZIP to a file, whole or not at all. Folders on the way are made.
 *
 * @returns the file's absolute path
 * @throws ApiError, or Node's error where the file cannot be written
 */
export async function saveTemplate(service: Service, link: string, file: string): Promise<string> {
  const whole = path.resolve(file);
  const content = await fetchPatiently(service, link);
  await mkdir(path.dirname(whole), { recursive: true });
  const half = `${whole}.part`;
  await writeFile(half, content);
  await rename(half, whole);
  return whole;
}

async function fetchPatiently({ settings, clock }: Service, link: string): Promise<Buffer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await download(link, settings.requestTimeoutMs);
    } catch (error) {
      const isPassing = isApiError(error, "cut", "timeout", "server");
      if (!isPassing || attempt > settings.maxRetries) throw error;
      await clock.sleep(waitMs(attempt, undefined, clock.random()));
    }
  }
}
