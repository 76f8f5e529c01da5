import { expect, it } from "vitest";
import { isCandidate } from "../../server/src/features/candidates.js";
import { defaultOptions } from "../../server/src/options.js";

const folder = "/etc/systemd/system/docker.service.d";

it.each([
  ".http-proxy.conf.swp",
  "http-proxy.conf~",
  "#http-proxy.conf#",
  ".#http-proxy.conf",
  ".http-proxy.conf.412-0123456789ab.runner-proxy",
])("a search leaves alone what is there while a file is edited: %s", (name) => {
  expect(isCandidate(`${folder}/${name}`, defaultOptions)).toBe(false);
  const named = { ...defaultOptions, files: [["**/docker.service.d/*", "systemd-dropin"]] as const };
  expect(isCandidate(`${folder}/${name}`, named)).toBe(true);
});

it.each([`${folder}/http-proxy.conf`, `${folder}/http-proxy.conf.bak`, "/project/.gitlab-ci.yml"])(
  "a search reads %s",
  (path) => expect(isCandidate(path, defaultOptions)).toBe(true),
);
