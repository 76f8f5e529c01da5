import type { Service } from "../service.js";
import type { DindShell } from "./dind-script.js";
import { shellAt } from "./place/runner-toml.js";
import { completeValues } from "./values.js";
import { workspaceValues } from "./workspace-values.js";

/** What a request for a script starts from: what the files of the host already say. */
export interface DindDefaults {
  readonly shell: DindShell;
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: string;
}

/** @param offset of the cursor: which runner is meant */
export function dindDefaults(service: Service, uri: string, offset: number): DindDefaults {
  const { httpProxy, httpsProxy, noProxy } = completeValues(
    workspaceValues(service, uri),
    service.options.docker0Address,
  );
  const tree = service.document(uri)?.tree;
  const shell = tree?.format === "runner-toml" ? shellAt(tree, offset) : undefined;
  return { shell: shellOf(shell), httpProxy, httpsProxy, noProxy };
}

function shellOf(name: string | undefined): DindShell {
  if (name === "pwsh" || name === "powershell") return "pwsh";
  return name === "bash" ? "bash" : "sh";
}
