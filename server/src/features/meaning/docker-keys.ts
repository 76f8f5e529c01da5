import type { DockerJsonKind } from "../../formats/docker-json/index.js";
import { type Message, msg } from "../../text/message.js";

type Texts = Readonly<Record<string, Message>>;

let client: Texts | undefined;
let daemon: Texts | undefined;

/** What a key of config.json or daemon.json does. @param path keys from the root; `*` for a free one */
export function dockerKeyMeaning(kind: DockerJsonKind, path: readonly string[]): Message | undefined {
  client ??= clientTexts();
  daemon ??= daemonTexts();
  const texts = kind === "client" ? client : daemon;
  const key = path.join("/");
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
}

function clientTexts(): Texts {
  return {
    proxies: msg(
      "Proxies that the docker client gives to the containers and builds that it starts, as variables in both letter cases. The client itself does not use them.",
    ),
    "proxies/*": msg("The proxies for one dockerd: its address, or default for all that are not named."),
    "proxies/*/httpProxy": msg("Becomes HTTP_PROXY and http_proxy of each container and build."),
    "proxies/*/httpsProxy": msg("Becomes HTTPS_PROXY and https_proxy of each container and build."),
    "proxies/*/noProxy": msg("Becomes NO_PROXY and no_proxy of each container and build. A text, not a list."),
    "proxies/*/ftpProxy": msg("Becomes FTP_PROXY and ftp_proxy of each container and build."),
    "proxies/*/allProxy": msg("Becomes ALL_PROXY and all_proxy of each container and build."),
    auths: msg("Logins at registries, as docker login writes them. Secrets."),
    credsStore: msg("The program that keeps the logins: docker-credential-NAME."),
    credHelpers: msg("Programs that keep the logins of single registries."),
    HttpHeaders: msg("Headers of the client's requests to dockerd."),
    currentContext: msg("Which dockerd the client talks to."),
  };
}

function daemonTexts(): Texts {
  return {
    proxies: msg(
      "Proxies of dockerd itself, for pulling and pushing images (23.0 and later). They do not reach containers, and go before the variables of its service.",
    ),
    "proxies/http-proxy": msg("Proxy of dockerd for registries of http."),
    "proxies/https-proxy": msg("Proxy of dockerd for registries of https."),
    "proxies/no-proxy": msg("Registries that dockerd reaches without the proxy."),
    "registry-mirrors": msg(
      "Mirrors of Docker Hub that dockerd asks first, through its proxy unless no-proxy covers them.",
    ),
    "insecure-registries": msg("Registries whose certificate is not checked, or that speak http."),
    bip: msg("Address and network of docker0: how containers reach the host."),
    "default-address-pools": msg("Blocks from which Docker's networks get their addresses."),
    dns: msg("Name servers of containers."),
    hosts: msg("Where dockerd listens. It must not stand in the service's command line as well."),
    mtu: msg("Largest packet in containers' networks."),
    bridge: msg("The bridge that containers get instead of docker0."),
  };
}
