import { type ProxyVariable, variableOf } from "../../proxy/variables.js";
import { type Message, msg } from "../../text/message.js";

/** Variables that go with proxies in jobs of Docker-in-Docker, and values that they often have. */
export interface DockerVariable {
  readonly name: string;
  readonly values: readonly string[];
}

/** What the docker client and dind read in a job. */
export const dockerVariables: readonly DockerVariable[] = [
  { name: "DOCKER_HOST", values: ["tcp://docker:2376", "tcp://docker:2375"] },
  { name: "DOCKER_TLS_CERTDIR", values: ["/certs", ""] },
  { name: "DOCKER_TLS_VERIFY", values: ["1"] },
  { name: "DOCKER_CERT_PATH", values: ["/certs/client"] },
];

/** What a variable is for; undefined for those that have nothing to do with proxies. */
export function variableMeaning(name: string): Message | undefined {
  const proxy = variableOf(name);
  return proxy ? proxyMeaning(proxy) : dockerMeaning(name);
}

function proxyMeaning(variable: ProxyVariable): Message {
  switch (variable) {
    case "http_proxy":
      return msg("The proxy for addresses that begin with http://.");
    case "https_proxy":
      return msg(
        "The proxy for addresses that begin with https://. The proxy's own address mostly begins with http://.",
      );
    case "no_proxy":
      return msg("Hosts that are reached without the proxy, with commas between.");
    case "all_proxy":
      return msg("The proxy for all addresses that have none of their own. Few programs read it.");
    case "ftp_proxy":
      return msg("The proxy for addresses that begin with ftp://.");
  }
}

function dockerMeaning(name: string): Message | undefined {
  switch (name) {
    case "DOCKER_HOST":
      return msg("Address of the dockerd that the docker client talks to; its host belongs into the bypass list.");
    case "DOCKER_TLS_CERTDIR":
      return msg("Folder in which dind makes its certificates; empty switches TLS off, and dind listens on 2375.");
    case "DOCKER_TLS_VERIFY":
      return msg("With 1, the docker client talks TLS and checks dockerd's certificate.");
    case "DOCKER_CERT_PATH":
      return msg("Folder of the certificates with which the docker client talks to dockerd.");
    default:
      return undefined;
  }
}
