import { stat } from "node:fs/promises";
import { msg } from "../../text/message.js";
import type { Given } from "../../workspace/environment.js";
import type { ProbeContext } from "../context.js";
import { shellWord } from "../machine/command.js";
import type { UnitState } from "../machine/systemctl.js";
import { ok, problem, type Result, unknown } from "../result.js";
import { type HostProgram, unitNameOf } from "../units.js";

/** Whether the services run with what their drop-ins say. */
export async function checkLoaded(context: ProbeContext): Promise<readonly Result[]> {
  const loaded = await context.units();
  if (!loaded.known) return [unknown(loaded.because)];
  const programs: readonly HostProgram[] = ["docker", "gitlab-runner"];
  const results = programs.map((program) => {
    const name = unitNameOf(context.chain, program);
    const state = loaded.units.get(name);
    if (!state || state.loadState === "not-found") return unknown(msg("systemd knows no {0} here.", name));
    return checkUnit(context, program, state);
  });
  return Promise.all(results);
}

const reload = "sudo systemctl daemon-reload";
const restart = (unit: string) => `sudo systemctl restart ${shellWord(unit)}`;

async function checkUnit(context: ProbeContext, program: HostProgram, state: UnitState): Promise<Result> {
  const { id, needsReload, activeState, started } = state;
  if (needsReload) {
    return problem(
      msg("{0}: edited, not reloaded. systemd still has what its files said before.", id),
      msg("Reload systemd, then restart the service."),
      [reload, restart(id)],
    );
  }
  if (activeState !== "active" && activeState !== "reloading") {
    return problem(msg("{0} is not running ({1}).", id, activeState), msg("Start it, and see why it did not."), [
      `sudo systemctl start ${shellWord(id)}`,
      `journalctl --unit=${shellWord(id)} --lines=20`,
    ]);
  }
  const edited = await editedSince(state.files, started);
  if (edited !== undefined) {
    return problem(
      msg("{0}: reloaded, not restarted. {1} is younger than the running service.", id, edited),
      msg("Restart the service: it keeps the environment that it was started with."),
      [restart(id)],
    );
  }
  const environmentFile = await editedSince(state.environmentFiles, started);
  if (environmentFile !== undefined) {
    return problem(
      msg("{0}: edited, not restarted. {1} is younger than the running service.", id, environmentFile),
      msg("Restart the service: it keeps the environment that it was started with."),
      [restart(id)],
    );
  }
  const other = differing(givenIn(context, program), state);
  if (other.length > 0) {
    return problem(
      msg("{0}: systemd has {1} with another value than the files here, or not at all.", id, other.join(", ")),
      msg("Bring the files to their place, reload systemd and restart the service."),
      [reload, restart(id)],
    );
  }
  return ok(msg("{0} runs with what its files say.", id));
}

/** @param started milliseconds since the epoch, whole seconds */
async function editedSince(files: readonly string[], started: number | undefined): Promise<string | undefined> {
  if (started === undefined) return undefined;
  for (const file of files) {
    const stats = await stat(file).catch(() => undefined);
    // systemd tells whole seconds: a file of the same second may be the one that was loaded.
    if (stats && Math.floor(stats.mtimeMs / 1000) * 1000 > started) return file;
  }
  return undefined;
}

/** What the drop-ins give: systemctl tells nothing of what EnvironmentFile= adds. */
function givenIn({ chain }: ProbeContext, program: HostProgram): readonly Given[] {
  const { environment } = program === "docker" ? chain.dockerd : chain.runnerService;
  return environment.given.filter(({ scope }) => scope.kind === "unit");
}

/** The proxy variables that systemd has otherwise than the files say; the last assignment of a name counts. */
function differing(given: readonly Given[], { environment }: UnitState): readonly string[] {
  const wanted = new Map<string, Given>();
  for (const one of given) if (one.assignment.variable) wanted.set(one.assignment.name.text, one);
  return [...wanted].flatMap(([name, { assignment }]) => {
    if (assignment.dropped || assignment.external || assignment.value.hasUnknown()) return [];
    return environment.get(name) === assignment.value.text ? [] : [name];
  });
}
