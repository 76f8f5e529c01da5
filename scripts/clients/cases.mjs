/**
 * What is asked of the clients. In the values, {A} and {B} stand for two proxies (host:port) and {T} for a server that
 * is not on loopback, so that a request that goes direct is seen there.
 */

/** @import { AddressCase, BypassCase, Case, CredentialCase } from "./types.js" */

/**
 * Bypass lists, each with the URLs that it is tried with. A bare host stands for http://host/.
 * @type {[list: string, urls: string][]}
 */
const lists = [
  ["", "example.com localhost LOCALHOST 127.0.0.1 127.9.9.9 [::1] 10.1.2.3"],
  [
    "example.com",
    "example.com www.example.com a.b.example.com notexample.com EXAMPLE.com example.com. example.com:8080 https://example.com/ example.org",
  ],
  ["Example.COM", "example.com www.example.com"],
  ["example.com.", "example.com example.com. www.example.com"],
  [".example.com", "example.com www.example.com a.b.example.com notexample.com .example.com WWW.example.com:8080"],
  [".Example.COM", "example.com www.example.com"],
  [".example.com.", "www.example.com"],
  ["..example.com", "example.com www.example.com"],
  ["*.example.com", "example.com www.example.com a.b.example.com notexample.com https://www.example.com/"],
  ["*.Example.COM", "www.example.com"],
  ["*example.com", "example.com www.example.com notexample.com"],
  ["*..example.com", "www.example.com"],
  ["*", "example.com example.com:8080 10.1.2.3 [fd00::1] https://example.com/"],
  ["*,a.test", "example.com a.test 10.1.2.3 [fd00::1]"],
  ["a.test,*", "example.com a.test 10.1.2.3"],
  [" * ", "example.com"],
  ["*,", "example.com"],
  ["**", "example.com"],
  ["*:8080", "example.com:8080 example.com"],
  ["*.*", "www.example.com"],
  ["*.", "www.example.com www.example.com."],
  [".", "example.com example.com. 10.1.2.3"],
  ["*.com", "example.com"],
  ["com", "example.com"],
  [".com", "example.com"],
  ["m", "example.com"],
  ["10.20.*", "10.20.1.2"],
  ["10.20.*.*", "10.20.1.2"],
  ["10.20.", "10.20.1.2"],
  ["10.20", "10.20.1.2"],
  ["git*.example.com", "git1.example.com"],
  ["git?.example.com", "git1.example.com"],
  ["example.*", "example.com"],
  ["www.*.com", "www.example.com"],
  ["docker", "docker docker:2375 docker:2376 docker.example.com mydocker"],
  ["docker:2375", "docker:2375 docker:2376 docker x.docker:2375 mydocker:2375"],
  ["docker:02375", "docker:2375"],
  ["docker:80", "docker docker:80"],
  ["docker:443", "https://docker/ https://docker:443/"],
  ["docker:", "docker docker:2375"],
  ["docker:*", "docker docker:2375"],
  ["docker:http", "docker"],
  ["docker:0", "docker"],
  [":2375", "docker:2375"],
  ["DOCKER:2375", "docker:2375"],
  ["example.com:8080", "example.com:8080 www.example.com:8080 example.com"],
  [".example.com:8080", "example.com:8080 www.example.com:8080 www.example.com"],
  ["*.example.com:8080", "example.com:8080 www.example.com:8080 www.example.com"],
  ["10.1.2.3", "10.1.2.3 10.1.2.3:8080 110.1.2.3 https://10.1.2.3/"],
  ["0.1.2.3", "10.1.2.3"],
  ["1.2.3", "10.1.2.3"],
  [".1.2.3", "10.1.2.3"],
  ["3", "10.1.2.3"],
  ["10.1.2.3.", "10.1.2.3"],
  ["10.1.2.03", "10.1.2.3"],
  ["10.1.2.3:8080", "10.1.2.3:8080 10.1.2.3"],
  ["10.1.2.3:80", "10.1.2.3"],
  ["10.0.0.0/8", "10.1.2.3 10.1.2.3:8080 11.1.2.3 example.com [::ffff:10.1.2.3]"],
  ["10.9.9.1/8", "10.1.2.3 11.1.2.3"],
  ["172.16.0.0/12", "172.31.0.1 172.32.0.1"],
  ["10.1.2.3/32", "10.1.2.3 10.1.2.4"],
  ["10.1.2.0/31", "10.1.2.1 10.1.2.2"],
  ["0.0.0.0/0", "10.1.2.3 example.com"],
  ["10.0.0.0/0", "10.1.2.3 10.0.0.0"],
  ["128.0.0.0/1", "200.1.2.3 10.1.2.3"],
  ["10.0.0.0/33", "10.1.2.3"],
  ["10.0.0.0/-8", "10.1.2.3"],
  ["10.0.0.0/08", "10.1.2.3"],
  ["10.0.0.0/8x", "10.1.2.3"],
  ["10.0.0.0/", "10.0.0.0 10.1.2.3"],
  ["10.0.0.0/255.0.0.0", "10.1.2.3"],
  ["10/8", "10.1.2.3"],
  ["10.0.0/8", "10.1.2.3"],
  ["10.0.0.0/8:8080", "10.1.2.3:8080 10.1.2.3"],
  ["10.1.2.0-10.1.2.255", "10.1.2.3"],
  ["fd00::1", "[fd00::1] [fd00::1]:8080 [FD00::1] [fd00:0::1]"],
  ["FD00::1", "[fd00::1]"],
  ["fd00:0:0::1", "[fd00::1]"],
  ["[fd00::1]", "[fd00::1] [fd00::1]:8080"],
  ["[FD00::1]", "[fd00::1]"],
  ["[fd00::1]:8080", "[fd00::1]:8080 [fd00::1]"],
  ["[fd00::1]:80", "[fd00::1]"],
  ["fd00::/8", "[fd00::1] [fe80::1] 10.1.2.3"],
  ["[fd00::]/8", "[fd00::1]"],
  ["[fd00::/8]", "[fd00::1]"],
  ["::/0", "[fd00::1] 10.1.2.3"],
  ["::ffff:10.0.0.0/104", "10.1.2.3 [::ffff:10.1.2.3]"],
  ["localhost", "localhost localhost:8080 foo.localhost 127.0.0.1 [::1]"],
  ["127.0.0.1", "127.0.0.1 127.0.0.1:8080 localhost"],
  ["127.0.0.0/8", "127.0.0.1 127.9.9.9 localhost"],
  ["::1", "[::1] localhost"],
  ["[::1]", "[::1]"],
  ["a.test, b.test", "a.test b.test"],
  ["a.test ,b.test", "a.test b.test"],
  [" a.test,b.test", "a.test b.test"],
  ["a.test,b.test ", "a.test b.test"],
  [" 10.0.0.0/8 , 192.168.0.0/16 ", "10.1.2.3 192.168.1.1"],
  ["10.0.0.0/8, 192.168.0.0/16", "10.1.2.3 192.168.1.1"],
  ["a.test b.test", "a.test b.test testb.test"],
  ["a.test b.test,c.test", "a.test b.test c.test"],
  ["a.test,b.test c.test", "a.test b.test c.test"],
  ["a.test  b.test , c.test", "a.test b.test c.test"],
  ["a.test\tb.test", "a.test b.test"],
  ["a.test,\tb.test", "b.test"],
  ["a.test\t,b.test", "a.test b.test"],
  ["a.test\nb.test", "a.test b.test"],
  ["a.test,\nb.test", "a.test b.test"],
  ["a.test,b.test\n", "a.test b.test"],
  ["a.test,\u00a0b.test", "b.test"],
  ["a.test,\u000bb.test", "b.test"],
  ["a.test,\u001fb.test", "b.test"],
  ["a.test,,b.test", "a.test b.test example.com"],
  [",b.test", "b.test example.com"],
  ["a.test,", "a.test example.com example.com."],
  [",", "example.com example.com."],
  [" ", "example.com"],
  ["a.test , , b.test", "a.test b.test"],
  ["a.test;b.test", "a.test b.test"],
  ["a.test;b.test,c.test", "a.test b.test c.test"],
  ["a.test|b.test", "a.test b.test"],
  ["a.test:b.test", "a.test b.test"],
  ["http://example.com", "example.com http"],
  ["https://example.com", "https://example.com/"],
  ["http://example.com/", "example.com"],
  ["http://example.com:80", "example.com"],
  ["example.com/", "example.com"],
  ["example.com/path", "example.com"],
  ["//example.com", "example.com"],
  ["user@example.com", "example.com"],
  ['"example.com"', "example.com www.example.com"],
  ["'example.com'", "example.com"],
  ['"a.test,b.test,c.test"', "a.test b.test c.test"],
  ["'a.test','b.test'", "a.test b.test"],
  ["\u201cexample.com\u201d", "example.com"],
  ["a.test\\,b.test", "a.test b.test"],
  ["<local>", "docker localhost"],
  ["!example.com", "example.com www.example.com"],
  ["-example.com", "example.com"],
  ["localhost,127.0.0.1,.example.com,10.0.0.0/8", "www.example.com example.com 10.1.2.3 localhost"],
  ["docker,docker:2375,docker:2376", "docker:2375 docker:2376"],
];

/** @type {BypassCase[]} */
export const bypassCases = lists.flatMap(([list, urls]) =>
  urls.split(" ").map((url) => ({ list, url: url.includes("://") ? url : `http://${url}/` })),
);

const http = "http://{T}/";
const https = "https://{T}/";

/**
 * Which names are read, which of two wins, and whether the address needs a scheme.
 * @type {Case[]}
 */
export const variableCases = [
  ...["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"].flatMap((name) =>
    [http, https].map((url) => ({ set: { [name]: "http://{A}" }, url })),
  ),
  { set: { Http_Proxy: "http://{A}" }, url: http },
  { set: { Https_Proxy: "http://{A}" }, url: https },
  ...["http_proxy", "HTTP_PROXY"].map((name) => ({ set: { [name]: "{A}" }, url: http })),
  ...["https_proxy", "HTTPS_PROXY"].map((name) => ({ set: { [name]: "{A}" }, url: https })),
  { set: { http_proxy: "http://{A}", HTTP_PROXY: "http://{B}" }, url: http },
  { set: { https_proxy: "http://{A}", HTTPS_PROXY: "http://{B}" }, url: https },
  { set: { all_proxy: "http://{A}", ALL_PROXY: "http://{B}" }, url: http },
  { set: { http_proxy: "http://{A}", all_proxy: "http://{B}" }, url: http },
  { set: { https_proxy: "http://{A}", all_proxy: "http://{B}" }, url: https },
  { set: { http_proxy: "", HTTP_PROXY: "http://{A}" }, url: http },
  { set: { https_proxy: "", HTTPS_PROXY: "http://{A}" }, url: https },
  ...["no_proxy", "NO_PROXY", "No_Proxy"].map((name) => ({
    set: { http_proxy: "http://{A}", HTTP_PROXY: "http://{A}", [name]: "{Thost}" },
    url: http,
  })),
  { set: { http_proxy: "http://{A}", HTTP_PROXY: "http://{A}", no_proxy: "{Thost}", NO_PROXY: "a.test" }, url: http },
  { set: { http_proxy: "http://{A}", HTTP_PROXY: "http://{A}", no_proxy: "a.test", NO_PROXY: "{Thost}" }, url: http },
  { set: { http_proxy: "http://{A}", HTTP_PROXY: "http://{A}", no_proxy: "", NO_PROXY: "{Thost}" }, url: http },
];

const rawCharacters = [..."@\\#/?%^:$!&+~\"'<>[]{}|;,=*()` é"];
const encoded = ["%40", "%5C", "%23", "%2F", "%3F", "%25", "%5E", "%3A", "%20", "%21", "%2B", "%0A", "%0D", "%00"];

/** @type {CredentialCase["part"][]} */
const parts = ["user", "password"];

/**
 * One character, raw or percent-encoded, in the user name and in the password of the address.
 * @type {CredentialCase[]}
 */
export const credentialCases = [...rawCharacters, ...encoded].flatMap((text) =>
  parts
    // A colon ends the user name: nothing to measure there.
    .filter((part) => !(part === "user" && text === ":"))
    .map((part) => ({ part, text })),
);

/**
 * Addresses as people write them, each named after what is wrong with it.
 * @type {[shape: string, address: string][]}
 */
const shapes = [
  ["well-formed", "http://{A}"],
  ["trailing-slash", "http://{A}/"],
  ["path", "http://{A}/path"],
  ["query", "http://{A}?x"],
  ["upper-case-scheme", "HTTP://{A}"],
  ["https-scheme", "https://{A}"],
  ["socks-scheme", "socks5://{A}"],
  ["unknown-scheme", "htp://{A}"],
  ["no-scheme", "{A}"],
  ["no-scheme-with-credentials", "user:password@{A}"],
  ["slashes-without-scheme", "//{A}"],
  ["one-slash", "http:/{A}"],
  ["no-slashes", "http:{A}"],
  ["no-colon", "http//{A}"],
  ["no-host", "http://:{Aport}"],
  ["no-host-no-scheme", ":{Aport}"],
  ["scheme-alone", "http://"],
  ["word-alone", ":proxy"],
  ["port-not-a-number", "http://127.0.0.1:port"],
  ["no-scheme-port-not-a-number", "127.0.0.1:port"],
  ["port-zero", "http://127.0.0.1:0"],
  ["port-too-large", "http://127.0.0.1:{Awrapped}"],
  ["port-followed-by-letter", "http://{A}x"],
  ["blank-before", " http://{A}"],
  ["blank-after", "http://{A} "],
  ["line-end-after", "http://{A}\n"],
  ["blank-inside", "http://127.0.0.1 :{Aport}"],
  ["double-quoted", '"http://{A}"'],
  ["single-quoted", "'http://{A}'"],
  ["typographic-quotes", "\u201chttp://{A}\u201d"],
  ["trailing-quote", 'http://{A}"'],
  ["leading-quote", '"http://{A}'],
  ["trailing-comma", "http://{A},"],
  ["trailing-semicolon", "http://{A};"],
];

/** @type {AddressCase[]} */
export const addressCases = shapes.map(([shape, address]) => ({ shape, address }));
