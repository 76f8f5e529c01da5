import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { passNtlmV2 } from "../../server/src/proxy/ntlm-hash.js";
import { needs, programPath } from "../support/programs.js";

const accounts: readonly (readonly [user: string, domain: string, password: string])[] = [
  ["testuser", "corp-uk", "password"],
  ["TestUser", "CORP-UK", "password"],
  ["svc.runner", "", "x"],
  ["user", "d", "with blank # and \"quotes\" 'too' \\"],
  ["tést", "dömäne", "pässwörd€"],
  ["user", "d", "密码"],
  ["a".repeat(60), "d", "c".repeat(100)],
  ["user", "b".repeat(60), "x"],
];

describe.runIf(needs("cntlm"))("the hash that replaces a password", () => {
  it.each(accounts)("is cntlm's own for %s of %s", (user, domain, password) => {
    const { stdout } = spawnSync(
      programPath("cntlm"),
      ["-c", "/dev/null", "-H", "-u", user, "-d", domain, "-p", password],
      {
        encoding: "utf8",
        input: "",
      },
    );
    const theirs = /^PassNTLMv2\s+([\dA-F]{32})/m.exec(stdout)?.[1];
    expect(theirs).toBeDefined();
    expect(passNtlmV2(user, domain, password)).toBe(theirs);
  });
});
