import { expect, test } from "vitest";
import { serviceOf, uriOf } from "../support/engine.js";

function told(path: string, text: string): readonly string[] {
  return serviceOf([[path, text]])
    .findings(uriOf(path))
    .map(({ message }) => message);
}

test("a message names no program that does not read the file", () => {
  const dropin = '[Service]\nEnvironment="HTTPS_PROXY=https://10.44.0.2:8080"\n';
  expect(told("etc/systemd/system/docker.service.d/http-proxy.conf", dropin).join()).not.toContain("wget");
  const pipeline = "variables:\n  https_proxy: https://10.44.0.2:8080\nbuild:\n  script: [make]\n";
  expect(told(".gitlab-ci.yml", pipeline).join()).toContain("wget");
});

test("kaniko is called by its name, not by that of its file", () => {
  const pipeline = `pack:
  image: { name: "gcr.io/kaniko-project/executor:debug", entrypoint: [""] }
  variables: { HTTPS_PROXY: "http://10.44.0.2:8080" }
  script:
    - /kaniko/executor --context . --destination registry.corp.example/app --skip-tls-verify
`;
  expect(told(".gitlab-ci.yml", pipeline)).toContainEqual(expect.stringMatching(/^kaniko /));
});
