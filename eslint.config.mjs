const language = {
  ecmaVersion: 2024,
  sourceType: "module",
  globals: {
    AbortController: "readonly", AbortSignal: "readonly", atob: "readonly", Blob: "readonly", Buffer: "readonly", clearTimeout: "readonly",
    ClipboardItem: "readonly", console: "readonly", crypto: "readonly", document: "readonly", Element: "readonly", Event: "readonly",
    EventTarget: "readonly", MessageEvent: "readonly", fetch: "readonly",
    File: "readonly", getComputedStyle: "readonly", globalThis: "readonly", HTMLFormElement: "readonly",
    history: "readonly", HTMLIFrameElement: "readonly", location: "readonly", messenger: "readonly", MouseEvent: "readonly",
    MutationObserver: "readonly", navigator: "readonly", NodeFilter: "readonly", XMLSerializer: "readonly", performance: "readonly",
    process: "readonly", ShadowRoot: "readonly", window: "readonly",
    ResizeObserver: "readonly", setTimeout: "readonly", structuredClone: "readonly", TextDecoder: "readonly", TextEncoder: "readonly", URL: "readonly",
    URLSearchParams: "readonly", WebAssembly: "readonly", Worker: "readonly", Response: "readonly",
  },
};

const rules = {
  "array-callback-return": "error",
  curly: ["error", "multi-line"],
  "default-case-last": "error",
  eqeqeq: "error",
  "no-alert": "error",
  "no-constant-binary-expression": "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-param-reassign": "error",
  "no-restricted-properties": [
    "error",
    { property: "innerHTML", message: "Text from mail reaches the DOM as text only." },
    { property: "outerHTML", message: "Text from mail reaches the DOM as text only." },
    { property: "insertAdjacentHTML", message: "Text from mail reaches the DOM as text only." },
    { property: "write", object: "document", message: "Text from mail reaches the DOM as text only." },
  ],
  "no-undef": "error",
  "no-unused-vars": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
};

export default [
  { files: ["extension/**/*.mjs", "tests/extension/**/*.mjs"], languageOptions: language, rules },
  { files: ["extension/**/*.js"], languageOptions: { ...language, sourceType: "script" }, rules },
];
