import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { bundle, Folder } from "../support/cli.js";
import { needs } from "../support/programs.js";

const dropin = "etc/systemd/system/docker.service.d/http-proxy.conf";

/** Waits for the findings, applies the first fix at the name of the variable, and waits until they are gone. */
const session = `
local function wait(satisfied)
  return vim.wait(20000, satisfied, 20)
end
vim.cmd("edit ${dropin}")
wait(function() return #vim.diagnostic.get(0) > 0 end)
for _, found in ipairs(vim.diagnostic.get(0)) do
  print(found.lnum .. ":" .. found.col .. " " .. found.source)
end
vim.ui.select = function(items, _, choose) choose(items[1]) end
vim.api.nvim_win_set_cursor(0, { 2, 15 })
vim.lsp.buf.code_action()
wait(function() return vim.api.nvim_buf_line_count(0) > 2 end)
wait(function() return #vim.diagnostic.get(0) == 0 end)
print(#vim.diagnostic.get(0) .. " left")
vim.cmd("silent write | qall!")
`;

it.runIf(needs("nvim"))("Neovim, set up as docs/editors.md says, shows findings and applies a fix", () => {
  const [, setup = ""] = /```lua\n(.*?)```/s.exec(readFileSync(join(root, "docs/editors.md"), "utf8")) ?? [];
  using folder = new Folder({
    [dropin]: '[Service]\nEnvironment="HTTP_PROXY=http://172.17.0.1:3128"\n',
    "init.lua": setup,
    "session.lua": session,
    "bin/keep": "",
  });
  symlinkSync(bundle("cli.js"), folder.join("bin/runner-proxy"));
  const { status, stderr } = spawnSync(
    "nvim",
    ["--headless", "-n", "-i", "NONE", "-u", "init.lua", "-c", "luafile session.lua"],
    {
      cwd: folder.path,
      encoding: "utf8",
      env: { ...process.env, PATH: [folder.join("bin"), process.env.PATH].join(delimiter), HOME: folder.path },
    },
  );
  expect({ status, lines: stderr.split(/\r?\n/).filter((line) => /^\d/.test(line)) }).toEqual({
    status: 0,
    lines: ["1:13 runner-proxy", "0 left"],
  });
  expect(readFileSync(folder.join(dropin), "utf8")).toContain("HTTPS_PROXY=http://172.17.0.1:3128");
});
