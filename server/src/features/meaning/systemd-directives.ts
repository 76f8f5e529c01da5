import { type Message, msg } from "../../text/message.js";

export type UnitSection = "Unit" | "Service" | "Install";

/** A directive that matters to proxies. */
export interface DirectiveMeaning {
  readonly name: string;
  readonly text: Message;
}

type Sections = Readonly<Record<UnitSection, readonly DirectiveMeaning[]>>;

let made: Sections | undefined;

/** The directives of a section that matter to proxies, in the order in which they are of use. */
export function directivesOf(section: UnitSection): readonly DirectiveMeaning[] {
  made ??= texts();
  return made[section];
}

export function directiveMeaning(section: string, name: string): Message | undefined {
  if (section !== "Unit" && section !== "Service" && section !== "Install") return undefined;
  return directivesOf(section).find((directive) => directive.name === name)?.text;
}

export function isUnitSection(name: string): name is UnitSection {
  return name === "Unit" || name === "Service" || name === "Install";
}

/** What a section holds. */
export function sectionMeaning(section: UnitSection): Message {
  switch (section) {
    case "Unit":
      return msg("What the unit is, and which others it comes after or needs.");
    case "Service":
      return msg("How the service runs: its environment and its commands.");
    case "Install":
      return msg("What starts the unit. systemctl enable reads it.");
  }
}

function texts(): Sections {
  return {
    Service: [
      {
        name: "Environment",
        text: msg(
          'Variables of the service: "NAME=value" words apart by blanks. % is a specifier (%% is one %), $ is not expanded; an empty Environment= takes all before it back.',
        ),
      },
      {
        name: "EnvironmentFile",
        text: msg(
          "A file with a variable on each line, which goes before Environment=. A - before the path lets it be missing.",
        ),
      },
      { name: "UnsetEnvironment", text: msg("Variables that the service does not get, wherever they were set.") },
      { name: "PassEnvironment", text: msg("Variables that the service takes over from systemd itself.") },
      {
        name: "ExecStart",
        text: msg("The command. A drop-in that changes it clears it first with an empty ExecStart=."),
      },
      { name: "ExecStartPre", text: msg("A command that runs before the service is started.") },
      { name: "Restart", text: msg("When systemd starts the service anew.") },
      { name: "RestartSec", text: msg("How long systemd waits before it starts the service anew.") },
      { name: "User", text: msg("The user that the service runs as.") },
    ],
    Unit: [
      {
        name: "After",
        text: msg("Units that start before this one: docker.service for a cntlm that listens on docker0's address."),
      },
      { name: "Wants", text: msg("Units that are started together with this one.") },
      { name: "Requires", text: msg("Units without which this one does not run.") },
      { name: "Description", text: msg("For people: what the unit is.") },
      { name: "Documentation", text: msg("Where the unit is described.") },
    ],
    Install: [{ name: "WantedBy", text: msg("The unit that starts this one, once it is enabled.") }],
  };
}
