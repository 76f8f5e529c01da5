import { describe, expect, it } from "vitest";
import { bypasses } from "../../server/src/proxy/bypass/index.js";
import measured from "../../server/src/proxy/bypass/measured.json" with { type: "json" };
import { clientNames } from "../../server/src/proxy/clients.js";

describe("bypasses agrees with what was measured", () => {
  it.each(clientNames)("%s", (client) => {
    const rows = measured.rows.map(({ list, url, direct }) => ({ list, url, direct: direct.includes(client) }));
    const modelled = rows.map(({ list, url }) => ({ list, url, direct: bypasses(client, url, list)?.direct }));
    expect(modelled).toEqual(rows);
  });
});
