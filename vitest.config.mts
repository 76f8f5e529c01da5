import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/vscode/**"],
    globalSetup: ["test/support/build.ts"],
    setupFiles: ["test/support/generated.ts"],
    testTimeout: 60_000,
  },
});
