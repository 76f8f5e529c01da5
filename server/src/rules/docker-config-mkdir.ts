import { type Command, type Element, isCommand } from "../shell/command.js";
import { type DockerConfigWrite, dockerConfigWrites } from "../shell/facts/docker-config.js";
import { sameContainer } from "../shell/script.js";
import { msg } from "../text/message.js";
import type { TextEdit } from "../text/span.js";
import type { Rule } from "./rule.js";
import { once } from "./support/once.js";

export const dockerConfigMkdir: Rule = {
  id: "docker-config-mkdir",
  severity: "warning",
  formats: ["runner-toml", "gitlab-ci"],
  docs: { summary: "A script writes .docker/config.json and nothing has made its folder." },
  check(context) {
    const { scripts } = context.settings;
    const first = once();
    for (const script of scripts) {
      const together = sameContainer(script, scripts);
      const earlier = together.slice(0, together.indexOf(script));
      // Without containers the home folder stays from job to job.
      if (script.scope && !script.scope.readers.includes("service")) continue;
      if ([script, ...earlier].some(({ partial }) => partial)) continue;
      // What is included may bring a before_script.
      if (script.scope?.open && ![script, ...earlier].some(({ key }) => key === "before_script")) continue;
      for (const write of dockerConfigWrites(script, earlier)) {
        if (write.directoryMade !== false) continue;
        const { target, command } = write;
        const span = command.source.toSource(target.span);
        if (!first(span)) continue;
        const edits = makeFolder(write);
        context.report({
          span,
          message: msg("Nothing makes the folder .docker before this: the shell cannot create the file. Use mkdir -p."),
          ...(edits && { fixes: [{ title: msg("Make the folder with mkdir -p"), edits, safe: true }] }),
        });
      }
    }
  },
};

function makeFolder({ command, target, printer }: DockerConfigWrite): readonly TextEdit[] | undefined {
  const { source } = command;
  const word = source.text.slice(target.span.start, target.span.end);
  const folder = /^([\w"'$/{}~.-]*)\/config\.json(["']?)$/.exec(word);
  if (!folder || (printer && printer !== command && command.pipedFrom === undefined)) return undefined;
  const begin = beginningOf(command);
  if (!begin || begin.source !== source) return undefined;
  const at = begin.span.start;
  const make = `mkdir -p ${folder[1]}${folder[2]}`;
  const lineStart = source.text.lastIndexOf("\n", at - 1) + 1;
  const indentation = source.text.slice(lineStart, at);
  const ownLine = source.text.trim().includes("\n") && /^[ \t]*$/.test(indentation);
  return source.replace({ start: at, end: at }, ownLine ? `${make}\n${indentation}` : `${make} && `);
}

/** The first command of the list (`a && b | c`) that a command stands in; undefined where that is a compound command. */
function beginningOf(command: Command): Command | undefined {
  const { elements } = command.block;
  let at = elements.indexOf(command);
  let element: Element | undefined = elements[at];
  while (element && /^(?:\||&&|\|\|)$/.test(element.before?.operator ?? "")) element = elements[--at];
  return element && isCommand(element) ? element : undefined;
}
