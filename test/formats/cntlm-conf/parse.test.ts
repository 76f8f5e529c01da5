import { describe, expect, it } from "vitest";
import {
  commentCntlmOption,
  deleteCntlmOption,
  insertCntlmOption,
  setCntlmValue,
} from "../../../server/src/formats/cntlm-conf/edit.js";
import { cntlmConf } from "../../../server/src/formats/cntlm-conf/index.js";
import { applyEdits, type TextEdit } from "../../../server/src/text/span.js";

const parse = (text: string, uri = "/etc/cntlm.conf") => cntlmConf.parse(text, uri);
const applied = (text: string, edits: readonly TextEdit[] | undefined) => edits && applyEdits(text, edits);

describe("what is recognised", () => {
  const options = "Username u\nProxy p:1\nNoProxy localhost\nListen 3128\n";
  it.each([
    ["etc/cntlm.conf", "", true],
    ["C:/Program Files/Cntlm/cntlm.ini", "", true],
    ["templates/cntlm.conf.j2", "", true],
    ["cntlm-template.conf", "", true],
    ["proxy.conf", options, true],
    ["templates/proxy.erb", options, true],
    ["notes.md", options, false],
    ["tinyproxy.conf", "Port 8888\nListen 127.0.0.1\nAllow 127.0.0.1\nNoProxy x\n", false],
    ["apache2/ports.conf", "Listen 80\nProxyPass / http://x/\nProxyRequests Off\n", false],
    ["squid.conf", "http_port 3128\ncache_peer proxy parent 3128 0\n", false],
    ["etc/cntlm.service", options, false],
  ])("%s: %j", (uri, text, expected) => expect(cntlmConf.match(uri, text)).toBe(expected));
});

describe("a cntlm.conf", () => {
  it("has the addresses that its chain needs", () => {
    const text = "Proxy a:1\nListen 3128\nListen 172.17.0.1:3129\nSOCKS5Proxy 1080\nGateway no\n";
    const { addresses, scopes } = cntlmConf.settings(parse(text));
    expect(scopes).toEqual([]);
    expect(addresses.map(({ role, host, port, span }) => [role, host, port, text.slice(span.start, span.end)])).toEqual(
      [
        ["parent", "a", 1, "a:1"],
        ["listen", "127.0.0.1", 3128, "3128"],
        ["listen", "172.17.0.1", 3129, "172.17.0.1:3129"],
      ],
    );
  });

  it("is read whatever it holds, in proportion to its length", () => {
    const long = 1 << 19;
    const hostile = [
      `Password ${"a".repeat(long)}`,
      `Password "${"{{".repeat(long / 2)}\n`,
      `Password "\n`.repeat(long / 16),
      "A #\n".repeat(long / 4),
      "{{ x }}\n".repeat(long / 8),
      "\n".repeat(long),
      "\0\r\ufeff\ud800 x\n".repeat(100),
      "[".repeat(long),
    ];
    for (const text of hostile) expect(cntlmConf.settings(parse(text)).scopes).toEqual([]);
  });
});

describe("an option", () => {
  it.each([
    ["Proxy\t10.0.0.1\r\n", "10.0.0.1:8080", "Proxy\t10.0.0.1:8080\r\n"],
    ["Password pa#ss\n", "pa#ss", 'Password "pa#ss"#ss\n'],
    ['Password "pass" # mine\n', "x", 'Password "x" # mine\n'],
    ["Domain 'CORP'\n", "CORP", "Domain CORP\n"],
    ["Username=jdoe\n", "jdoe", "Username jdoe\n"],
    ['Proxy "10.0.0.1:80\n', "10.0.0.1:80", "Proxy 10.0.0.1:80\n"],
  ])("%j gets the value %j", (text, value, expected) => {
    const [option] = parse(text).options;
    expect(option && applied(text, setCntlmValue(option, value))).toBe(expected);
  });

  it("is not given what cntlm cannot say", () => {
    const [option] = parse("Password x\n").options;
    expect(option && setCntlmValue(option, 'a"b#')).toBeUndefined();
    expect(option && setCntlmValue(option, "a\nb")).toBeUndefined();
  });

  it("is added after its kind, aligned as the line before", () => {
    const text = "Proxy       a:1\nProxy       b:2\nListen\t\t3128\n";
    const tree = parse(text);
    expect(applied(text, insertCntlmOption(tree, "Proxy", "c:3"))).toBe(
      text.replace("b:2\n", "b:2\nProxy       c:3\n"),
    );
    expect(applied(text, insertCntlmOption(tree, "NoProxy", "10.*", tree.option("Proxy")))).toBe(
      text.replace("a:1\n", "a:1\nNoProxy     10.*\n"),
    );
    expect(applied(text, insertCntlmOption(tree, "Domain", "a#b"))).toBe(`${text}Domain\t\t"a#b"\n`);
    expect(applied("Proxy a:1", insertCntlmOption(parse("Proxy a:1"), "Listen", "3128"))).toBe(
      "Proxy a:1\nListen 3128\n",
    );
    expect(applied("", insertCntlmOption(parse(""), "Listen", "3128"))).toBe("Listen 3128\n");
  });

  it("is taken away or made a comment", () => {
    const text = "Proxy a:1\r\n  Auth NT\r\nListen 1\r\n";
    const auth = parse(text).option("auth");
    expect(auth && applied(text, deleteCntlmOption(auth))).toBe("Proxy a:1\r\nListen 1\r\n");
    expect(auth && applied(text, commentCntlmOption(auth))).toBe("Proxy a:1\r\n  #Auth NT\r\nListen 1\r\n");
  });
});
