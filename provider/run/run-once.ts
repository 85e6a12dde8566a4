import type { Service } from "../service";
import { requestOf, type RunRequest } from "./args";
import { startRun } from "./start";
import type { StartedRun } from "./started";
import { validateRun } from "./validate-run";

/**
 * Runs a flow for a caller that does not wait.
 *
 * @throws Error that names every wrong argument; otherwise as {@link startRun}
 */
export async function runOnce(
  service: Service,
  args: RunRequest,
  title: string,
): Promise<StartedRun> {
  const inputs = { ...args };
  const problems = validateRun(inputs);
  if (problems.length > 0) {
    throw new Error(problems.map(({ path, reason }) => `\`${path}\` ${reason}`).join("; "));
  }
  const { jobId, exportId, flowExecutionGroupId } = await startRun(
    service,
    requestOf(inputs),
    title,
  );
  return {
    jobId,
    ...(exportId !== undefined && { exportId }),
    ...(flowExecutionGroupId !== undefined && { flowExecutionGroupId }),
  };
}
