// JSON schemas of config.toml, config.json and daemon.json, made of the keys that the engine knows.

/**
 * What the schemas are made of.
 * @typedef {Pick<typeof import("../../server/src/formats/runner-toml/keys/index.js"), "allKeys" | "isKnownTable">
 *   & Pick<typeof import("../../server/src/formats/docker-json/keys.js"), "clientKeys" | "daemonKeys" | "daemonFreeObjects">
 *   & Pick<typeof import("../../server/src/features/meaning/runner-keys.js"), "runnerKeyMeaning">
 *   & Pick<typeof import("../../server/src/features/meaning/docker-keys.js"), "dockerKeyMeaning">} Keys
 * @typedef {import("../../server/src/formats/runner-toml/keys/index.js").KeyInfo} KeyInfo
 * @typedef {import("../../server/src/formats/docker-json/keys.js").KeyType} KeyType
 * @typedef {"client" | "daemon"} DockerKind
 * @typedef {{ [key: string]: unknown }} Schema
 */

const home = "https://raw.githubusercontent.com/runner-proxy/runner-proxy/main/schemas/";

/**
 * The schemas by the name of their file.
 * @param {Keys} keys
 * @returns {Record<string, Schema>}
 */
export function makeSchemas(keys) {
  return {
    "gitlab-runner-config.schema.json": runnerSchema(keys),
    "docker-config.schema.json": dockerSchema(keys, "client"),
    "docker-daemon.schema.json": dockerSchema(keys, "daemon"),
  };
}

/** @param {string} file @param {string} title @param {string} description @returns {Schema} */
function head(file, title, description) {
  return { $schema: "http://json-schema.org/draft-07/schema#", $id: home + file, title, description };
}

/** @param {Keys} keys @returns {Schema} */
function runnerSchema(keys) {
  /** @type {Map<string, KeyInfo[]>} */
  const tables = new Map();
  for (const info of keys.allKeys()) tables.set(info.table, [...(tables.get(info.table) ?? []), info]);
  /** @type {Record<string, Schema>} */
  const definitions = {};
  for (const [table, infos] of tables) {
    if (table !== "") definitions[table] = tableSchema(keys, infos);
    if (table === "runners[]") definitions[table] = withOldNames(definitions[table]);
  }
  return {
    ...head(
      "gitlab-runner-config.schema.json",
      "GitLab Runner's config.toml",
      "The runner reads keys in any letter case; a schema can only name the usual one.",
    ),
    ...tableSchema(keys, tables.get("") ?? []),
    definitions,
  };
}

/** @param {Keys} keys @param {readonly KeyInfo[]} infos @returns {Schema} */
function tableSchema(keys, infos) {
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(infos.map((info) => [info.key, keySchema(keys, info)])),
  };
}

/**
 * Names that runners up to 16 read and those from 17 on ignore. A file for both has the new name beside the old one.
 * @param {Schema | undefined} table @returns {Schema}
 */
function withOldNames({ properties, ...table } = {}) {
  const renamed = { pre_clone_script: "pre_get_sources_script", post_clone_script: "post_get_sources_script" };
  const old = Object.entries(renamed).map(([name, now]) => {
    return [
      name,
      { description: `Read by GitLab Runner up to 16. Since 17: ${now}.`, type: "string", deprecated: true },
    ];
  });
  const dependencies = Object.fromEntries(Object.entries(renamed).map(([name, now]) => [name, [now]]));
  return { ...table, properties: { .../** @type {Schema} */ (properties), ...Object.fromEntries(old) }, dependencies };
}

/** Nothing is required: templates for `register`, and parts of files, lack url, token and executor. @param {Keys} keys @param {KeyInfo} info @returns {Schema} */
function keySchema(keys, info) {
  const { table, key, type, values, minimum, minimumLength, note } = info;
  const description = keys.runnerKeyMeaning(table, key)?.text;
  const path = table === "" ? key : `${table}.${key}`;
  const own = valueSchema(type, (suffix) => reference(keys, path + suffix));
  return {
    ...(description !== undefined && { description }),
    // A schema of draft 7 ignores what stands beside a reference.
    ...("$ref" in own && description !== undefined ? { allOf: [own] } : own),
    ...(values && { enum: values }),
    ...(minimum !== undefined && { minimum }),
    ...(minimumLength !== undefined && { minLength: minimumLength }),
    ...(note === "deprecated" && { deprecated: true }),
  };
}

/** @param {Keys} keys @param {string} table @returns {Schema} */
function reference(keys, table) {
  return keys.isKnownTable(table) ? { $ref: `#/definitions/${encodeURIComponent(table)}` } : { type: "object" };
}

/** @param {KeyInfo["type"]} type @param {(suffix: string) => Schema} table @returns {Schema} */
function valueSchema(type, table) {
  switch (type) {
    case "table":
      return table("");
    case "array of table":
      return { type: "array", items: table("[]") };
    case "duration":
      return { type: ["string", "integer"] };
    case "string or array of string":
      return { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] };
    case "table of any":
      return { type: "object" };
    default:
      return plain(type);
  }
}

/** @param {string} type @returns {Schema} */
function plain(type) {
  if (type.startsWith("array of ")) return { type: "array", items: plain(type.slice("array of ".length)) };
  if (type.startsWith("table of "))
    return { type: "object", additionalProperties: plain(type.slice("table of ".length)) };
  if (type === "datetime") return { type: "string", format: "date-time" };
  return { type: type === "float" ? "number" : type };
}

/** Names of variables and of daemon.json's keys, which the client ignores without a word. */
const notTheClients = ["http-proxy", "https-proxy", "no-proxy", "ftp-proxy", "all-proxy"].flatMap((name) => {
  const variable = name.replace("-", "_");
  return [name, variable, variable.toUpperCase()];
});

/** @param {Keys} keys @param {DockerKind} kind @returns {Schema} */
function dockerSchema(keys, kind) {
  const client = kind === "client";
  const title = client ? "The docker client's config.json" : "dockerd's daemon.json";
  const description = client
    ? "The client reads keys in any letter case, and takes keys that it does not know."
    : "dockerd does not start with a key that it does not know.";
  return {
    ...head(client ? "docker-config.schema.json" : "docker-daemon.schema.json", title, description),
    ...objectSchema(keys, kind, [], client ? keys.clientKeys : keys.daemonKeys),
    type: "object",
  };
}

/** @param {Keys} keys @param {DockerKind} kind @param {readonly string[]} path @param {Readonly<Record<string, KeyType>>} types @returns {Schema} */
function objectSchema(keys, kind, path, types) {
  const properties = Object.fromEntries(
    Object.entries(types).map(([name, type]) => [name, dockerValue(keys, kind, [...path, name], type)]),
  );
  if (kind === "daemon") return { type: ["object", "null"], additionalProperties: false, properties };
  const endpoint = path[0] === "proxies";
  return { type: ["object", "null"], ...(endpoint && { propertyNames: { not: { enum: notTheClients } } }), properties };
}

/** Go takes null for anything. @param {Keys} keys @param {DockerKind} kind @param {readonly string[]} path @param {KeyType} type @returns {Schema} */
function dockerValue(keys, kind, path, type) {
  const description = keys.dockerKeyMeaning(kind, path)?.text;
  return { ...(description !== undefined && { description }), ...dockerType(keys, kind, path, type) };
}

/** @param {Keys} keys @param {DockerKind} kind @param {readonly string[]} path @param {KeyType} type @returns {Schema} */
function dockerType(keys, kind, path, { type, values, keys: own }) {
  if (type === "any") return {};
  if (type === "array")
    return { type: ["array", "null"], ...(values && { items: dockerType(keys, kind, path, values) }) };
  if (type !== "object") return { type: [type, "null"] };
  if (own && keys.daemonFreeObjects.includes(path[0] ?? "")) {
    return { ...objectSchema(keys, kind, path, own), additionalProperties: true };
  }
  if (own) return objectSchema(keys, kind, path, own);
  if (!values) return { type: ["object", "null"] };
  const inner = [...path, "*"];
  const described =
    path[0] === "proxies" ? dockerValue(keys, kind, inner, values) : dockerType(keys, kind, inner, values);
  return { type: ["object", "null"], additionalProperties: described };
}
