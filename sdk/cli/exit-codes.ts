/** How `pulumi-celigo` ends. Scripts and CI rely on these numbers: they are stable. */
export const EXIT_CODES = {
  /** In sync, or all done. */
  ok: 0,
  /** Could not tell, or not all done: bad input, no credentials, service down, one flow of many failed. */
  failed: 1,
  /** Drift found. */
  drift: 2,
} as const;

/** One of {@link EXIT_CODES}. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];
