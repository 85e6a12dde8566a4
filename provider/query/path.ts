/** Path of something of one flow, e.g. `audit`; the id escaped, since ids are opaque texts (contract.md 3). */
export function ofFlow(flowId: string, part?: string): string {
  const path = `/flows/${encodeURIComponent(flowId)}`;
  return part === undefined ? path : `${path}/${part}`;
}
