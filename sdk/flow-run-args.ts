import type { Input } from "@pulumi/pulumi";

/** Arguments of a `FlowRun`. */
export interface FlowRunArgs {
  /** Id of the flow, e.g. `flow.id`. Another flow is another run: a change replaces. */
  flowId: Input<string>;
  /** Ids of the exports whose page generators run. Absent: all. A change alone runs nothing. API: `_exportIds`. */
  exportIds?: Input<Input<string>[]> | undefined;
  /** Beginning of the window of a delta flow, ISO 8601. Absent: where the last run ended. A change alone runs nothing. */
  startDate?: Input<string> | undefined;
  /** End of the window, ISO 8601. Absent: now. A change alone runs nothing. */
  endDate?: Input<string> | undefined;
  /** Anything: whenever it is other than at the last run, the flow runs again. Absent: it runs once. */
  triggers?: Input<unknown>;
  /** Whether the deployment waits until every job of the run has ended. @defaultValue `true` */
  wait?: Input<boolean> | undefined;
  /**
   * Milliseconds that the end of the run is waited for; afterwards the deployment fails and the run goes on.
   *
   * @defaultValue 1800000, half an hour
   */
  timeoutMs?: Input<number> | undefined;
  /**
   * Whether failed records fail the deployment. A run that ends as `failed` or `canceled` always does.
   *
   * @defaultValue `false`
   */
  failOnErrors?: Input<boolean> | undefined;
}
