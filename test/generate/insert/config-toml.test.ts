import { parse as parseToml } from "smol-toml";
import { describe, expect, it } from "vitest";
import { fixed, fixedScript, proxy, script, snippet, variablesScript } from "./insertions.js";

describe("config.toml", () => {
  const environment = (indent: string) =>
    [
      "environment = [",
      ...["HTTP_PROXY", "HTTPS_PROXY"].map((name) => `  "${name}=${proxy}",`),
      '  "NO_PROXY=localhost,127.0.0.1,docker",',
      ...["http_proxy", "https_proxy"].map((name) => `  "${name}=${proxy}",`),
      '  "no_proxy=localhost,127.0.0.1,docker",',
      "]",
    ]
      .map((line) => `${indent}${line}\n`)
      .join("");
  const sources = `pre_get_sources_script = 'git config --global http.proxy "$HTTP_PROXY"'\n`;

  it("takes the keys above the first sub-table of the runner that the cursor is in", () => {
    const head = `concurrent = 1\n\n[[runners]]\n  name = "a"\n  [runners.docker]\n    image = "x"\n\n[[runners]]\n  name = "b" # second\n`;
    const tail = `\n  [runners.docker]\n    image⌖ = "y"\n`;
    expect(snippet("runner-config", "toml", head + tail)).toBe(
      `${head}  ${sources}${environment("  ")}${tail.replace("⌖", "")}`,
    );
  });

  it("gets a runner where there is none, and a line end where the last line has none", () => {
    expect(snippet("runner-config", "toml", "concurrent = 1")).toBe(
      `concurrent = 1\n\n[[runners]]\n  ${sources}${environment("  ")}`,
    );
    expect(snippet("runner-config", "toml", '[[runners]]\n\tname = "a"')).toBe(
      `[[runners]]\n\tname = "a"\n\t${sources}${environment("\t")}`,
    );
  });

  it("keeps CR LF", () => {
    const text = snippet("runner-config", "toml", '[[runners]]\r\n  name = "a"\r\n');
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
  });

  it("has its environment completed, not replaced", () => {
    const text = `[[runners]]\n  pre_get_sources_script = "true"\n  environment = ["HTTP_PROXY=http://own:1", "X=1"] # keep\n`;
    const after = snippet("runner-config", "toml", text);
    const { runners } = parseToml(after) as { runners: { environment: string[]; pre_get_sources_script: string }[] };
    expect(runners[0]?.pre_get_sources_script).toBe("true");
    expect(runners[0]?.environment.slice(0, 2)).toEqual(["HTTP_PROXY=http://own:1", "X=1"]);
    expect(
      runners[0]?.environment
        .slice(2)
        .map((entry) => entry.split("=")[0])
        .sort(),
    ).toEqual(["HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"].sort());
    expect(after).toContain("# keep");
    expect(snippet("runner-config", "toml", after)).toBe("problem: The runner has all of this already.");
  });

  it("gets the dind script as a new key", () => {
    expect(script("toml", '[[runners]]\n  name = "a"\n  [runners.docker]\n', fixed)).toBe(
      `[[runners]]\n  name = "a"\n  pre_build_script = '''\n${fixedScript}\n'''\n  [runners.docker]\n`,
    );
  });

  it.each([
    ["a plain command", "apk add git", `apk add git && ${fixedScript.replace("\n", " && ")} || exit`],
    ["a list of commands", "apk add git && date", `apk add git && date\n${fixedScript}`],
    ["a condition", "[ -f ~/x ]", `[ -f ~/x ]\n${fixedScript}`],
    [
      "a generated one that was joined",
      `date && ${fixedScript.replaceAll("a:1", "old:1").replace("\n", " && ")} || exit`,
      `date && ${fixedScript.replace("\n", " && ")} || exit`,
    ],
    [
      "a joined one that took the job's variables",
      `date &&\n${variablesScript.replaceAll("\n", " &&\n").replace("\\ &&", "\\")} || exit`,
      `date && ${fixedScript.replace("\n", " && ")} || exit`,
    ],
    [
      "the guide's",
      'mkdir -p $HOME/.docker/ && echo "{ \\\\"proxies\\\\": {} }" > $HOME/.docker/config.json',
      fixedScript,
    ],
    [
      "a generated one among others",
      `set -x\n${fixedScript.replaceAll("a:1", "old:1")}\necho done`,
      `set -x\necho done\n${fixedScript}`,
    ],
    [
      "the guide's behind another",
      'true && mkdir -p ~/.docker && echo "{ proxies }" > ~/.docker/config.json && date',
      `true && date\n${fixedScript}`,
    ],
    ["a login, which adds to the file", "docker login -u x", `${fixedScript}\ndocker login -u x`],
    [
      "logins written by hand",
      "echo $AUTH > ~/.docker/config.json",
      `echo $AUTH > ~/.docker/config.json && ${fixedScript.replace("\n", " && ")} || exit`,
    ],
    [
      "one inside a condition",
      "if true; then echo proxies > ~/.docker/config.json; date; fi",
      `if true; then echo proxies > ~/.docker/config.json; date; fi\n${fixedScript}`,
    ],
  ])("has the script that it holds mended: %s", (_, before, after) => {
    const quoted = JSON.stringify(before);
    const result = script("toml", `[[runners]]\n  pre_build_script = ${quoted} # note\n  name = "a"\n`, fixed);
    const { runners } = parseToml(result) as { runners: { pre_build_script: string }[] };
    expect(runners[0]?.pre_build_script.trimEnd()).toBe(after);
    expect(result).toMatch(/# note\n {2}name = "a"\n$/);
    const again = script("toml", result, fixed);
    expect(["problem: The runner has this script already.", result]).toContain(again);
  });

  it("gets the dind script as a snippet too", () => {
    const text = '[[runners]]\n  name = "a"\n  pre_build_script = "set -x"\n';
    expect(snippet("pre-build-script", "toml", text)).toBe(script("toml", text));
  });

  it("keeps CR LF out of a joined script", () => {
    const after = script("toml", '[[runners]]\r\n  pre_build_script = "date"\r\n', fixed);
    const { runners } = parseToml(after) as { runners: { pre_build_script: string }[] };
    expect(runners[0]?.pre_build_script).toBe(`date && ${fixedScript.replace("\n", " && ")} || exit`);
    expect(after.replaceAll("\r\n", "")).not.toContain("\n");
  });

  it.each(['runners = [{name = "a"}]\n', '[runners]\n  name = "a"\n'])(
    "is left alone where no [[runners]] can take it: %s",
    (text) => {
      expect(snippet("runner-config", "toml", text)).toMatch(/^problem: Write the runners as/);
      expect(script("toml", text, fixed)).toMatch(/^problem: Write the runners as/);
    },
  );

  it("is mended inside an inline table too", () => {
    const after = script("toml", 'runners = [{name = "a", pre_build_script = "date"}]\n', fixed);
    const { runners } = parseToml(after) as { runners: { pre_build_script: string }[] };
    expect(runners[0]?.pre_build_script).toContain("date && mkdir");
  });

  it("is left alone where the script that it holds does not end", () => {
    expect(script("toml", `[[runners]]\n  pre_build_script = "echo '"\n`, fixed)).toMatch(/^problem: .* does not end/);
  });

  it("speaks the runner's shell", () => {
    expect(script("toml", '[[runners]]\n  shell = "pwsh"\n')).toContain("[IO.File]::WriteAllText");
    expect(script("toml", '[[runners]]\n  shell = "cmd"\n')).toMatch(/^problem: This runner's shell is cmd/);
    const twice = script(
      "toml",
      script("toml", '[[runners]]\n  shell = "pwsh"\n  pre_build_script = "Get-Date"\n'),
      fixed,
    );
    expect(twice.match(/WriteAllText/g)).toHaveLength(1);
    expect(twice).toContain("Get-Date");
  });
});
