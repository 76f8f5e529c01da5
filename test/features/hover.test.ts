import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hover } from "../../server/src/features/hover/hover.js";
import { createLocalize } from "../../server/src/lsp/locale.js";
import { createService } from "../../server/src/service.js";
import { english } from "../../server/src/text/message.js";
import { serviceOf, uriOf } from "../support/engine.js";
import { type CompletionCase, readCompletionFixture } from "./completion-fixture.js";

const folder = new URL("./hover/", import.meta.url);

for (const name of readdirSync(folder).filter((file) => file.endsWith(".fixture"))) {
  describe(name.replace(".fixture", ""), () => {
    for (const fixture of readCompletionFixture(new URL(name, folder))) it(fixture.title, () => check(fixture));
  });
}

/** `+ TEXT` is in the hover, `- TEXT` is not; `nothing`: there is none. */
function check(fixture: CompletionCase): void {
  const said = hoverOf(fixture);
  if (fixture.offered.includes("nothing")) expect(said).toBeUndefined();
  for (const line of fixture.offered) {
    if (line.startsWith("+ ")) expect(said).toContain(line.slice(2));
    if (line.startsWith("- ")) expect(said).not.toContain(line.slice(2));
  }
}

function hoverOf({ files, options, path, offset }: CompletionCase): string | undefined {
  const service = serviceOf(files, options);
  const lines = service.document(uriOf(path))?.lines;
  return lines && hover(service, uriOf(path), lines.position(offset), english)?.markdown;
}

const secret = "hunter2Zk";

describe("no secret is shown", () => {
  it.each([
    ["etc/cntlm.conf", `Username me\nPassword "${secret}" # x\nPassNTLMv2 ${secret}\nSOCKS5Users me:${secret}\n`],
    ["etc/cntlm.conf", `Header "Authorization: Basic ${secret}"\n`],
    [
      "etc/gitlab-runner/config.toml",
      `[[runners]]\n  token = "${secret}"\n  executor = "docker"\n  environment = ["http_proxy=http://me:${secret}@a.example:1", "HTTPS_PROXY=me:${secret}@a.example:1", "DB_PASS=${secret}"]\n  pre_build_script = "echo \\"{\\\\\\"auths\\\\\\":{\\\\\\"r\\\\\\":{\\\\\\"auth\\\\\\":\\\\\\"${secret}\\\\\\"}}}\\" > ~/.docker/config.json; docker login -p ${secret}"\n`,
    ],
    [
      "etc/systemd/system/docker.service.d/a.conf",
      `[Service]\nEnvironment="HTTP_PROXY=http://me:${secret}%%40@a.example:1" "API_KEY=${secret}"\n`,
    ],
    [
      "root/.docker/config.json",
      `{"auths":{"r":{"auth":"${secret}"}},"proxies":{"default":{"httpProxy":"http://me:${secret}@a.example:1"}}}\n`,
    ],
    [
      ".gitlab-ci.yml",
      `variables:\n  HTTP_PROXY: "http://me:${secret}@a.example:1"\n  NO_PROXY: "a,http://me:${secret}@a.example"\njob:\n  script:\n    - "export https_proxy=http://me:${secret}@a.example:1"\n`,
    ],
  ])("at any place of %s", (path, text) => {
    const service = createService();
    service.setDocument(uriOf(path), text);
    const lines = service.document(uriOf(path))?.lines;
    let hovers = 0;
    for (let offset = 0; lines && offset <= text.length; offset++) {
      const found = hover(service, uriOf(path), lines.position(offset), english);
      if (found) hovers++;
      expect(found?.markdown ?? "").not.toContain(secret);
    }
    expect(hovers).toBeGreaterThan(0);
  });
});

it("is in the user's language", () => {
  const service = createService();
  service.setDocument("file:///etc/cntlm.conf", "NoProxy localhost\n");
  const said = hover(service, "file:///etc/cntlm.conf", { line: 0, character: 2 }, createLocalize("zh-cn", undefined));
  expect(said?.markdown.split("\n")[0]).toMatch(/\p{Script=Han}{10}/u);
});
