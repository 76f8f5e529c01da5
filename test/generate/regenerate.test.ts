import { describe, expect, it } from "vitest";
import { codeLenses } from "../../server/src/features/code-lenses/code-lenses.js";
import { decodedScript } from "../../server/src/features/embedded/decoded.js";
import { insertDindScript } from "../../server/src/generate/insert.js";
import { regeneration } from "../../server/src/generate/regenerate.js";
import { english } from "../../server/src/text/message.js";
import { applyEdits } from "../../server/src/text/span.js";
import { serviceOf, uriOf } from "../support/engine.js";

const path = "etc/gitlab-runner/config.toml";
const uri = uriOf(path);

function runner(script: string, key = "pre_build_script", more = ""): string {
  return `[[runners]]\n  executor = "docker"\n${more}  ${key} = '''\n${script}\n'''\n  [runners.docker]\n    image = "docker"\n`;
}

/** A script that writes a text by `echo` in single quotes. */
function writing(json: string): string {
  return `mkdir -p ~/.docker\necho '${json}' > ~/.docker/config.json`;
}

function requestOf(text: string, of = path) {
  const found = regeneration(serviceOf([[of, text]]), uriOf(of), undefined);
  return "request" in found ? found.request : english(found.problem);
}

describe("a script is generated anew", () => {
  it("for the proxies that it writes", () => {
    const json = '{"proxies":{"default":{"httpProxy":"http://a:1","noProxy":"docker"}}}';
    expect(requestOf(runner(writing(json)))).toEqual({
      target: "config.toml",
      httpProxy: "http://a:1",
      noProxy: "docker",
    });
    const broken = '{"proxies":{"default":{"httpProxy":"http://a:1",}}';
    expect(requestOf(runner(writing(broken)))).toEqual({ target: "config.toml", httpProxy: "http://a:1" });
  });

  it("for the job's variables where it takes those, expanded or not", () => {
    const json = '{"proxies":{"default":{"httpProxy":"$HTTP_PROXY","noProxy":"$NO_PROXY"}}}';
    expect(requestOf(runner(writing(json)))).toEqual({ target: "config.toml" });
    expect(requestOf(runner(writing("{proxies: {default: {httpProxy: $HTTP_PROXY")))).toEqual({
      target: "config.toml",
    });
  });

  it("for PowerShell, and for a pipeline", () => {
    const ci = `build:\n  before_script:\n    - ${writing('{"proxies":{"default":{"httpProxy":"http://a:1"}}}').split("\n").join("\n    - ")}\n  script: x\n`;
    expect(requestOf(ci, ".gitlab-ci.yml")).toEqual({ target: ".gitlab-ci.yml", httpProxy: "http://a:1" });
  });

  it("and is the same when that is done again", () => {
    const service = serviceOf([[path, runner(writing('{"proxies":{"default":{"httpProxy":"http://a:1"}}}'))]]);
    const found = regeneration(service, uri, undefined);
    if ("problem" in found) throw new Error(english(found.problem));
    const made = insertDindScript(service, uri, found.request, found.offset);
    if ("problem" in made) throw new Error(english(made.problem));
    service.setDocument(uri, applyEdits(service.document(uri)?.text ?? "", made.edits), 2);
    const again = regeneration(service, uri, undefined);
    expect("request" in again && again.request).toEqual({
      target: "config.toml",
      httpProxy: "http://a:1",
      httpsProxy: "http://a:1",
      noProxy: "localhost,127.0.0.1,docker",
    });
    expect("request" in again && insertDindScript(service, uri, again.request, again.offset)).toHaveProperty("problem");
  });

  it("or is not, where that would lose something or is not clear", () => {
    expect(requestOf(runner(writing('{"auths":{},"proxies":{"default":{}}}')))).toMatch(/holds more than .* auths\./);
    expect(requestOf(runner(writing('{"proxies":{"default":{},"tcp://a:1":{"httpProxy":"http://a:1"}}}')))).toMatch(
      /tcp/,
    );
    expect(
      requestOf(runner(writing('{"proxies":{"default":{"httpProxy":"http://a:1","noProxy":"$NO_PROXY"}}}'))),
    ).toMatch(/cannot be told/);
    expect(requestOf(runner(writing('{"proxies":{}}'), "post_build_script"))).toMatch(
      /pre_build_script, before_script/,
    );
    expect(requestOf(runner("docker login"))).toMatch(/no script here/);
  });
});

describe("a script is shown decoded", () => {
  it("for each shell where they write something else, and without secrets", () => {
    const script = `echo "{\\"auths\\":{\\"r\\":{\\"auth\\":\\"c2VjcmV0\\"}},\\n\\"proxies\\":{}}" > ~/.docker/config.json`;
    const found = decodedScript(
      serviceOf([[path, runner(script, "pre_build_script", '  shell = "sh"\n')]]),
      uri,
      undefined,
      english,
    );
    const text = "text" in found ? found.text : "";
    expect(text).toContain("## JSON, as the docker client reads it when dash runs the script");
    expect(text).toContain("## JSON, as the docker client reads it when busybox runs the script");
    expect(text).toContain("  pre_build_script = '''\n");
    expect(text).toContain('  "auths": {\n');
    expect(text).not.toContain("c2VjcmV0");
  });

  it("by the place in it, with lenses above each", () => {
    const script = (name: string) => writing(`{"proxies":{"default":{"httpProxy":"http://${name}:1"}}}`);
    const text = runner(script("first")) + runner(script("second"));
    const service = serviceOf([[path, text]]);
    const lenses = codeLenses(service, uri).filter(({ command }) => command === "showDecoded");
    expect(lenses.map(({ range }) => range.start.line)).toEqual([2, 10]);
    const at = decodedScript(service, uri, text.indexOf("second"), english);
    expect("text" in at && at.text).toContain("http://second:1");
    expect(decodedScript(service, uri, 0, english)).toHaveProperty("problem");
  });
});
