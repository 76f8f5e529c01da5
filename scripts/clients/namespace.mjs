/** The empty network: a namespace of its own with loopback and one address that stands for the rest of the world. */
import { spawnSync } from "node:child_process";

/** An address of documentation (RFC 5737): no client takes it for loopback. */
export const targetAddress = "192.0.2.10";

const inside = "RUNNER_PROXY_MEASURE_INSIDE";

/** Whether this process already runs in the empty network. */
export const isInside = () => process.env[inside] === "1";

/** Whether this machine lets us make one. */
export const canUnshare = () => spawnSync("unshare", ["--net", "--map-root-user", "true"]).status === 0;

/**
 * Runs this script again in the empty network and returns its exit status.
 * @param {string} script
 * @param {string[]} args
 */
export function rerunInside(script, args) {
  const setup = `ip link set lo up && ip addr add ${targetAddress}/32 dev lo && exec "$@"`;
  const command = ["--net", "--map-root-user", "sh", "-c", setup, "sh", process.execPath, script, ...args];
  const { status, error } = spawnSync("unshare", command, { stdio: "inherit", env: { ...process.env, [inside]: "1" } });
  if (error) throw error;
  return status ?? 1;
}
