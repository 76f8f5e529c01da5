import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact, redactAddress } from "../../server/src/proxy/redact.js";

const secret = "hunter2-Zk";

describe("what is printed of a document", () => {
  it.each([
    `http://me:${secret}@proxy.example:8080`,
    `HTTP_PROXY=http://DOMAIN%5Cme:${secret}@proxy.example:8080/`,
    `http_proxy=me:${secret}@proxy.example:8080`,
    `environment = ["HTTPS_PROXY=http://me:${secret}@10.0.0.1:3128"]`,
    `"httpProxy": "http://me:a b/c\\"d'\`<${secret}@proxy.example:8080",`,
    `"{ \\"httpProxy\\": \\"http://me:a\\\\\\"${secret}@proxy.example:8080\\" }"`,
    `"httpProxy": "me:a b/c@d\\"'\`<${secret}@proxy.example:8080",`,
    `token = "glrt-${secret}"`,
    `token = "${secret}"`,
    `Password        ${secret}`,
    `PassNTLMv2 ${secret}`,
    `PassNT\t${secret}`,
    `SOCKS5Users me:${secret}`,
    `{"auths":{"registry.example":{"auth":"${secret}"}}}`,
    `{\\"auths\\":{\\"r\\":{\\"identitytoken\\":\\"${secret}\\"}}}`,
    `export CI_DEPLOY_PASSWORD=${secret}`,
    `docker login -u me -p ${secret} registry.example`,
    `docker login --username me --password ${secret} registry.example`,
    `sshpass -p ${secret} ssh host`,
    `curl -u me:${secret} https://example.com`,
    `curl --proxy-user "me:${secret}" https://example.com`,
    `curl -H "Authorization: Basic ${secret}" https://example.com`,
    `curl -H 'PRIVATE-TOKEN: ${secret}' https://gitlab.example`,
    `AWS_SECRET_ACCESS_KEY=${secret}`,
  ])("keeps the secret of %s", (text) => {
    expect(redact(text)).not.toContain(secret);
  });

  it.each([
    "http://proxy.example:8080",
    "echo $CI_REGISTRY_PASSWORD | docker login --password-stdin",
    "localhost,127.0.0.1,docker:2375",
    "http://proxy.example:8080/ and admin@corp.example",
    "http_proxy=proxy.example:8080 git clone git@gitlab.example:a/b",
    '{"httpProxy":"http://proxy.example:8080","email":"admin@corp.example"}',
    "git@gitlab.example:group/project.git",
    'docker login -u "$USER" -p "$CI_JOB_TOKEN" registry.example',
    "image: registry.example:5000/a@sha256:0123456789abcdef",
    '{ "auths": { "registry.example": {} } }',
  ])("leaves %s as it is", (text) => {
    expect(redact(text)).toBe(text);
  });

  it.each(["http_proxy=a:b", "://a:b", 'http_proxy=a:\\"', "=a:"])("is read once, however often %s comes", (piece) => {
    const text = piece.repeat(100_000);
    expect(redact(text)).toBe(text);
  });

  it("keeps any password in an address, whatever is in it", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9!#$%&*+./:;=?@^_|~-]{1,20}$/), (password) => {
        const marked = `${secret}${password}${secret}`;
        expect(redactAddress(`http://me:${marked}@proxy.example:8080`)).not.toContain(secret);
        expect(redactAddress(`me:${marked}@proxy.example:8080`)).not.toContain(secret);
      }),
      { numRuns: 300 },
    );
  });
});
