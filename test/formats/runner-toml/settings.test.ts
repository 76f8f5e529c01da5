// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the runner's own variables
import { describe, expect, it } from "vitest";
import { runnerToml } from "../../../server/src/formats/runner-toml/index.js";
import { aliasesOfImage, isDindImage } from "../../../server/src/proxy/images.js";
import type { Assignment } from "../../../server/src/proxy/settings.js";
import { at, parse, read, textOf } from "./files.js";

function settings(name: string) {
  return runnerToml.settings(read(name));
}

/** A runner's scope from the lines of its table. */
function scopeOf(lines: string) {
  const { scopes } = runnerToml.settings(parse(`[[runners]]\n${lines}\n`));
  const [scope] = scopes;
  if (!scope) throw new Error("no scope");
  return scope;
}

function shown({ name, value }: Assignment): string {
  return `${name.text}=${value.text}`;
}

describe("environment", () => {
  it("is a scope of its own for each runner", () => {
    const text = textOf("proxy.toml");
    const [scope] = settings("proxy.toml").scopes;
    expect(scope).toMatchObject({
      kind: "runner-environment",
      id: "runners[0].environment",
      label: "behind the proxy",
      readers: ["helper", "job", "service"],
      container: true,
      open: false,
    });
    expect(scope && at(text, scope.span)).toBe("environment");
    expect(scope?.assignments.map(shown)).toEqual([
      "HTTP_PROXY=http://172.17.0.1:3128",
      "HTTPS_PROXY=http://172.17.0.1:3128",
      "http_proxy=http://172.17.0.1:3128",
      "https_proxy=http://172.17.0.1:3128",
      "NO_PROXY=docker,.corp.example,$EXTRA_HOSTS",
      "PRICE=5$",
      "DOCKER_TLS_CERTDIR=",
    ]);
    expect(scope?.assignments.map((a) => [a.variable, a.spelling])).toEqual([
      ["http_proxy", "upper"],
      ["https_proxy", "upper"],
      ["http_proxy", "lower"],
      ["https_proxy", "lower"],
      ["no_proxy", "upper"],
      [undefined, "upper"],
      [undefined, "upper"],
    ]);
    const third = scope?.assignments[2];
    expect(
      third && [third.span, third.name.contentSpan, third.value.contentSpan].map((span) => at(text, span)),
    ).toEqual(["'http_proxy=http://172.17.0.1:3128'", "http_proxy", "http://172.17.0.1:3128"]);
  });

  it("is cut at the first = and keeps blanks, as the runner does", () => {
    const scope = scopeOf('environment = ["A=b=c", " B = d ", "=e", "no equals sign", "F="]');
    expect(scope.assignments.map(shown)).toEqual(["A=b=c", " B = d ", "=e", "F="]);
  });

  it("shows entries without = to rules", () => {
    const [runner] = read("old-names.toml").runners;
    const entries = runner?.environment?.entries ?? [];
    expect(entries.map((entry) => [entry.text.text, entry.equals])).toEqual([
      ["LC_ALL=en_US.UTF-8", 6],
      ["no equals sign", -1],
      ["GIT_SSL_NO_VERIFY=1", 17],
    ]);
  });

  it.each([
    ["$NAME", "$NAME", "$NAME"],
    ["${NAME}:3128", "${NAME}:3128", "${NAME}"],
    ["a$$b", "a$b", ""],
    ["a$", "a$", ""],
    ["a$.b", "a$.b", ""],
    ["a${}b", "ab", ""],
    ["a${b", "ab", ""],
    ["$1x", "$1x", "$1"],
    ["$${x}", "${x}", ""],
    ["$$$A$B", "$$A$B", "$A$B"],
    ["{{ proxy }}:3128", "{{ proxy }}:3128", "{{ proxy }}"],
    ["<%= @proxy %>", "<%= @proxy %>", "<%= @proxy %>"],
    ["http://%{ if x }a%{ endif }", "http://%{ if x }a%{ endif }", "%{ if x }%{ endif }"],
    ["@PROXY@", "@PROXY@", "@PROXY@"],
    ["user@host", "user@host", ""],
  ])("expands %j to %j, not knowing %j", (written, text, unknown) => {
    const [assignment] = scopeOf(`environment = ['A=${written}']`).assignments;
    expect(assignment?.value.text).toBe(text);
    const spans = assignment?.value.unknownSpans() ?? [];
    expect(spans.map((span) => at(text, span)).join("")).toBe(unknown);
    expect(assignment?.value.hasUnknown()).toBe(unknown !== "");
  });

  it("writes a $ so that the runner keeps it", () => {
    const [assignment] = scopeOf('environment = ["A=b"]').assignments;
    expect(assignment?.value.replace({ start: 0, end: 1 }, "p$w")?.map((edit) => edit.newText)).toEqual(["p$$w"]);
  });

  it("is read in any letter case, as Go reads keys", () => {
    const [scope] = settings("old-names.toml").scopes;
    expect(scope?.label).toBe("since version nine");
    expect(scope?.assignments.map(shown)).toEqual(["LC_ALL=en_US.UTF-8", "GIT_SSL_NO_VERIFY=1"]);
  });

  it("is empty where the runner has none, and marked at its header", () => {
    const text = textOf("registered.toml");
    const [scope] = settings("registered.toml").scopes;
    expect(scope?.assignments).toEqual([]);
    expect(scope?.open).toBe(false);
    expect(scope && at(text, scope.span)).toBe("runners");
  });

  it.each(["environment = {{ env | tojson }}", 'environment = "A=1"', 'environment = [{{ more }}, "A=1"]'])(
    "is open where not all of it is known: %s",
    (line) => {
      const { scopes } = runnerToml.settings(runnerToml.parse(`[[runners]]\n${line}\n`, "config.toml.j2"));
      expect(scopes.map((scope) => scope.open)).toEqual([true]);
    },
  );

  it("is found in inline tables", () => {
    const { scopes, services } = settings("inline.toml");
    expect(scopes.map((scope) => [scope.label, scope.container, scope.assignments.length])).toEqual([
      ["one", true, 1],
      ["two", false, 0],
    ]);
    expect(services.map((service) => service.dind)).toEqual([true]);
  });
});

describe("executors", () => {
  it.each([
    ["docker", "", true],
    ["docker+machine", "", true],
    ["docker-autoscaler", "", true],
    ["docker-windows", "", true],
    ["kubernetes", "", true],
    ["docker", '[runners.docker]\nnetwork_mode = "host"', false],
    ["docker", '[runners.docker]\nnetwork_mode = "bridge"', true],
    ["docker", '[runners.docker]\nnetwork_mode = "container:vpn"', undefined],
    ["docker", '[runners.docker]\nnetwork_mode = "${mode}"', undefined],
    ["docker", "[runners.docker]\nnetwork_mode = {{ mode }}", undefined],
    ["kubernetes", '[[runners.kubernetes.pod_spec]]\nname = "host network"', undefined],
    ["shell", "", false],
    ["ssh", "", false],
    ["virtualbox", "", false],
    ["parallels", "", false],
    ["custom", "", undefined],
    ["", "", undefined],
    ["{{ executor }}", "", undefined],
  ])("%s %s: container %s", (executor, more, wanted) => {
    const scope = scopeOf(`executor = "${executor}"\n${more}`);
    expect(scope.container).toBe(wanted);
  });

  it("leave out services where there are none", () => {
    expect(scopeOf('executor = "shell"').readers).toEqual(["helper", "job"]);
  });
});

describe("scripts", () => {
  it("say where they run, and in what", () => {
    const text = textOf("proxy.toml");
    const { scripts, scopes } = settings("proxy.toml");
    expect(scripts.map(({ key, group, place, shell }) => ({ key, group, place, shell }))).toEqual([
      { key: "pre_get_sources_script", group: "runners[0].get-sources", place: "helper", shell: "posix" },
      { key: "pre_build_script", group: "runners[0].build", place: "job", shell: "posix" },
    ]);
    expect(scripts[0]?.texts[0]?.text).toBe(
      "git config --global http.proxy $HTTP_PROXY\ngit config --global https.proxy $HTTPS_PROXY",
    );
    expect(scripts[0] && at(text, scripts[0].keySpan)).toBe("pre_get_sources_script");
    expect(scripts[1]?.texts[0]?.hasUnknown()).toBe(false);
    expect(scripts[0]?.scope).toBe(scopes[0]);
  });

  it.each([
    ['shell = "bash"', "posix"],
    ['shell = "sh"', "posix"],
    ['shell = "pwsh"', "powershell"],
    ['shell = "powershell"', "powershell"],
    ['shell = "cmd"', "cmd"],
    ['shell = "fish"', "unknown"],
    ["shell = 1", "unknown"],
    ['executor = "shell"', "posix"],
    ['executor = "docker-windows"', "powershell"],
    ['executor = "kubernetes"\nshell = ""', "posix"],
  ])("are of the runner's shell: %s", (lines, shell) => {
    const { scripts } = runnerToml.settings(parse(`[[runners]]\n${lines}\npost_build_script = "true"\n`));
    expect(scripts.map((script) => script.shell)).toEqual([shell]);
  });

  it("keep the names of old runners", () => {
    const { scripts } = settings("old-names.toml");
    expect(scripts.map(({ key, place }) => ({ key, place }))).toEqual([{ key: "pre_clone_script", place: "helper" }]);
  });
});

describe("services", () => {
  it("have images, names and environments", () => {
    const text = textOf("proxy.toml");
    const { services, scopes } = settings("proxy.toml");
    expect(
      services.map(({ image, aliases, dind, tlsCertDir }) => ({ image: image.text, aliases, dind, tlsCertDir })),
    ).toEqual([
      {
        image: "registry.corp.example:5000/library/docker:27-dind",
        aliases: ["docker", "dind", "builder"],
        dind: true,
        tlsCertDir: "/certs",
      },
      {
        image: "tutum/wordpress:latest",
        aliases: ["tutum__wordpress", "tutum-wordpress"],
        dind: false,
        tlsCertDir: "",
      },
    ]);
    const [first, second] = services;
    expect(first?.aliasSpan && at(text, first.aliasSpan)).toBe("docker dind, builder");
    expect(first?.ownScope?.id).toBe("runners[0].docker.services[0].environment");
    expect(first?.ownScope?.inherits).toBe(scopes[0]);
    expect(first?.ownScope?.assignments.map(shown)).toEqual([
      "DOCKER_TLS_CERTDIR=/certs",
      "HTTPS_PROXY=http://172.17.0.1:3128",
    ]);
    expect(second?.ownScope).toBe(scopes[0]);
    expect(scopes.map((scope) => scope.kind)).toEqual(["runner-environment", "service"]);
  });

  it.each([
    ["docker:dind", true],
    ["docker:27.3-dind-rootless", true],
    ["registry.corp.example:5000/library/docker:dind@sha256:abc", true],
    ["docker:27", false],
    ["mydocker:dind", false],
    ["docker/dind", false],
    ["alpine", false],
  ])("knows dind by its name: %s", (image, dind) => {
    expect(isDindImage(image)).toBe(dind);
  });

  // What helpers/container/services of GitLab Runner makes of these.
  it.each([
    ["docker:dind", ["docker"]],
    ["mysql", ["mysql"]],
    ["tutum/wordpress:latest", ["tutum__wordpress", "tutum-wordpress"]],
    [
      "subdomain.domain.tld:8080/namespace/service:version",
      ["subdomain.domain.tld__namespace__service", "subdomain.domain.tld-namespace-service"],
    ],
    ["service@sha256:0123", ["service"]],
    ["service:1@sha256:0123", ["service"]],
  ])("makes names of an image: %s", (image, aliases) => {
    expect(aliasesOfImage(image)).toEqual(aliases);
  });
});

describe("hosts", () => {
  it("are those that the runner and dockerd connect to", () => {
    expect(settings("proxy.toml").hosts.map(({ kind, value, readers }) => [kind, value.text, ...readers])).toEqual([
      ["gitlab-url", "https://gitlab.corp.example", "runner"],
      ["image", "registry.corp.example:5000/base/alpine:3.20", "dockerd"],
      ["image", "registry.corp.example:5000/gitlab/helper:x86_64-latest", "dockerd"],
      ["image", "registry.corp.example:5000/library/docker:27-dind", "dockerd"],
      ["image", "tutum/wordpress:latest", "dockerd"],
      ["image", "registry.corp.example:5000/*/*:*", "dockerd"],
      ["image", "ruby:*", "dockerd"],
    ]);
  });

  it("leave out the images that another machine pulls", () => {
    const kinds = (name: string) => settings(name).hosts.map((host) => host.kind);
    expect(kinds("old-names.toml")).toEqual(["gitlab-url"]);
    const remote = 'executor = "docker"\n[runners.docker]\nhost = "tcp://build.corp.example:2376"\nimage = "alpine"';
    expect(runnerToml.settings(parse(`[[runners]]\n${remote}\n`)).hosts).toEqual([]);
    expect(kinds("several-executors.toml")).toEqual([
      "gitlab-url",
      "gitlab-url",
      "clone-url",
      "gitlab-url",
      "image",
      "gitlab-url",
      "image",
      "gitlab-url",
    ]);
  });

  it("are not known where variables or templates stand in them", () => {
    expect(settings("placeholders.toml").hosts.map((host) => [host.value.text, host.value.hasUnknown()])).toEqual([
      ["@GITLAB_URL@", true],
      ["$CI_REGISTRY/base", true],
    ]);
  });
});
