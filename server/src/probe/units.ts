import type { UnitProgram } from "../formats/systemd-dropin/unit.js";
import type { Chain } from "../workspace/chain.js";

const defaults = {
  docker: "docker.service",
  "gitlab-runner": "gitlab-runner.service",
  cntlm: "cntlm.service",
} as const;

/** Whose units are looked at. */
export type HostProgram = keyof typeof defaults & UnitProgram;

/** The unit of a program: as the files name it, else as its package does. */
export function unitNameOf({ units }: Chain, program: HostProgram): string {
  const named = units(program).find(({ tree }) => tree.file.unit?.endsWith(".service"));
  return named?.tree.file.unit ?? defaults[program];
}

/** The units that the steps ask for. */
export function unitNames(chain: Chain): readonly string[] {
  return [unitNameOf(chain, "docker"), unitNameOf(chain, "gitlab-runner"), unitNameOf(chain, "cntlm")];
}
