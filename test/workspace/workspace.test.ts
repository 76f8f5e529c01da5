import fc from "fast-check";
import { expect, test } from "vitest";
import { formatById } from "../../server/src/formats/index.js";
import { Document } from "../../server/src/workspace/document.js";
import { groupByHost } from "../../server/src/workspace/hosts.js";
import { Workspace } from "../../server/src/workspace/workspace.js";

const uris = [
  "file:///etc/cntlm.conf",
  "file:///repo/a/etc/cntlm.conf",
  "file:///repo/a/etc/docker/daemon.json",
  "file:///repo/a/project/.gitlab-ci.yml",
  "file:///repo/a/project/etc/cntlm.conf",
  "file:///repo/b/etc/docker/daemon.json",
  "file:///repo/.gitlab-ci.yml",
  "file:///.gitlab-ci.yml",
  "etc/cntlm.conf",
  "sub/.gitlab-ci.yml",
];

function document(uri: string, version: number): Document {
  return new Document(uri, "", version, formatById("cntlm-conf"));
}

test("documents come and go, and are grouped as if all had been there from the start", () => {
  const change = fc.record({ uri: fc.constantFrom(...uris), gone: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const workspace = new Workspace();
      changes.forEach(({ uri, gone }, version) => {
        if (gone) workspace.delete(uri);
        else workspace.set(document(uri, version));
      });
      const groups = groupByHost(workspace.uris());
      for (const { root, documents } of workspace.hosts()) {
        expect(documents.map(({ uri }) => groups.get(uri))).toEqual(documents.map(() => root));
        for (const one of documents) expect(workspace.get(one.uri)).toBe(one);
      }
      expect(workspace.hosts().flatMap(({ documents }) => documents)).toHaveLength(groups.size);
    }),
  );
});

test("a host's list is the same until one of its documents changes", () => {
  const workspace = new Workspace(
    ["file:///a/etc/cntlm.conf", "file:///b/etc/cntlm.conf"].map((uri) => document(uri, 1)),
  );
  const a = workspace.hostOf("file:///a/etc/cntlm.conf");
  workspace.set(document("file:///b/etc/cntlm.conf", 2));
  workspace.set(document("file:///c/etc/cntlm.conf", 1));
  expect(workspace.hostOf("file:///a/etc/cntlm.conf")).toBe(a);
  workspace.set(document("file:///a/etc/docker/daemon.json", 1));
  expect(workspace.hostOf("file:///a/etc/cntlm.conf")).toHaveLength(2);
});
