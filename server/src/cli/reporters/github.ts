import type { Severity } from "../../service.js";
import { reportPath } from "./place.js";
import type { Reporter } from "./report.js";

const commands: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

/** Annotations of GitHub's workflow commands, a line each. */
export const github: Reporter = ({ findings }) =>
  findings
    .map(({ finding: { rule, severity, message, uri, range } }) => {
      const { start, end } = range;
      // A column on several lines is refused.
      const columns = start.line === end.line ? [`col=${start.character + 1}`, `endColumn=${end.character + 1}`] : [];
      const place = [
        `file=${property(reportPath(uri))}`,
        `line=${start.line + 1}`,
        `endLine=${end.line + 1}`,
        ...columns,
      ];
      return `::${commands[severity]} ${[...place, `title=${property(rule)}`].join(",")}::${data(message)}\n`;
    })
    .join("");

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
