/**
 * Jest reporter whose last line is the count of all tests: `N passed, N failed`.
 *
 * A suite that could not run counts as one failure. A run without a single test has failed.
 */
class CountReporter {
  /** @type {Error | undefined} */
  #error;

  /**
   * @param {unknown} _contexts
   * @param {{
   *   numPassedTests: number;
   *   numFailedTests: number;
   *   numRuntimeErrorTestSuites: number;
   *   numPendingTests: number;
   *   numTodoTests: number;
   * }} results
   */
  onRunComplete(_contexts, results) {
    const passed = results.numPassedTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    if (passed + failed === 0) this.#error = new Error("no test was run");
    const count = `${passed} passed, ${failed} failed`;
    const line = skipped === 0 ? `${count}\n` : `${count}, ${skipped} skipped\n`;
    // At the exit, since jest puts its own summary behind every other reporter.
    process.once("exit", () => process.stdout.write(line));
  }

  getLastError() {
    return this.#error;
  }
}

module.exports = CountReporter;
