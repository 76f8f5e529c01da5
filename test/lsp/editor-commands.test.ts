import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { bundle, Folder } from "../support/cli.js";
import { hostFiles } from "../support/navigation.js";
import { needs, programPath } from "../support/programs.js";

const toml = "etc/gitlab-runner/config.toml";

/** What docs/editors.md says for an editor's init file. */
function documented(language: "lua" | "elisp"): string {
  const page = readFileSync(join(root, "docs/editors.md"), "utf8");
  const blocks = [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs"))].map(([, text = ""]) => text);
  return blocks.filter((text) => !text.includes("vim.lsp.enable")).join("\n");
}

function run(program: string, args: readonly string[], folder: Folder) {
  folder.write("bin/keep", "");
  symlinkSync(bundle("cli.js"), folder.join("bin/runner-proxy"));
  const path = [folder.join("bin"), process.env.PATH].join(delimiter);
  return spawnSync(program, args, {
    cwd: folder.path,
    encoding: "utf8",
    env: { ...process.env, PATH: path, HOME: folder.path },
  });
}

const neovim = `
local function wait(satisfied)
  assert(vim.wait(20000, satisfied, 20), "waited in vain")
end
local function holds(buffer, text)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\\n"):find(text, 1, true) ~= nil
end
vim.cmd("edit ${toml}")
local config = vim.api.nvim_get_current_buf()
wait(function() return #vim.diagnostic.get(0) > 0 end)
vim.api.nvim_win_set_cursor(0, { 13, 4 })
vim.cmd("RunnerProxyEditJson")
wait(function() return vim.api.nvim_get_current_buf() ~= config and holds(0, '"httpsProxy"') end)
vim.cmd("%s/172.17.0.1:3128/10.0.0.1:80/ | write")
wait(function() return holds(config, "10.0.0.1:80") and not vim.bo.modified end)
vim.cmd("buffer " .. config .. " | silent write")
vim.cmd("RunnerProxyMove 172.17.0.1:3128 172.17.0.1:3129")
wait(function() return holds(config, "172.17.0.1:3129") end)
vim.cmd("RunnerProxySetUp http://proxy.example:8080")
wait(function() return holds(config, "HTTP_PROXY=http://proxy.example:8080") end)
vim.cmd("silent wall | qall!")
`;

it.runIf(needs("nvim"))("Neovim runs the commands of docs/editors.md", () => {
  using folder = new Folder({ ...hostFiles, "init.lua": documented("lua"), "session.lua": neovim });
  folder.write("etc/systemd/system/gitlab-runner.service.d/keep", "");
  const args = ["--headless", "-n", "-i", "NONE", "-u", "init.lua", "-c", "luafile session.lua", "-c", "cquit 1"];
  const { status, stderr } = run("nvim", args, folder);
  expect({ status }, stderr).toEqual({ status: 0 });
  const text = (path: string) => readFileSync(folder.join(path), "utf8");
  expect(text(toml)).toContain('\\\\\\"http://10.0.0.1:80\\\\\\"');
  expect(text(toml)).toContain('"HTTP_PROXY=http://proxy.example:8080"');
  expect(text("etc/cntlm.conf")).toContain("Listen 172.17.0.1:3129");
  expect(text("etc/systemd/system/gitlab-runner.service.d/http-proxy.conf")).toContain(
    'Environment="HTTP_PROXY=http://proxy.example:8080"',
  );
});

const emacs = `
(package-initialize)
(require 'eglot)
(advice-add 'y-or-n-p :override (lambda (&rest _) t))
(find-file "${toml}")
(call-interactively #'eglot)
(princ (runner-proxy-explain "http://gitlab.example/"))
(runner-proxy-change-address "172.17.0.1:3128" "172.17.0.1:3129")
(save-some-buffers t)
(princ (format "%S\\n" (plist-get (plist-get (runner-proxy-set-up default-directory "http://proxy.example:8080") :byHand) :paths)))
(kill-emacs)
`;

it.runIf(needs("emacs", "emacs-eglot"))("Emacs runs the commands of docs/editors.md", () => {
  using folder = new Folder({ ...hostFiles, "init.el": documented("elisp"), "session.el": emacs });
  spawnSync("git", ["init", "--quiet"], { cwd: folder.path });
  const args = ["--batch", "--load", "init.el", "--load", "session.el"];
  const { status, stdout, stderr } = run(programPath("emacs-eglot"), args, folder);
  expect({ status }, stderr).toEqual({ status: 0 });
  expect(stdout).toMatch(/^The way of http:\/\/gitlab\.example\/\n\nJob container builder\n/);
  expect(stdout).toMatch(/\["\/etc\/systemd\/system\/docker.service.d\/http-proxy.conf" /);
  expect(readFileSync(folder.join("etc/cntlm.conf"), "utf8")).toContain("Listen 172.17.0.1:3129");
});
