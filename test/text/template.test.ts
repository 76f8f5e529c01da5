// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are templates
import { describe, expect, it } from "vitest";
import { createService } from "../../server/src/service.js";
import { templateHoles } from "../../server/src/text/template.js";

const holes = (text: string, braces = true) =>
  templateHoles(text, { braces }).map(({ start, end, kind }) => `${kind} ${text.slice(start, end)}`);

describe("holes of templates", () => {
  it("of Jinja, Go, ERB, autoconf and envsubst", () => {
    expect(holes("{{ a }} {% if b %} {# c #} <% d %> <%= e %> @FF@ ${G} ${H:-x} $I a@b.c {} ${")).toEqual([
      "value {{ a }}",
      "control {% if b %}",
      "control {# c #}",
      "control <% d %>",
      "value <%= e %>",
      "value @FF@",
      "value ${G}",
      "value ${H:-x}",
    ]);
  });

  it("of Terraform", () => {
    expect(holes('%{ if a ~}${a.b}${jsonencode(c)}%{~ endfor }${d["e"]} %{http_code} ${1}')).toEqual([
      "control %{ if a ~}",
      "value ${a.b}",
      "value ${jsonencode(c)}",
      "control %{~ endfor }",
      'value ${d["e"]}',
    ]);
    expect(holes("%{ if a }${b}", false)).toEqual(["control %{ if a }"]);
  });

  it.each([
    [
      "etc/docker/daemon.json.tftpl",
      '{"proxies": {"http-proxy": "${p}", "no-proxy": ${jsonencode(n)}}, "mtu": ${mtu}}\n',
    ],
    [".gitlab-ci.yml.tftpl", "job:\n  script:\n    - echo $${CI_JOB_NAME}\n%{ if more ~}\n    - echo b\n%{ endif ~}\n"],
  ])("leave nothing to say of %s", (name, text) => {
    const service = createService();
    const uri = `file:///h/${name}`;
    service.setDocument(uri, text);
    expect(service.findings(uri)).toEqual([]);
  });
});
