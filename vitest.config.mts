import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/vscode/**"],
    globalSetup: ["test/support/build.ts"],
    setupFiles: ["test/support/generated.ts"],
    testTimeout: 60_000,
    // Bundles that are built anew all day would fill the user's folder.
    env: { RUNNER_PROXY_NO_CACHE: "1" },
  },
});
