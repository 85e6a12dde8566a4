/**
 * None of several flows is there: rather the wrong account, environment or region than as many deletions (contract.md 5.8).
 */
export class AllGoneError extends Error {
  override readonly name = "AllGoneError";

  constructor(ids: readonly string[], origin: string) {
    const shown = ids.slice(0, 5).join(", ");
    const more = ids.length > 5 ? ` and ${String(ids.length - 5)} more` : "";
    const isOne = ids.length === 1;
    const head = isOne ? "The flow" : `None of the ${String(ids.length)} flows`;
    super(
      [
        `${head} asked for is${isOne ? " not" : ""} at ${origin}: ${shown}${more}.`,
        "A token of another account, environment or region looks like this, so nothing was taken for deleted.",
        "Next: check celigo:apiToken and celigo:region (or the variables CELIGO_API_TOKEN and CELIGO_REGION).",
        `If ${isOne ? "it is" : "all of them are"} really gone, run again with CELIGO_ALLOW_ALL_GONE=true in the environment; celigo:allowAllGone in the config counts where the program runs first (\`--run-program\`).`,
      ].join("\n"),
    );
  }
}
