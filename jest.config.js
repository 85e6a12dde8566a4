const common = {
  testEnvironment: "node",
  setupFilesAfterEnv: ["<rootDir>/tests/support/timeout.ts"],
  transform: { "^.+\\.ts$": ["ts-jest", { diagnostics: false, tsconfig: "tsconfig.json" }] },
};

/**
 * A tier is a project of its own: only those that run pay for their set-up.
 *
 * @param {string} name
 * @param {readonly string[]} folders
 * @param {object} [more]
 */
function tier(name, folders, more) {
  const testMatch = folders.map((folder) => `<rootDir>/tests/${folder}/**/*.test.ts`);
  return { ...common, displayName: name, testMatch, ...more };
}

const installed = {
  globalSetup: "<rootDir>/tests/support/package-setup.ts",
  globalTeardown: "<rootDir>/tests/support/teardown.ts",
};
const engine = {
  globalSetup: "<rootDir>/tests/support/engine-setup.ts",
  globalTeardown: "<rootDir>/tests/support/teardown.ts",
  setupFilesAfterEnv: ["<rootDir>/tests/support/engine-timeout.ts"],
};

/** @type {import("jest").Config} */
module.exports = {
  maxWorkers: 2,
  reporters: ["default", "<rootDir>/tools/count-reporter.js"],
  projects: [
    tier("unit", ["provider", "sdk", "tools"]),
    tier("repo", ["repo"]),
    tier("package", ["package", "types"], installed),
    tier("engine", ["engine", "examples", "gitops"], engine),
  ],
};
