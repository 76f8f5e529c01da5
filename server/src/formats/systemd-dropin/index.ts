import { noSettings } from "../../proxy/settings.js";
import { MappedText } from "../../text/mapped-text.js";
import type { Format, TreeBase } from "../format.js";

export interface SystemdDropinTree extends TreeBase {
  readonly format: "systemd-dropin";
}

export const systemdDropin: Format<SystemdDropinTree> = {
  id: "systemd-dropin",
  label: "systemd-dropin",
  fileNames: [],
  match: () => false,
  parse: (text) => ({ format: "systemd-dropin", source: MappedText.document(text), problems: [], template: false }),
  settings: () => noSettings,
  addAssignment: () => undefined,
  removeAssignment: () => undefined,
};
