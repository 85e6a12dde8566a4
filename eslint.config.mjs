import js from "@eslint/js";
import jsdoc from "eslint-plugin-jsdoc";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const SETTINGS =
  "provider/settings.ts is the only reader of the environment: take what you need as a parameter.";

/** Rules for all TypeScript, tests included. */
const everywhere = {
  "@typescript-eslint/consistent-type-imports": "error",
  "@typescript-eslint/no-unused-vars": [
    "error",
    { ignoreRestSiblings: true, argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
  ],
  "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
  "@typescript-eslint/return-await": ["error", "in-try-catch"],
  "@typescript-eslint/switch-exhaustiveness-check": [
    "error",
    { considerDefaultExhaustiveForUnions: true },
  ],
  // tsconfig's noPropertyAccessFromIndexSignature asks for the brackets that this rule would take away
  "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],
  eqeqeq: "error",
};

/** What ships, and what drives it: sizes as in the well-kept codebases that this one follows. */
const shipped = {
  "@typescript-eslint/explicit-module-boundary-types": "error",
  complexity: ["error", 12],
  "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
  "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
  "max-params": ["error", 4],
};

/** What an exported declaration must have: a comment of its own. */
const EXPORTED = [
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "ExportNamedDeclaration > VariableDeclaration",
];

/** @param {readonly string[]} contexts */
function documented(contexts) {
  const require = { ClassDeclaration: true, FunctionDeclaration: true, MethodDefinition: true };
  const options = { publicOnly: true, checkConstructors: false, require, contexts };
  return { "jsdoc/require-jsdoc": ["error", options] };
}

const noEnvironment = {
  "no-restricted-properties": ["error", { object: "process", property: "env", message: SETTINGS }],
  "no-restricted-imports": [
    "error",
    { paths: ["process", "node:process"].map((name) => ({ name, message: SETTINGS })) },
  ],
};

const noBarrels = {
  "no-restricted-syntax": [
    "error",
    ...["ExportAllDeclaration", "ExportNamedDeclaration[source]"].map((selector) => ({
      selector,
      message: "No barrels: import from the file that has it. Only an entry point re-exports.",
    })),
  ],
};

export default defineConfig(
  { ignores: ["dist/", "coverage/", "tests/fixtures/"] },
  {
    files: ["**/*.ts"],
    extends: [
      js.configs.recommended,
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
    ],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: everywhere,
  },
  {
    files: ["provider/**/*.ts", "sdk/**/*.ts", "tools/**/*.ts"],
    rules: { ...shipped, "no-console": "error" },
  },
  {
    files: ["provider/**/*.ts", "sdk/**/*.ts"],
    plugins: { jsdoc },
    rules: { ...documented(EXPORTED), ...noEnvironment },
  },
  {
    // What users of the package see on hover: each property too.
    files: ["sdk/*.ts", "sdk/engine/*.ts"],
    plugins: { jsdoc },
    rules: documented([
      ...EXPORTED,
      "ExportNamedDeclaration > TSInterfaceDeclaration > TSInterfaceBody > TSPropertySignature",
    ]),
  },
  {
    files: ["provider/settings.ts"],
    rules: { "no-restricted-properties": "off", "no-restricted-imports": "off" },
  },
  {
    files: ["provider/**/*.ts", "sdk/**/*.ts"],
    ignores: ["sdk/index.ts", "sdk/testing/index.ts", "provider/runtime.ts"],
    rules: noBarrels,
  },
  { files: ["sdk/cli/**/*.ts"], rules: { "no-console": "off" } },
  {
    files: ["tests/**/*.ts"],
    rules: {
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      // Jest's matchers and answers read as JSON are `any`
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      // A field of a JSON answer that a test turns into text is a text, or the test fails
      "@typescript-eslint/no-base-to-string": "off",
      // expect(object.method) names a method without calling it
      "@typescript-eslint/unbound-method": "off",
    },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: {
        module: "writable",
        require: "readonly",
        process: "readonly",
        __dirname: "readonly",
      },
    },
  },
);
