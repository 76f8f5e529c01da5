import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEmbedded, writeEmbedded } from "../../server/src/features/embedded/edit.js";
import { embeddedJson } from "../../server/src/features/embedded/embedded-json.js";
import type { Service } from "../../server/src/service.js";
import { english } from "../../server/src/text/message.js";
import { applyEdits } from "../../server/src/text/span.js";
import { serviceOf, uriOf } from "../support/engine.js";
import { hostFiles, hostService, inside, toml } from "../support/navigation.js";

const runner = (script: string) =>
  `concurrent = 1 # keep\n\n[[runners]]\n  executor = "docker"\n  pre_build_script = ${script}\n  name = "é"\n`;
const job = (script: string) => `build:\n  image: docker\n  script:\n${script}\n    - docker build .\n`;

/** One JSON in many quotings: files by a word for each. */
const places: Readonly<Record<string, readonly [path: string, text: string]>> = {
  "double quotes in a TOML string": [
    "config.toml",
    runner(
      String.raw`"mkdir -p ~/.docker && echo \"{ \\\"proxies\\\": { \\\"default\\\": { \\\"httpProxy\\\": \\\"$HTTP_PROXY\\\", \\\"noProxy\\\": \\\"a,b\\\" } } }\" > ~/.docker/config.json; true"`,
    ),
  ],
  "single quotes in a literal TOML string": [
    "config.toml",
    runner(
      `'''\nmkdir -p ~/.docker\nprintf '%s\\n' '{"proxies":{"default":{"httpProxy":"http://p:1","noProxy":"a,b"}}}' > ~/.docker/config.json\n'''`,
    ),
  ],
  "a here-document in a YAML block": [
    ".gitlab-ci.yml",
    job(
      '    - |\n      cat > ~/.docker/config.json <<EOF\n      {\n        "proxies": {\n          "default": { "httpProxy": "$HTTP_PROXY", "noProxy": "a,b" }\n        }\n      }\n      EOF',
    ),
  ],
  "double quotes in a YAML scalar in single quotes": [
    ".gitlab-ci.yml",
    job(
      `    - 'echo "{\\"proxies\\":{\\"default\\":{\\"httpProxy\\":\\"$HTTP_PROXY\\",\\"noProxy\\":\\"a,b\\"}}}" > ~/.docker/config.json'`,
    ),
  ],
};

function only(service: Service): string {
  return service.uris()[0] ?? "";
}

/** Writes an edited text back. @returns the file's new text, or the problem */
function write(service: Service, edit: (text: string) => string): string {
  const uri = only(service);
  const read = readEmbedded(service, uri, undefined);
  if ("problem" in read) return english(read.problem);
  const written = writeEmbedded(service, uri, read.id, read.version, edit(read.text));
  if ("problem" in written) return english(written.problem);
  const document = service.document(uri);
  if (!document) return "";
  const edits = written.edits.map(({ range, newText }) => ({ span: document.lines.span(range), newText }));
  const text = applyEdits(document.text, edits);
  const again = serviceOf([[uri.slice("file:///".length), text]]);
  expect(readEmbedded(again, uri, read.id)).toMatchObject({ id: read.id, version: written.version });
  return text;
}

describe.each(Object.entries(places))("JSON in %s", (_, [path, text]) => {
  const service = () => serviceOf([[path, text]]);

  it("is read as a plain document", () => {
    const read = readEmbedded(service(), uriOf(path), undefined);
    if ("problem" in read) throw new Error(english(read.problem));
    expect(JSON.parse(read.text).proxies.default.noProxy).toBe("a,b");
    expect(read.text).toContain("\n");
  });

  it("is not touched where nothing was changed", () => {
    expect(write(service(), (json) => json)).toBe(text);
  });

  it("gets a changed value, and nothing else", () => {
    expect(write(service(), (json) => json.replace("a,b", "a,b,c.example"))).toBe(text.replace("a,b", "a,b,c.example"));
  });

  it("gets a new key, and loses it again", () => {
    const added = write(service(), (json) => json.replace('"a,b"', '"a,b",\n      "ftpProxy": "http://f:1"'));
    expect(added).toContain("ftpProxy");
    const back = write(serviceOf([[path, added]]), (json) => json.replace(/,\s*"ftpProxy": "http:\/\/f:1"/, ""));
    expect(back).toBe(text);
  });

  it("is written back through all escapes, whatever is typed", () => {
    const value = fc.string({ unit: fc.constantFrom(..."ab,.*:/\\\"'$`%{}#!é\u{1f600} &|<>"), maxLength: 12 });
    fc.assert(
      fc.property(value, (typed) => {
        const after = write(service(), (json) => json.replace('"a,b"', () => JSON.stringify(typed)));
        // What a quoting cannot say is refused, not mangled.
        if (/^The quoting of the script/.test(after)) return;
        const [found] = embeddedJson(serviceOf([[path, after]]).document(uriOf(path)) ?? fail());
        expect(JSON.parse(found?.content.text ?? "").proxies.default.noProxy).toBe(typed);
        expect(after.replace(/\n.*config\.json.*|.*noProxy.*/g, "")).toBe(
          text.replace(/\n.*config\.json.*|.*noProxy.*/g, ""),
        );
      }),
    );
  });
});

function fail(): never {
  throw new Error("no document");
}

describe("embedded JSON", () => {
  it("is found from any place of its script", () => {
    const service = hostService();
    const document = service.document(toml);
    const offset = document?.lines.offset(inside(service, toml, "mkdir")) ?? 0;
    const read = readEmbedded(service, toml, offset);
    expect(read).toMatchObject({ label: "pre_build_script" });
    expect(readEmbedded(service, uriOf("etc/cntlm.conf"), 0)).toHaveProperty("problem");
  });

  it("keeps what the shell puts in, and takes a typed variable for the shell's", () => {
    const [path, text] = places["double quotes in a TOML string"] ?? ["", ""];
    const after = write(serviceOf([[path, text]]), (json) => json.replace('"a,b"', '"$NO_PROXY"'));
    expect(after).toBe(text.replace("a,b", "$NO_PROXY"));
  });

  it("mends JSON whose quotes the shell took", () => {
    const text = runner(
      String.raw`"mkdir -p ~/.docker; echo \"{ \\\"proxies\\\": { \\\"default\\\": { \\\"httpProxy\\\": \"$HTTP_PROXY\" } } }\" > ~/.docker/config.json"`,
    );
    const after = write(serviceOf([["config.toml", text]]), (json) => json.replace("$HTTP_PROXY", '"$HTTP_PROXY"'));
    const [found] = embeddedJson(serviceOf([["config.toml", after]]).document(uriOf("config.toml")) ?? fail());
    expect(found?.content.text.trim()).toBe('{ "proxies": { "default": { "httpProxy": "$HTTP_PROXY" } } }');
  });

  it("is not written over a script that has changed meanwhile, nor where it is broken", () => {
    const service = hostService();
    const read = readEmbedded(service, toml, undefined);
    if ("problem" in read) throw new Error();
    const broken = writeEmbedded(service, toml, read.id, read.version, "{");
    expect("problem" in broken && english(broken.problem)).toMatch(/^This is no valid JSON/);
    const text = hostFiles["etc/gitlab-runner/config.toml"] ?? "";
    service.setDocument(toml, text.replace("http://172.17.0.1:3128\\\\", "http://p:1\\\\"), 2);
    const late = writeEmbedded(service, toml, read.id, read.version, read.text);
    expect("problem" in late && english(late.problem)).toMatch(/^The script has changed/);
    service.setDocument(toml, "[[runners]]\n", 3);
    const gone = writeEmbedded(service, toml, read.id, read.version, read.text);
    expect("problem" in gone && english(gone.problem)).toMatch(/^The script is no longer/);
  });

  it("may be written while the rest of the file changes", () => {
    const service = hostService();
    const read = readEmbedded(service, toml, undefined);
    if ("problem" in read) throw new Error();
    const text = hostFiles["etc/gitlab-runner/config.toml"] ?? "";
    service.setDocument(toml, `# new\n${text}`, 2);
    expect(writeEmbedded(service, toml, read.id, read.version, read.text)).toMatchObject({ edits: [] });
  });
});
