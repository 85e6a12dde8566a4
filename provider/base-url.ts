/** Where the service is. */
export interface ServiceAddress {
  /** Base of all paths, ending in `/v1`. */
  readonly baseUrl: string;
  /** Scheme, host and port of the base URL. */
  readonly origin: string;
  /** Whether the service is on this machine (an emulator). */
  readonly loopback: boolean;
}

/** Origins by region (`api-facts.md` 3.4). */
export const REGIONS: Readonly<Record<string, string>> = {
  us: "https://api.integrator.io",
  eu: "https://api.eu.integrator.io",
  au: "https://api.au.integrator.io",
  ca: "https://api.ca.integrator.io",
};

/** Whether a host is this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/i.test(hostname);
}

/**
 * Reads the address from URLs and regions, layer by layer. A nearer region beats a farther URL; within one layer the URL wins.
 *
 * @param problems - gets a sentence for what is wrong
 */
export function readBaseUrl(
  urls: readonly unknown[],
  regions: readonly unknown[],
  problems: string[],
): ServiceAddress {
  const from = urls.findIndex((url, layer) => isSet(url) || isSet(regions[layer]));
  const url = from < 0 ? undefined : urls[from];
  const region = from < 0 ? "us" : regions[from];
  const text = isSet(url) ? String(url) : regionOrigin(String(region));
  if (text === undefined) {
    problems.push(
      `The region \`${String(region)}\` (celigo:region, CELIGO_REGION) is none of ${Object.keys(REGIONS).join(", ")}.`,
    );
    return { baseUrl: "", origin: "", loopback: false };
  }
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  const fault = parsed === undefined ? "is not a URL" : faultOf(parsed);
  if (parsed === undefined || fault !== undefined) {
    problems.push(`The base URL (celigo:baseUrl, CELIGO_BASE_URL) ${fault ?? "is not a URL"}.`);
    return { baseUrl: "", origin: "", loopback: false };
  }
  const path = parsed.pathname.replace(/\/+$/, "");
  return {
    baseUrl: `${parsed.origin}${/(^|\/)v\d+$/.test(path) ? path : `${path}/v1`}`,
    origin: parsed.origin,
    loopback: isLoopback(parsed.hostname),
  };
}

function regionOrigin(region: string): string | undefined {
  return Object.hasOwn(REGIONS, region) ? REGIONS[region] : undefined;
}

function faultOf(url: URL): string | undefined {
  if (url.protocol !== "https:" && url.protocol !== "http:") return "is neither https nor http";
  if (url.username !== "" || url.password !== "")
    return "holds a user name or password; the token goes into celigo:apiToken";
  if (url.search !== "" || url.hash !== "") return "holds a query or a fragment";
  const { hostname } = url;
  const oneLabel = /^[^.:]+$/.test(hostname);
  const inside = isLoopback(hostname) || oneLabel || /\.(test|local|internal)$/i.test(hostname);
  if (url.protocol === "http:" && !inside)
    return `is http on the public host ${hostname}, where the token would travel in the clear; use https`;
  return undefined;
}

/** Whether a layer says anything of a setting. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
