import { describe, expect, it } from "vitest";
import { systemdDropin } from "../../../server/src/formats/systemd-dropin/index.js";
import { unitOf } from "../../../server/src/formats/systemd-dropin/unit.js";
import { english } from "../../../server/src/text/message.js";
import { applyEdits } from "../../../server/src/text/span.js";

const path = "file:///etc/systemd/system/docker.service.d/http-proxy.conf";
const parse = (text: string, uri = path) => systemdDropin.parse(text, uri);
const scopeOf = (text: string, uri = path) => systemdDropin.settings(parse(text, uri)).scopes[0];

describe("the unit of a file", () => {
  it.each([
    ["/etc/systemd/system/docker.service.d/http-proxy.conf", "docker.service", "docker", "drop-in", true],
    [
      "hosts/a/etc/systemd/system/gitlab-runner.service.d/10-proxy.conf",
      "gitlab-runner.service",
      "gitlab-runner",
      "drop-in",
      true,
    ],
    ["/usr/lib/systemd/system/containerd.service", "containerd.service", "containerd", "unit", true],
    ["/etc/systemd/system/multi-user.target.wants/cntlm.service", "cntlm.service", "cntlm", "unit", true],
    ["/etc/systemd/system/php-fpm@.service", "php-fpm@.service", "other", "unit", true],
    ["/etc/systemd/system/docker.service.d/http-proxy.conf.bak", "docker.service", "docker", "drop-in", false],
    ["/etc/systemd/system/docker.service.d/old/http-proxy.conf", undefined, undefined, "drop-in", false],
    ["/etc/systemd/system/docker.d/http-proxy.conf", undefined, undefined, "drop-in", false],
    ["/etc/systemd/system/http-proxy.conf", undefined, undefined, "drop-in", false],
    ["/etc/systemd/system/service.d/proxy.conf", undefined, undefined, "drop-in", true],
    ["files/docker.service.d/proxy.conf.j2", "docker.service", "docker", "drop-in", undefined],
    ["files/docker-http-proxy.conf", "docker.service", "docker", "drop-in", undefined],
    ["roles/x/docker/templates/http-proxy.conf.j2", "docker.service", "docker", "drop-in", undefined],
    ["files/http-proxy.conf", undefined, undefined, "drop-in", undefined],
  ])("%s", (uri, unit, program, part, read) => {
    expect(unitOf(uri)).toMatchObject({ unit, program, part, read });
  });

  it("is told by a comment of a copy that says where it belongs", () => {
    const text = "# goes to /etc/systemd/system/docker.service.d/\n[Service]\nEnvironment=A=1\n";
    expect(scopeOf(text, "files/http-proxy.conf")).toMatchObject({
      label: "docker.service",
      readers: ["dockerd"],
      open: false,
    });
    expect(scopeOf(text.slice(2), "files/http-proxy.conf")).toMatchObject({ label: "", readers: ["unit"], open: true });
  });
});

describe("what is recognised", () => {
  const proxy = "[Service]\nEnvironment=HTTP_PROXY=http://p:1\n";
  it.each([
    ["etc/systemd/system/docker.service.d/limits.conf", "[Service]\nLimitNOFILE=1\n", true],
    ["etc/systemd/system/docker.service", "[Unit]\nDescription=x\n", true],
    ["etc/systemd/system/docker.service.d/proxy", proxy, true],
    ["http-proxy.conf", proxy, true],
    ["templates/proxy.erb", proxy, true],
    ["override.conf", "[service]\nexport http_proxy=http://p:1\n", true],
    ["etc/default/docker", "HTTP_PROXY=http://p:1\n", true],
    ["etc/default/grub", "GRUB_DEFAULT=0\n", false],
    ["etc/default/docker", "DOCKER_OPTS=--dns 8.8.8.8\n", false],
    ["lib/systemd/system/foo.service", "[Service]\nExecStart=/bin/true\n", false],
    ["org.foo.service", "[D-BUS Service]\nName=org.foo\n", false],
    ["etc/apache2/sites-available/x.conf", "<VirtualHost *:80>\nSetEnv HTTP_PROXY x\n</VirtualHost>\n", false],
    ["etc/nginx/nginx.conf", "http { proxy_pass http://x; }\n", false],
    ["README.md", proxy, false],
    ["/r/flatcar.bu.j2", "{#\n# [a]\n#}\nvariant: flatcar\n[Service]\nEnvironment=HTTP_PROXY=a:1\n", false],
    ["/r/user-data.tpl", "#!/bin/sh\ncat <<EOF\n[Service]\nEnvironment=HTTP_PROXY=a:1\nEOF\n", false],
    ["/r/user-data.tpl", "#cloud-config\n[Service]\nEnvironment=HTTP_PROXY=a:1\n", false],
    ["/r/proxy.tpl", "# a\n\n<% if @p %>\n[Service]\nEnvironment=HTTP_PROXY=a:1\n<% end %>\n", true],
  ])("%s: %j", (uri, text, expected) => expect(systemdDropin.match(uri, text)).toBe(expected));
});

describe("a unit file", () => {
  it("says what systemd ignores, and where it stops", () => {
    const text =
      '[Unit]\nAfter\n[Service]\ndocker, registry\n=x\nEnvironment "A=1"\n[Service\nfoo bar\nEnvironment=B=1\n';
    const tree = parse(text);
    expect(tree.problems.map(({ span, message }) => [text.slice(span.start, span.end), english(message)])).toEqual([
      ["docker, registry", "systemd ignores this line: it has no =."],
      ["=x", "systemd ignores this line: no key stands before the =."],
      ['Environment "A=1"', "systemd ignores this line: what stands before the = is no key."],
      ["[Service", "systemd stops reading the file here: a section's header is [Name] and nothing else."],
    ]);
    expect(tree.environment.words.map((word) => word.state)).toEqual(["unread"]);
  });

  it("names the units that it waits for", () => {
    const tree = parse(
      "[Unit]\nAfter=docker.service \\\n  network.target\nAfter=a.service\n[Service]\nAfter=b.service\n",
    );
    expect(tree.dependencies("After").map((unit) => unit.text)).toEqual([
      "docker.service",
      "network.target",
      "a.service",
    ]);
  });

  it("names the files of its variables", () => {
    const text =
      "[Service]\nEnvironmentFile=/gone\nEnvironmentFile=\nEnvironmentFile=-/etc/a b\nEnvironmentFile=x\nEnvironmentFile=/etc/%p%%\n";
    const files = parse(text).environmentFiles.map(({ path: p, optional }) => [p.text, optional, p.hasUnknown()]);
    expect(files).toEqual([
      ["/etc/a b", true, false],
      ["/etc/%p%", false, true],
    ]);
    expect(scopeOf(text)?.open).toBe(true);
  });

  it("keeps a shell variable where systemd reads it, and leaves it open in a copy", () => {
    const text = `[Service]\nEnvironment="HTTP_PROXY=\${PROXY}"\n`;
    expect(scopeOf(text)?.assignments[0]?.value.hasUnknown()).toBe(false);
    expect(parse(text).template).toBe(false);
    expect(scopeOf(text, "templates/http-proxy.conf")?.assignments[0]?.value.hasUnknown()).toBe(true);
    expect(scopeOf(text, `${path}.tmpl`)?.assignments[0]?.value.hasUnknown()).toBe(true);
  });

  it("is read whatever it holds, in proportion to its length", () => {
    const long = 1 << 19;
    const hostile = [
      `[Service]\nEnvironment=${"A=b\\".repeat(long / 4)}`,
      `[Service]\nEnvironment=${'"A=b'.repeat(long / 4)}`,
      `[Service]\nEnvironment=A=${"{{".repeat(long / 2)}`,
      `[Service]\nEnvironment=A=${"{% if %}".repeat(long / 8)}`,
      `[Service]\nEnvironment=A=${"%".repeat(long)}h`,
      `[Service]\n${"Environment=A=1\\\n".repeat(long / 16)}`,
      "[Service]\nEnvironment={% if a\nor b %}A=1\nEnvironment=A=1 {#\n#}\n",
      `[Service]\n${"a\n".repeat(long / 2)}`,
      `[Service]\n${"http_proxy=a\n".repeat(long / 32)}`,
      "\n".repeat(long),
      "[".repeat(long),
      "\ufeff\0\r\0\n\ud800[Service]\rEnvironment=A=\udc00",
    ];
    for (const text of hostile) {
      const tree = parse(text);
      const scope = systemdDropin.settings(tree).scopes[0];
      if (scope) systemdDropin.addAssignment(tree, scope, "A", "1");
      expect(tree.format).toBe("systemd-dropin");
    }
  });
});

describe("an assignment that is added", () => {
  const added = (text: string, value = "http://p%40:1", uri = path) => {
    const tree = parse(text, uri);
    const scope = systemdDropin.settings(tree).scopes[0];
    const edits = scope && systemdDropin.addAssignment(tree, scope, "HTTPS_PROXY", value);
    return edits && applyEdits(text, edits);
  };
  it.each([
    [
      '[Service]\nEnvironment="A=1"\nType=simple\n',
      '[Service]\nEnvironment="A=1"\nEnvironment="HTTPS_PROXY=http://p%%40:1"\nType=simple\n',
    ],
    [
      "[Service]\r\n  Environment='A=1' B=2 'C=3'",
      "[Service]\r\n  Environment='A=1' B=2 'C=3'\r\n  Environment='HTTPS_PROXY=http://p%%40:1'\r\n",
    ],
    [
      "[Service]\nEnvironment=A=1 \\\n  B=2\n\n[Install]\n",
      '[Service]\nEnvironment=A=1 \\\n  B=2\nEnvironment="HTTPS_PROXY=http://p%%40:1"\n\n[Install]\n',
    ],
    [
      "[Unit]\nAfter=x\n[Service]\nType=simple\n",
      '[Unit]\nAfter=x\n[Service]\nEnvironment="HTTPS_PROXY=http://p%%40:1"\nType=simple\n',
    ],
    ["[service]\nType=simple\n", '[service]\nEnvironment="HTTPS_PROXY=http://p%%40:1"\nType=simple\n'],
  ])("to %j", (text, expected) => expect(added(text)).toBe(expected));

  it("is bare where the last one is and it can be", () => {
    expect(added("[Service]\nEnvironment=A=1\n", "http://p:1")).toBe(
      "[Service]\nEnvironment=A=1\nEnvironment=HTTPS_PROXY=http://p:1\n",
    );
  });

  it("makes the [Service] that is missing", () => {
    const text = "Environment=A=1\n";
    expect(added(text, "http://p:1")).toBe('Environment=A=1\n\n[Service]\nEnvironment="HTTPS_PROXY=http://p:1"\n');
  });

  it("is added to a file of EnvironmentFile= in its own way", () => {
    expect(added("HTTP_PROXY=http://p:1", "a b", "/etc/default/docker")).toBe(
      'HTTP_PROXY=http://p:1\nHTTPS_PROXY="a b"\n',
    );
  });

  it("is not added between a template's tags, nor where it cannot be said", () => {
    expect(added("[Service]\n{% if x %}\nEnvironment=A=1\n{% endif %}\n")).toBeUndefined();
    expect(added("[Service]\n", "a\0b")).toBeUndefined();
  });
});
