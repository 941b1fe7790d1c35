// Servers that people have in front of what they serve, in every state of mutual TLS. One process of each has all
// states, one port for each state and version of TLS.
import type { TlsVersion } from "../../src/core/probe/facts.ts";
import type { Verdict } from "../../src/core/probe/verdicts.ts";

/** What the probe has to say with the certificate of a client at hand, and without. */
export interface ServerState {
  readonly name: string;
  /** As the server's configuration has it. */
  readonly settings: readonly string[];
  readonly with: Verdict;
  readonly without: Verdict;
  /** In place of TLS 1.2 and 1.3. */
  readonly versions: readonly TlsVersion[];
  /** GET where nothing is said. */
  readonly method?: "HEAD";
  /** Of the server that answers at the same port to who indicates another name, or none. */
  readonly beside?: readonly string[];
}

/** One state at one port. */
export interface Served {
  readonly port: number;
  readonly state: ServerState;
  readonly version: TlsVersion;
}

/** Where the certificates lie. */
export interface Files {
  readonly folder: string;
  readonly certificate: string;
  readonly key: string;
  /** Both, one after the other. */
  readonly both: string;
  readonly clients: string;
  /** What is served. */
  readonly pages: string;
}

export interface ServerKind {
  readonly program: string;
  readonly states: readonly ServerState[];
  configure(served: readonly Served[], files: Files): string;
  args(configuration: string): readonly string[];
}

type Options = Partial<Pick<ServerState, "versions" | "method" | "beside">>;
type Row = readonly [name: string, with_: Verdict, without: Verdict, settings: readonly string[], options?: Options];

function statesOf(rows: readonly Row[]): readonly ServerState[] {
  return rows.map(([name, with_, without, settings, options]) => ({
    name,
    with: with_,
    without,
    settings,
    versions: ["TLSv1.2", "TLSv1.3"],
    ...options,
  }));
}

const nginx: ServerKind = {
  program: "nginx",
  states: statesOf([
    ["off", "does-not-ask", "does-not-ask", []],
    ["optional_no_ca", "asks-only", "asks-only", ["ssl_verify_client optional_no_ca;"]],
    ["optional", "asks-only", "asks-only", ["ssl_verify_client optional;"]],
    ["on", "enforced-http", "enforced-http", ["ssl_verify_client on;"]],
    // The page that tells why it is 400 comes with GET alone.
    ["on", "enforced-http", "cannot-tell", ["ssl_verify_client on;"], { method: "HEAD" }],
    // What older versions CloudFront still speaks to an origin.
    ["on", "enforced-http", "enforced-http", ["ssl_verify_client on;"], { versions: ["TLSv1", "TLSv1.1"] }],
    ["on for this name alone", "enforced-http", "enforced-http", ["ssl_verify_client on;"], { beside: [] }],
    ["off for this name alone", "does-not-ask", "does-not-ask", [], { beside: ["ssl_verify_client on;"] }],
    [
      "optional, and 403 without a verified one",
      "enforced-http",
      "cannot-tell",
      ["ssl_verify_client optional;", "if ($ssl_client_verify != SUCCESS) { return 403; }"],
    ],
    [
      "optional_no_ca, and 403 without any",
      "asks-only",
      "asks-only",
      ["ssl_verify_client optional_no_ca;", 'if ($ssl_client_s_dn = "") { return 403; }'],
    ],
  ]),
  configure: (served, { certificate, key, clients, folder }) => `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr warn;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  ssl_ciphers DEFAULT:@SECLEVEL=0;
  ssl_certificate ${certificate};
  ssl_certificate_key ${key};
  ssl_client_certificate ${clients};
${served
  .map(({ port, state, version }) => {
    const server = (settings: readonly string[], name: string) => `  server {
    listen 127.0.0.1:${port} ssl${name === "_" ? " default_server" : ""};
    server_name ${name};
    ssl_protocols ${version};
    ${settings.join("\n    ")}
    location / { return 200; }
  }`;
    return (state.beside === undefined ? [] : [server(state.beside, "_")])
      .concat(server(state.settings, "localhost"))
      .join("\n");
  })
  .join("\n")}
}
`,
  args: (configuration) => ["-c", configuration, "-e", "stderr"],
};

const apacheModules = ["mpm_event", "authz_core", "authz_host", "dir", "ssl", "socache_shmcb"];

const apache: ServerKind = {
  program: "apache2",
  states: statesOf([
    ["none", "does-not-ask", "does-not-ask", []],
    ["optional_no_ca", "asks-only", "asks-only", ["SSLVerifyClient optional_no_ca"]],
    ["optional", "asks-only", "asks-only", ["SSLVerifyClient optional"]],
    ["require", "enforced-tls", "enforced-tls", ["SSLVerifyClient require"]],
    ["require of a location", "asks-late", "asks-late", lateAt("/"), { versions: ["TLSv1.2"] }],
    // Post-handshake authentication, which a client has to offer and no browser does: it answers 403.
    ["require of a location", "does-not-ask", "does-not-ask", lateAt("/"), { versions: ["TLSv1.3"] }],
    ["require of another location", "does-not-ask", "does-not-ask", lateAt("/elsewhere")],
    [
      "optional_no_ca, and 403 without any",
      "asks-only",
      "asks-only",
      ["SSLVerifyClient optional_no_ca", '<Location "/">', "Require expr %{SSL_CLIENT_S_DN} != ''", "</Location>"],
    ],
  ]),
  configure: (served, { certificate, key, clients, pages, folder }) => `
ServerRoot ${folder}
PidFile ${folder}/apache.pid
DefaultRuntimeDir ${folder}
Mutex file:${folder}
ServerName localhost
ErrorLog ${folder}/apache.log
LogLevel warn
${apacheModules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join("\n")}
${process.getuid?.() === 0 ? "User www-data\nGroup www-data" : ""}
StartServers 1
ServerLimit 1
MinSpareThreads 8
MaxSpareThreads 32
ThreadsPerChild 32
MaxRequestWorkers 32
SSLSessionCache none
DocumentRoot ${pages}
DirectoryIndex index.html
${served.map(({ port }) => `Listen 127.0.0.1:${port}`).join("\n")}
${served
  .map(
    ({ port, state, version }) => `<VirtualHost 127.0.0.1:${port}>
  SSLEngine on
  SSLProtocol -all +${version}
  SSLCertificateFile ${certificate}
  SSLCertificateKeyFile ${key}
  SSLCACertificateFile ${clients}
  ${state.settings.join("\n  ")}
</VirtualHost>`,
  )
  .join("\n")}
`,
  args: (configuration) => ["-f", configuration, "-DFOREGROUND"],
};

function lateAt(location: string): readonly string[] {
  return [`<Location "${location}">`, "SSLVerifyClient require", "</Location>"];
}

const haproxy: ServerKind = {
  program: "haproxy",
  states: statesOf([
    ["none", "does-not-ask", "does-not-ask", ["verify none"]],
    ["optional", "asks-only", "asks-only", ["verify optional"]],
    ["optional, and all errors ignored", "asks-only", "asks-only", ["verify optional crt-ignore-err all"]],
    ["required", "enforced-tls", "enforced-tls", ["verify required"]],
    ["required, and all errors ignored", "asks-only", "asks-only", ["verify required crt-ignore-err all"]],
    [
      "optional, and 403 without a verified one",
      "enforced-http",
      "cannot-tell",
      ["verify optional crt-ignore-err all", "http-request deny unless { ssl_c_used } { ssl_c_verify 0 }"],
    ],
    [
      "optional, and 403 without any",
      "asks-only",
      "asks-only",
      ["verify optional crt-ignore-err all", "http-request deny unless { ssl_c_used }"],
    ],
  ]),
  configure: (served, { both, clients }) => `
global
  maxconn 500
defaults
  mode http
  timeout connect 20s
  timeout client 20s
  timeout server 20s
${served
  .map(({ port, state, version }) => {
    const [verify = "", ...rules] = state.settings;
    const range = version.replace("TLSv", "ssl-min-ver TLSv").concat(` ssl-max-ver ${version}`);
    return `frontend at${port}
  bind 127.0.0.1:${port} ssl crt ${both} ca-file ${clients} ${range} ${verify}
  ${rules.join("\n  ")}
  http-request return status 200`;
  })
  .join("\n")}
`,
  args: (configuration) => ["-db", "-f", configuration],
};

const caddy: ServerKind = {
  program: "caddy",
  states: statesOf([
    ["none", "does-not-ask", "does-not-ask", []],
    ...(
      [
        ["request", "asks-only"],
        ["require", "asks-only"],
        ["verify_if_given", "asks-only"],
        ["require_and_verify", "enforced-tls"],
      ] as const
    ).map(([mode, verdict]): Row => [mode, verdict, verdict, [`mode ${mode}`]]),
  ]),
  configure: (served, { certificate, key, clients }) => `
{
  admin off
  auto_https off
  storage file_system storage
  log {
    level ERROR
  }
}
${served
  .map(({ port, state, version }) => {
    const spoken = version.replace("TLSv", "tls");
    const asking =
      state.settings.length === 0
        ? ""
        : `client_auth {\n      ${state.settings.join("\n      ")}\n      trusted_ca_cert_file ${clients}\n    }`;
    return `https://localhost:${port} {
  bind 127.0.0.1
  tls ${certificate} ${key} {
    protocols ${spoken} ${spoken}
    ${asking}
  }
  respond "ok" 200
}`;
  })
  .join("\n")}
`,
  args: (configuration) => ["run", "--config", configuration, "--adapter", "caddyfile"],
};

export const serverKinds: readonly ServerKind[] = [nginx, apache, haproxy, caddy];
