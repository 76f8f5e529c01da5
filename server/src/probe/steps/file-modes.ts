import { stat } from "node:fs/promises";
import { msg } from "../../text/message.js";
import type { Document } from "../../workspace/document.js";
import type { ProbeContext } from "../context.js";
import { shellWord } from "../machine/command.js";
import { missing, ok, problem, type Result, unknown } from "../result.js";
import { hasCredentials, holdsSecret } from "../secrets.js";

/** Whether others than owner and group may read or write the files that hold secrets. */
export async function checkFileModes(context: ProbeContext): Promise<readonly Result[]> {
  const secret = context.documents.filter(holdsSecret);
  if (secret.length === 0 && context.denied.length === 0) return [ok(msg("None of the files holds a secret."))];
  if (secret.length === 0) return [missing(msg("None of the files that were read holds a secret."), context.denied)];
  if (process.platform === "win32") return [unknown(msg("Windows has no file modes."))];
  return Promise.all(secret.map((document) => modeOf(context, document)));
}

const othersRead = 0o004;
const othersWrite = 0o002;

async function modeOf({ nameOf, pathOf }: ProbeContext, document: Document): Promise<Result> {
  const name = nameOf(document);
  const path = pathOf(document);
  const stats = path === undefined ? undefined : await stat(path).catch(() => undefined);
  if (path === undefined || !stats) return unknown(msg("The mode of {0} cannot be read.", name));
  const mode = (stats.mode & 0o777).toString(8).padStart(3, "0");
  if (document.format.id === "systemd-dropin" && hasCredentials(document))
    return inUnit(document, name, path, stats.mode);
  if ((stats.mode & (othersRead | othersWrite)) === 0)
    return ok(msg("{0} holds secrets and has the mode {1}.", name, mode));
  return tooOpen(name, path, stats.mode);
}

function tooOpen(name: string, path: string, mode: number): Result {
  return problem(
    (mode & othersRead) === 0
      ? msg("Every user of this machine may change {0}, which holds secrets.", name)
      : msg("Every user of this machine may read {0}, which holds secrets.", name),
    msg("Take the rights of others away."),
    [`sudo chmod o-rwx ${shellWord(path)}`],
  );
}

/** `systemctl show` prints Environment= to every user, whatever the mode (systemd.exec(5)); a file of EnvironmentFile= it does not. */
function inUnit({ tree }: Document, name: string, path: string, mode: number): Result {
  if (tree.format === "systemd-dropin" && tree.entries) {
    return (mode & (othersRead | othersWrite)) === 0
      ? ok(msg("{0} holds secrets and has the mode {1}.", name, (mode & 0o777).toString(8).padStart(3, "0")))
      : tooOpen(name, path, mode);
  }
  return problem(
    msg("systemctl shows the password in {0} to every user of this machine, whatever the file's mode.", name),
    msg("Put the variables into a file of mode 600 and name it with EnvironmentFile=, or let cntlm hold the password."),
  );
}
