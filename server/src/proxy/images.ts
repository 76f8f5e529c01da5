/** Whether an image is Docker-in-Docker, by its name: `docker:dind`, `registry.example.com/docker:27-dind-rootless`. */
export function isDindImage(image: string): boolean {
  return /(?:^|\/)docker:[^/@]*dind[^/@]*(?:@[^/]*)?$/.test(image);
}

/**
 * The host names that GitLab Runner makes of a service's image where no alias is given: without tag and port, slashes
 * as `__` and as `-` (helpers/container/services/services.go).
 */
export function aliasesOfImage(image: string): readonly string[] {
  const untagged = image.replace(/@.*$/, "").replace(/:[^:/]*$/, "");
  const name = untagged.replace(/^([^/]*?):\d+(?=\/|$)/, "$1");
  const aliases = [name.replaceAll("/", "__"), name.replaceAll("/", "-")];
  return aliases[0] === aliases[1] ? aliases.slice(0, 1) : aliases;
}
