import { describe, expect, it } from "vitest";
import { proxy, snippet } from "./insertions.js";

describe("Docker's JSON", () => {
  it("gets the whole object into an empty file", () => {
    expect(JSON.parse(snippet("docker-config", "client", ""))).toEqual({
      proxies: { default: { httpProxy: proxy, httpsProxy: proxy, noProxy: "localhost,127.0.0.1,docker" } },
    });
  });

  it("keeps what it holds", () => {
    const auths = { "registry.corp.example": {} };
    for (const text of [
      JSON.stringify({ auths }),
      JSON.stringify({ auths, proxies: {} }, null, 4),
      JSON.stringify({ auths, proxies: { default: {} } }, null, "\t"),
      JSON.stringify({ auths, proxies: { default: { httpProxy: "http://own:1" } } }, null, 2),
    ]) {
      const own = text.includes("own");
      expect(JSON.parse(snippet("docker-config", "client", text))).toEqual({
        auths,
        proxies: {
          default: {
            httpProxy: own ? "http://own:1" : proxy,
            httpsProxy: own ? "http://own:1" : proxy,
            noProxy: "localhost,127.0.0.1,docker",
          },
        },
      });
    }
  });

  it("knows the client's keys in any letter case", () => {
    const text =
      '{"Proxies": {"default": {"HTTPProxy": "http://own:1", "HttpsProxy": "http://own:1", "NOPROXY": "a"}}}';
    expect(snippet("docker-config", "client", text)).toBe("problem: The file holds all of this already.");
  });

  it.each(['{"proxies": null}', '{"proxies": {"default": null}}', '{"proxies": {"default": {"httpProxy": null}}}'])(
    "puts values in the place of nothing: %s",
    (text) => {
      expect(JSON.parse(snippet("docker-config", "client", text))).toEqual({
        proxies: { default: { httpProxy: proxy, httpsProxy: proxy, noProxy: "localhost,127.0.0.1,docker" } },
      });
    },
  );

  it("keeps keys that it does not know", () => {
    const after = snippet("docker-config", "client", '{"proxies": {"default": {"other": 5}}}');
    expect(JSON.parse(after)).toMatchObject({ proxies: { default: { other: 5, httpProxy: proxy } } });
  });

  it("tells the two files apart", () => {
    expect(JSON.parse(snippet("daemon", "daemon", "{}"))).toEqual({
      proxies: { "http-proxy": proxy, "https-proxy": proxy, "no-proxy": "localhost,127.0.0.1,docker" },
    });
    expect(snippet("daemon", "client", "{}")).toBe("problem: This block belongs into daemon.json.");
  });
});
