import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { embeddedJson } from "../../server/src/features/embedded/embedded-json.js";
import { prepareRename, rename } from "../../server/src/features/rename.js";
import type { Service } from "../../server/src/service.js";
import { english } from "../../server/src/text/message.js";
import { applyEdits } from "../../server/src/text/span.js";
import { serviceOf } from "../support/engine.js";
import { ci, cntlm, hostFiles, hostService, inside, toml } from "../support/navigation.js";

/** The texts after a rename, by path; a string where there is none. */
function renamed(service: Service, uri: string, piece: string, newName: string, nth = 0) {
  const found = rename(service, uri, inside(service, uri, piece, nth), newName);
  if ("problem" in found) return english(found.problem);
  const texts = new Map<string, string>();
  for (const one of service.uris()) {
    const document = service.document(one);
    if (!document) continue;
    const edits = found.edits
      .filter((edit) => edit.uri === one)
      .map(({ range, newText }) => ({ span: document.lines.span(range), newText }));
    texts.set(one.slice("file:///".length), applyEdits(document.text, edits));
  }
  return texts;
}

function everywhere(replace: (text: string, path: string) => string): Map<string, string> {
  return new Map(Object.entries(hostFiles).map(([path, text]) => [path, replace(text, path)]));
}

/** Every value that programs get, all quoting undone. */
function meaning(service: Service): string[] {
  return service.uris().flatMap((uri) => {
    const document = service.document(uri);
    if (!document) return [];
    const { scopes, scripts, addresses, hosts, services } = document.settings;
    return [
      ...scopes.flatMap(({ id, assignments }) =>
        assignments.map(({ name, value }) => `${uri} ${id} ${name.text}=${value.text}`),
      ),
      ...scripts.flatMap(({ key, group, texts }) => texts.map(({ text }) => `${uri} ${group} ${key} ${text}`)),
      ...addresses.map(({ role, value }) => `${uri} ${role} ${value.text}`),
      ...hosts.map(({ kind, value }) => `${uri} ${kind} ${value.text}`),
      ...services.map(({ image }) => `${uri} ${image.text}`),
      ...embeddedJson(document).map(({ id, content }) => `${uri} ${id} ${content.text}`),
      String(document.tree.problems.length),
    ];
  });
}

describe("rename", () => {
  const service = hostService();

  it("moves a proxy's port in all files, and its host where the same one is named", () => {
    expect(renamed(service, cntlm, "172.17.0.1:3128", "172.17.0.9:3129")).toEqual(
      everywhere((text) =>
        text.replaceAll("172.17.0.1:3128", "172.17.0.9:3129").replaceAll("127.0.0.1:3128", "127.0.0.1:3129"),
      ),
    );
  });

  it("renames a variable of the jobs wherever it is set or used", () => {
    expect(renamed(service, ci, '"$CORP_PROXY"', "COMPANY")).toEqual(
      everywhere((text) => text.replaceAll("CORP_PROXY", "COMPANY")),
    );
    expect(renamed(service, toml, "$HTTP_PROXY", "http_proxy")).toEqual(
      everywhere((text, path) => (path.includes("systemd") ? text : text.replaceAll("HTTP_PROXY", "http_proxy"))),
    );
  });

  it("offers what stands at the place", () => {
    const at = (uri: string, piece: string) => prepareRename(service, uri, inside(service, uri, piece))?.placeholder;
    expect(at(toml, "172.17.0.1:3128")).toBe("172.17.0.1:3128");
    expect(at(cntlm, "proxy1.corp.example:8080")).toBe("proxy1.corp.example:8080");
    expect(at(ci, "$LOCAL")).toBe("LOCAL");
    expect(at(toml, "concurrent")).toBeUndefined();
  });

  it("says why it cannot", () => {
    expect(renamed(service, ci, "$LOCAL", "no name")).toBe("no name is no name of a variable.");
    expect(renamed(service, ci, "$LOCAL", "CORP_PROXY")).toBe("There is a variable CORP_PROXY already.");
    expect(renamed(service, toml, "172.17.0.1:3128", "http://x")).toBe("Write host and port, as in 172.17.0.1:3128.");
    expect(renamed(service, toml, "172.17.0.1:3128", "10.0.0.1:70000")).toMatch(/^Write host and port/);
    expect(renamed(service, toml, "concurrent", "x")).toMatch(/^Put the cursor/);
  });

  it("takes a port alone where a Listen names no more, and gives a port where none was", () => {
    const files = {
      "etc/cntlm.conf": "Proxy p:1\nListen 3128\n",
      "etc/systemd/system/docker.service.d/a.conf":
        '[Service]\nEnvironment="HTTP_PROXY=http://127.0.0.1:3128" "FTP_PROXY=http://other"\n',
    };
    const small = serviceOf(Object.entries(files));
    const [conf, unit] = small.uris();
    const after = renamed(small, conf ?? "", "3128", "3129");
    expect(after).toEqual(new Map(Object.entries(files).map(([path, text]) => [path, text.replace("3128", "3129")])));
    const other = renamed(small, unit ?? "", "other", "other:81");
    expect(other).toEqual(
      new Map(Object.entries(files).map(([path, text]) => [path, text.replace("other", "other:81")])),
    );
  });

  it("keeps the meaning of everything else, whatever the new address and name", () => {
    const host = fc.stringMatching(/^[a-z][a-z0-9.-]{0,10}[a-z0-9]$/).filter((name) => name !== "localhost");
    fc.assert(
      fc.property(
        host,
        fc.integer({ min: 1, max: 65535 }),
        fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,12}$/),
        (name, port, variable) => {
          fc.pre(!/PROXY|LOCAL/.test(variable));
          const moved = renamed(service, toml, "172.17.0.1:3128", `${name}:${port}`, 1);
          if (typeof moved === "string") throw new Error(moved);
          const expected = meaning(service).map((line) =>
            line.replaceAll("172.17.0.1:3128", `${name}:${port}`).replaceAll("127.0.0.1:3128", `127.0.0.1:${port}`),
          );
          expect(meaning(serviceOf(moved))).toEqual(expected);
          const named = renamed(service, ci, '"$CORP_PROXY"', variable);
          if (typeof named === "string") throw new Error(named);
          expect(meaning(serviceOf(named))).toEqual(
            meaning(service).map((line) => line.replaceAll("CORP_PROXY", variable)),
          );
        },
      ),
    );
  });
});
