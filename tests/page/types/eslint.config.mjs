// What the scripts of the page keep to, beside their types. They are classic scripts that share
// one scope: what is defined, and used, over all of them is for the checker of types to say.
import js from "@eslint/js";

const MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "write"].map((property) => ({
  property,
  message: "Text goes in as text, never as markup.",
}));

export default [
  js.configs.recommended,
  {
    languageOptions: { sourceType: "script", ecmaVersion: 2022 },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-undef": "off",
      "no-unused-vars": ["error", { vars: "local", argsIgnorePattern: "^_" }],
      "no-redeclare": "error",
      complexity: ["error", 12], // which counts `??`, `?.` and `&&`, too
      "max-depth": ["error", 3],
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", 50],
      "max-params": ["error", 7],
      "array-callback-return": "error",
      camelcase: "error",
      "consistent-return": "error",
      "default-param-last": "error",
      eqeqeq: "error",
      "func-style": ["error", "declaration", { allowArrowFunctions: true }],
      "no-alert": "error",
      "no-console": "error",
      "no-else-return": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-lonely-if": "error",
      "no-new-func": "error",
      "no-nested-ternary": "error",
      "no-param-reassign": "error",
      "no-restricted-properties": ["error", ...MARKUP],
      "no-self-compare": "error",
      "no-shadow": "error",
      "no-unneeded-ternary": "error",
      "no-useless-return": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "one-var": ["error", "never"],
      "prefer-arrow-callback": "error",
      "prefer-const": "error",
      "prefer-object-spread": "error",
      "prefer-template": "error",
      radix: "error",
      strict: ["error", "global"],
      yoda: "error",
    },
  },
];
