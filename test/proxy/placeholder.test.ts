import { expect, test } from "vitest";
import { placeholderIn, placeholdersIn } from "../../server/src/proxy/placeholder.js";

const marked = (text: string) => placeholdersIn(text).map(({ start, end }) => text.slice(start, end));

test.each([
  ["http://docker0_interface_ip:3128", ["docker0_interface_ip"]],
  ["http://proxy.example.com:80/", ["proxy.example.com"]],
  ["example.org", ["example.org"]],
  ["<proxy>", ["<proxy>"]],
  [
    "http://<user>:<password>@<your proxy's address>:<port>/",
    ["<user>", "<password>", "<your proxy's address>", "<port>"],
  ],
  ["http://USERNAME:PASSWORD@proxy.corp-uk.lan:3128", ["USERNAME", "PASSWORD"]],
  ["http://user:PASS@PROXY:PORT", ["PASS", "PROXY", "PORT"]],
  ["http://host:port/", ["host:port"]],
  ["squid.corp-uk.lan:PORT", ["PORT"]],
  ["YOURPROXY.COM:PORT", ["YOURPROXY.COM", "PORT"]],
  ["http://your-proxy.company.com:3128", ["your-proxy.company.com"]],
  ["http://YOUR_PROXY_HOST:3128", ["YOUR_PROXY_HOST"]],
  ["http://PROXY_IP:3128", ["PROXY_IP"]],
  ["10.x.x.x:8080", ["10.x.x.x"]],
  ["xxx.xxx.xxx.xxx", ["xxx.xxx.xxx.xxx"]],
  ["XXXXXXXX:8080", ["XXXXXXXX"]],
  ["CHANGEME", ["CHANGEME"]],
  ["set_hash_here", ["set_hash_here"]],
])("%s", (text, expected) => expect(marked(text)).toEqual(expected));

test.each([
  "http://proxy:3128",
  "http://host:3128",
  "http://PROXY.CORP.LAN:8080",
  "http://PROXY01:8080",
  "http://proxy.lab.example:443/",
  "http://squid.test:3128",
  "http://myproxy.corp-uk.lan:3128",
  "http://clients.yourserver.de:3128",
  "http://user:port@10.0.0.1:3128",
  "http://user:password@10.0.0.1:3128",
  "http://ci:a<b>c@10.0.0.1:3128",
  "http://notexample.com:80",
  "http://example.com.corp-uk.lan:80",
  "http://xxl.corp-uk.lan:80",
  "http://port.of.rotterdam.nl:8080",
  "testuser",
  "corp-uk",
  "",
])("%s is real", (text) => expect(placeholderIn(text)).toBeUndefined());
