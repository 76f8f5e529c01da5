import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isIp,
  isLoopback,
  isPrivateAddress,
  isPrivateHost,
  isSingleLabel,
  isUnspecified,
} from "../../server/src/proxy/host.js";
import { contains, formatIpv6, parseCidr, parseIp, parseIpv4, parseIpv6 } from "../../server/src/proxy/ip.js";

describe("addresses", () => {
  it.each(["10.1.2", "10.1.2.256", "10.1.2.03", "1.2.3.4.5", "a.b.c.d", "", "1.2.3.4 "])("%j is no IPv4", (text) => {
    expect(parseIpv4(text)).toBeUndefined();
  });

  it.each([
    "",
    ":",
    ":::",
    "1::2::3",
    "12345::",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    ":1:2:3:4:5:6:7:8",
    "::1.2.3",
    "1.2.3.4::",
    "g::",
  ])("%j is no IPv6", (text) => {
    expect(parseIpv6(text)).toBeUndefined();
  });

  it.each([
    ["::", "::"],
    ["::1", "::1"],
    ["FD00:0:0::1", "fd00::1"],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
    ["1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"],
    ["::ffff:10.1.2.3", "::ffff:a01:203"],
    ["64:ff9b::192.0.2.1", "64:ff9b::c000:201"],
  ])("%s is short as %s", (text, short) => {
    expect(formatIpv6(parseIp(text) ?? [])).toBe(short);
  });

  it("reads what it writes", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(0), fc.nat(255)), { minLength: 16, maxLength: 16 }), (bytes) => {
        expect(parseIpv6(formatIpv6(bytes))).toEqual(bytes);
        expect(parseIpv6(formatIpv6(bytes, true))).toEqual(bytes);
      }),
    );
    fc.assert(fc.property(fc.ipV6(), (text) => void expect(parseIpv6(text)).toHaveLength(16)));
    fc.assert(fc.property(fc.ipV4(), (text) => void expect(parseIpv4(text)?.join(".")).toBe(text)));
  });

  it.each([
    ["10.0.0.0/8", "10.1.2.3", true],
    ["10.9.9.1/8", "10.1.2.3", true],
    ["10.0.0.0/8", "11.1.2.3", false],
    ["172.16.0.0/12", "172.31.0.1", true],
    ["172.16.0.0/12", "172.32.0.1", false],
    ["0.0.0.0/0", "8.8.8.8", true],
    ["::/0", "fd00::1", true],
    ["::/0", "10.1.2.3", false],
    ["10.0.0.0/8", "::ffff:10.1.2.3", true],
    ["fd00::/8", "10.1.2.3", false],
  ])("%s and %s: %s", (block, ip, expected) => {
    const [parsed, address] = [parseCidr(block), parseIp(ip)];
    expect(parsed && address && contains(parsed, address)).toBe(expected);
  });

  it.each(["10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "fd00::/129", "10/8"])("%s is no block", (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});

describe("hosts", () => {
  it("tells where they are", () => {
    for (const host of ["localhost", "LOCALHOST", "foo.localhost", "127.0.0.1", "127.9.9.9", "[::1]", "::1"]) {
      expect(isLoopback(host) && !isPrivateHost(host.replace("foo.", "")), host).toBe(true);
    }
    for (const host of ["0.0.0.0", "[::]"]) expect(isUnspecified(host), host).toBe(true);
    for (const host of ["10.1.2.3", "172.17.0.1", "192.168.1.1", "169.254.169.254", "[fd00::1]", "fe80::1"]) {
      expect(isPrivateAddress(host) && isPrivateHost(host) && isIp(host), host).toBe(true);
    }
    for (const host of ["gitlab", "docker", "gitlab.lan", "git.corp.", "GIT.INTERNAL", "a.home.arpa"]) {
      expect(isPrivateHost(host), host).toBe(true);
    }
    for (const host of [
      "gitlab.com",
      "8.8.8.8",
      "172.32.0.1",
      "[2001:db8::1]",
      "git.example.com",
      "corp.com",
      "",
      "-",
      "a b",
    ]) {
      expect(isPrivateHost(host), host).toBe(false);
    }
    expect(isPrivateHost("git.example.com", [".example.com"]) && isPrivateHost("example.com", ["example.com"])).toBe(
      true,
    );
    expect(isSingleLabel("docker") && !isSingleLabel("localhost") && !isSingleLabel("docker.test")).toBe(true);
  });
});
