import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { installTexts } from "../../server/src/features/install-commands.js";
import { createService } from "../../server/src/service.js";
import { Folder } from "../support/cli.js";

describe("lines that put files in place, texts and all", () => {
  it("leave a user's own services to the systemd of that user", () => {
    const text = installTexts(createService(), [
      { uri: "file:///copy/home/ci/.config/systemd/user/docker.service.d/http-proxy.conf", text: "[Service]\n" },
    ]);
    expect(text.split("\n").filter((line) => /^(?:sudo|systemctl)/.test(line))).toEqual([
      "sudo install -D -o ci -g ci -m 0644 /dev/stdin /home/ci/.config/systemd/user/docker.service.d/http-proxy.conf <<'EOF'",
      "systemctl --user daemon-reload",
      "systemctl --user restart docker.service",
    ]);
  });

  it("write each file as it is, with its mode", () => {
    using folder = new Folder({ "project/keep": "" });
    const cntlm = "# $HOME `id`\nUsername svc\nEOF\nPassword a'b\"c\\d\n";
    const ci = 'variables:\n  HTTP_PROXY: "http://p:1"';
    const text = installTexts(createService(), [
      { uri: "file:///copy/etc/cntlm.conf", text: cntlm },
      { uri: "file:///copy/etc/systemd/system/docker.service.d/http-proxy.conf", text: "[Service]\n" },
      { uri: "file:///copy/project/.gitlab-ci.yml", text: ci },
    ]);
    const commands = text.split("\n").filter((line) => line.startsWith("sudo"));
    expect(commands).toEqual([
      "sudo install -D -o root -g root -m 0600 /dev/stdin /etc/cntlm.conf <<'EOF_1'",
      "sudo install -D -o root -g root -m 0644 /dev/stdin /etc/systemd/system/docker.service.d/http-proxy.conf <<'EOF'",
      "sudo tee /copy/project/.gitlab-ci.yml > /dev/null <<'EOF'",
      "sudo systemctl daemon-reload",
      "sudo systemctl restart cntlm.service docker.service",
    ]);
    const here = text
      .replace(/^sudo systemctl.*$/gm, "")
      .replace(/^sudo install (.*)-o root -g root (.*) \/etc/gm, `install $1$2 ${folder.path}/etc`)
      .replace(/^sudo tee \/copy/gm, `tee ${folder.path}`);
    const { status, stderr } = spawnSync("sh", { input: here, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(readFileSync(folder.join("etc/cntlm.conf"), "utf8")).toBe(cntlm);
    expect(statSync(folder.join("etc/cntlm.conf")).mode & 0o777).toBe(0o600);
    expect(readFileSync(folder.join("project/.gitlab-ci.yml"), "utf8")).toBe(`${ci}\n`);
  });
});
