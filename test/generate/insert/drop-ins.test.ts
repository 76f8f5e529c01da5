import { describe, expect, it } from "vitest";
import { proxy, snippet } from "./insertions.js";

describe("drop-ins", () => {
  const lines = `Environment="HTTP_PROXY=${proxy}"\nEnvironment="HTTPS_PROXY=${proxy}"\nEnvironment="NO_PROXY=localhost,127.0.0.1,docker"\n`;

  it("get the whole block into an empty file", () => {
    expect(snippet("docker-dropin", "docker", "")).toMatch(/^# .*\n# .*restart docker\n\[Service\]\n/);
    expect(snippet("runner-dropin", "runner", "")).toContain(`[Service]\n${lines}`);
  });

  it("do without NO_PROXY where it is not wanted", () => {
    expect(snippet("docker-dropin-addresses", "docker", "")).not.toContain("NO_PROXY");
    const text = '[Service]\nEnvironment="HTTP_PROXY=http://own:1"\n';
    expect(snippet("docker-dropin-addresses", "docker", text)).toBe(`${text}Environment="HTTPS_PROXY=http://own:1"\n`);
  });

  it("have the lines that they lack added to their [Service]", () => {
    const text = `[Unit]\nAfter=x\n\n[Service]\nEnvironment="HTTP_PROXY=http://own:1"\n\n[Install]\nWantedBy=y\n`;
    const after = snippet("docker-dropin", "docker", text);
    expect(after).toContain('Environment="HTTP_PROXY=http://own:1"\nEnvironment="HTTPS_PROXY=http://own:1"');
    expect(after).toMatch(/\[Service\]\n(Environment=.*\n){3}\n\[Install\]\nWantedBy=y\n$/);
    expect(snippet("docker-dropin", "docker", after)).toBe("problem: The file holds all of this already.");
  });
});

describe("drop-ins that take variables back", () => {
  it("get the lines below an empty Environment=", () => {
    const text = '[Service]\nEnvironment="HTTP_PROXY=http://own:1"\nEnvironment=\n';
    const after = snippet("docker-dropin", "docker", text);
    expect(after.startsWith(`${text}Environment="HTTP_PROXY=`)).toBe(true);
    expect(snippet("docker-dropin", "docker", after)).toBe("problem: The file holds all of this already.");
  });

  it("are left alone where UnsetEnvironment= names one", () => {
    expect(snippet("docker-dropin", "docker", "[Service]\nUnsetEnvironment=HTTP_PROXY\n")).toMatch(
      /^problem: There is no place/,
    );
  });

  it("get no variable that they have in the other letter case", () => {
    const text = '[Service]\nEnvironment="http_proxy=http://own:1" "https_proxy=http://own:1"\n';
    expect(snippet("docker-dropin-addresses", "docker", text)).toBe("problem: The file holds all of this already.");
  });
});
