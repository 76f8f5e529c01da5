import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { bundle, Folder } from "../support/cli.js";
import { needs, programPath } from "../support/programs.js";

const dropin = "etc/systemd/system/docker.service.d/http-proxy.conf";

/** Waits for the findings, picks the first fix at the name of the variable, and waits until they are gone. */
const session = `
(package-initialize)
(require 'eglot)
(defun wait-until (satisfied)
  (with-timeout (20 (error "Waited in vain"))
    (while (not (funcall satisfied)) (accept-process-output nil 0.05))))
(find-file "${dropin}")
(call-interactively #'eglot)
(flymake-start)
(wait-until #'flymake-diagnostics)
(dolist (found (flymake-diagnostics))
  (princ (format "%s %s\\n" (line-number-at-pos (flymake-diagnostic-beg found)) (flymake-diagnostic-text found))))
(search-forward "HTTP_PROXY")
(cl-letf ((last-nonmenu-event t) ; the choice is made in the minibuffer, not in a menu
          ((symbol-function 'completing-read) (lambda (_ choices &rest _) (caar choices))))
  (call-interactively #'eglot-code-actions))
(wait-until (lambda () (> (count-lines (point-min) (point-max)) 2)))
(eglot--signal-textDocument/didChange) ; else it waits until the user is idle, who is not there
(wait-until (lambda () (null (flymake-diagnostics))))
(princ (format "%s left\\n" (length (flymake-diagnostics))))
(save-buffer)
(kill-emacs)
`;

it.runIf(needs("emacs", "emacs-eglot"))(
  "Emacs, set up as docs/editors.md says, shows findings and applies a fix",
  () => {
    const [, setup = ""] = /```elisp\n(.*?)```/s.exec(readFileSync(join(root, "docs/editors.md"), "utf8")) ?? [];
    using folder = new Folder({
      [dropin]: '[Service]\nEnvironment="HTTP_PROXY=http://172.17.0.1:3128"\n',
      "init.el": setup,
      "session.el": session,
      "bin/keep": "",
    });
    symlinkSync(bundle("cli.js"), folder.join("bin/runner-proxy"));
    const { status, stdout, stderr } = spawnSync(
      programPath("emacs-eglot"),
      ["--batch", "--load", "init.el", "--load", "session.el"],
      {
        cwd: folder.path,
        encoding: "utf8",
        env: { ...process.env, PATH: [folder.join("bin"), process.env.PATH].join(delimiter), HOME: folder.path },
      },
    );
    expect({ status, stdout }, stderr).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^2 .*\[proxy-pair-missing\]: dockerd reaches .*\n0 left\n$/),
    });
    expect(readFileSync(folder.join(dropin), "utf8")).toContain("HTTPS_PROXY=http://172.17.0.1:3128");
  },
);
