import { type Message, msg } from "../../text/message.js";

type Texts = Readonly<Record<string, Message>>;

let made: ReadonlyMap<string, Message> | undefined;

/**
 * What a key of config.toml does, in one or two sentences: of those that matter to proxies, images and their containers.
 * @param table the table's path as the list of keys has it
 */
export function runnerKeyMeaning(table: string, key: string): Message | undefined {
  made ??= new Map(
    [...byTable()].flatMap(([path, texts]) => Object.entries(texts).map(([name, text]) => [id(path, name), text])),
  );
  return made.get(id(table, key));
}

function id(table: string, key: string): string {
  return `${table}/${key}`.toLowerCase();
}

function byTable(): readonly (readonly [table: string, texts: Texts])[] {
  return [
    ["", globalKeys()],
    ["runners[]", runnerKeys()],
    ["runners[].cache", cacheKeys()],
    ["runners[].docker", dockerKeys()],
    ["runners[].docker.services[]", serviceKeys()],
    ["runners[].kubernetes.services[]", serviceKeys()],
    ["runners[].kubernetes", kubernetesKeys()],
    ["runners[].custom_build_dir", { enabled: msg("Lets jobs choose their folder with GIT_CLONE_PATH.") }],
  ];
}

function globalKeys(): Texts {
  return {
    concurrent: msg("How many jobs run at once, all runners of this file together."),
    check_interval: msg("Seconds between two requests for new jobs."),
    log_level: msg("From which level on gitlab-runner logs."),
    log_format: msg("How gitlab-runner writes its log."),
    listen_address: msg("Address and port on which gitlab-runner serves its metrics."),
    shutdown_timeout: msg("Seconds that running jobs get when gitlab-runner is told to stop."),
    connection_max_age: msg(
      "How long a connection to GitLab is kept, also one through a proxy, before a new one is made.",
    ),
    session_server: msg("Lets users open a terminal in a running job."),
    runners: msg("One runner: the GitLab that it serves, and how it runs jobs."),
    sentry_dsn: msg("Where gitlab-runner reports its own errors."),
  };
}

function runnerKeys(): Texts {
  return {
    name: msg("For people: tells the runners of a file apart."),
    url: msg(
      "Address of GitLab. gitlab-runner itself connects to it, by the variables of its service, not by those of environment.",
    ),
    clone_url: msg(
      "Address from which git in the helper container clones, where it is another than url. It goes by the variables of environment.",
    ),
    token: msg("The runner's authentication token. A secret."),
    executor: msg("Where jobs run: in containers, on the host, on other machines."),
    environment: msg(
      'Variables of all jobs, as "NAME=value". They reach the job\'s container, the helper container with git, and service containers; not gitlab-runner itself. Variables of the job override them.',
    ),
    shell: msg("The shell that the job's scripts are written for. Containers of Linux take bash or sh without it."),
    pre_get_sources_script: msg(
      "Runs in the helper container before git fetches the sources: the place for git's proxy.",
    ),
    post_get_sources_script: msg("Runs in the helper container after git has fetched the sources."),
    pre_build_script: msg(
      "Runs in the job's container before before_script, in the same shell. Where it fails, the job fails.",
    ),
    post_build_script: msg("Runs in the job's container after script, before after_script."),
    limit: msg("How many jobs this runner runs at once; 0 is no limit of its own."),
    request_concurrency: msg("How many requests for new jobs are open at once."),
    builds_dir: msg("The folder in which jobs work, where they run."),
    cache_dir: msg("The folder in which caches are kept, where jobs run."),
    "tls-ca-file": msg(
      "Certificates that gitlab-runner trusts beside the system's: that of a GitLab of your own, or of a proxy that intercepts TLS.",
    ),
    feature_flags: msg("Switches single behaviours of the runner on or off."),
    proxy_exec: msg(
      "Starts the job's programs through the runner's own wrapper. It has nothing to do with network proxies.",
    ),
    docker: msg("Settings of the Docker executors: image, network, volumes, services."),
    kubernetes: msg("Settings of the Kubernetes executor."),
    cache: msg("Where job caches are stored. gitlab-runner and its helper container connect to it."),
    machine: msg("Settings of docker+machine, which makes machines on demand."),
    autoscaler: msg("Settings of the instance and docker-autoscaler executors."),
    custom: msg("The programs of the custom executor."),
    ssh: msg("How executors that use SSH log in."),
    step_runner_image: msg("Image of the program that runs steps."),
  };
}

function cacheKeys(): Texts {
  return {
    type: msg("The kind of storage."),
    path: msg("What the names in the storage begin with."),
    shared: msg("Runners share their caches."),
    s3: msg("A storage that speaks the protocol of S3."),
    gcs: msg("Google Cloud Storage."),
    azure: msg("Azure Blob Storage."),
  };
}

function dockerKeys(): Texts {
  return {
    host: msg("Address of dockerd, where it is another than that of DOCKER_HOST or the local socket."),
    image: msg("Image of jobs that name none. dockerd pulls it through its own proxy, not that of environment."),
    helper_image: msg(
      "Image of the helper container, in which git runs. dockerd pulls it through its own proxy; by default from registry.gitlab.com.",
    ),
    helper_image_flavor: msg("Which of the default helper images is taken."),
    privileged: msg("Runs containers with all rights on the host: needed for Docker-in-Docker."),
    services_privileged: msg("Runs service containers with all rights, and those of jobs without."),
    volumes: msg(
      'Volumes and files of the host in each container. "/certs/client" shares the certificates of Docker-in-Docker with the job.',
    ),
    network_mode: msg(
      "The network of the containers. In that of the host, 127.0.0.1 is the host; otherwise it is the container itself.",
    ),
    extra_hosts: msg('More names for the containers, as "name:address".'),
    dns: msg("Name servers of the containers."),
    dns_search: msg("Domains in which containers look names up."),
    pull_policy: msg("When images are pulled: always, only if missing, never; of several the next is tried."),
    allowed_pull_policies: msg("The policies that jobs may choose."),
    allowed_images: msg("The images that jobs may name, with wildcards."),
    allowed_services: msg("The services that jobs may name, with wildcards."),
    services: msg("A service container that starts with each job."),
    tls_verify: msg("Checks the certificate of dockerd; not that of registries or proxies."),
    tls_cert_path: msg("Folder with the certificates for dockerd."),
    wait_for_services_timeout: msg("Seconds to wait for services to accept connections; below 0 not at all."),
    disable_cache: msg("Makes no volumes of the runner's own for caches."),
    network_mtu: msg("Largest packet in networks that the runner makes for each build."),
    shm_size: msg("Size of /dev/shm in bytes."),
    enable_ipv6: msg("Gives networks that the runner makes IPv6."),
    user: msg("The user that commands of jobs run as."),
  };
}

function serviceKeys(): Texts {
  return {
    name: msg("Image of the service. dockerd pulls it through its own proxy."),
    alias: msg("Host name of the service for jobs. It belongs into their bypass list."),
    environment: msg("Variables of this service alone, over those of the runner."),
    command: msg("What the service runs instead of its image's command."),
    entrypoint: msg("What replaces the image's entrypoint."),
  };
}

function kubernetesKeys(): Texts {
  return {
    image: msg("Image of jobs that name none. The node's container runtime pulls it, by its own settings."),
    helper_image: msg("Image of the helper container, in which git runs."),
    namespace: msg("Namespace of the pods."),
    privileged: msg("Runs containers with all rights on the node: needed for Docker-in-Docker."),
    pull_policy: msg("When images are pulled: always, only if missing, never; of several the next is tried."),
    services: msg("A service container that starts with each job."),
  };
}
