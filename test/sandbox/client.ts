// What tests use: a sandbox of their own, in a process of its own, that ends with them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { Agent, request as requestHttp } from "node:http";
import { request as requestHttps, Agent as TlsAgent } from "node:https";
import { dirname, join } from "node:path";
import { environmentOf } from "./environment.ts";
import type { Fault } from "./faults.ts";
import type { Ready } from "./main.ts";
import type { SandboxRequest } from "./server.ts";
import { type AccessKey, accessKeys, account, mfaSerial, otherRegion, region, roles, type WorldName } from "./world.ts";

export type { Fault, FaultKind } from "./faults.ts";
export type { SandboxRequest } from "./server.ts";

export interface SandboxOptions {
  /** How long an update is `InProgress`; left out: a second. Infinity: until `deploy()`. */
  readonly deploySeconds?: number;
  /** HTTPS, with a CA made for it: `authorityFile`. */
  readonly tls?: boolean;
  readonly world?: WorldName;
  /** Refuse requests that are faster than ACM's quotas. */
  readonly enforceRates?: boolean;
}

export interface Sandbox {
  readonly endpoint: string;
  /** What makes an SDK or the CLI talk to it. */
  readonly env: Readonly<Record<string, string>>;
  /** PEM of the CA, with `tls`; `env` has it as AWS_CA_BUNDLE. */
  readonly authorityFile: string | undefined;
  requests(): Promise<readonly SandboxRequest[]>;
  clearRequests(): Promise<void>;
  fault(fault: Fault): Promise<void>;
  /** What is `slow` at this moment goes on at once. */
  clearFaults(): Promise<void>;
  /** The operations that are `slow` at this moment. */
  held(): Promise<readonly string[]>;
  /** Everything as at the start: no faults, no requests, nothing changed. Left out: the world it was started with. */
  reset(world?: WorldName): Promise<void>;
  distribution(id: string): Promise<{ readonly xml: string; readonly etag: string; readonly status: string }>;
  /** Behind the client's back, in the XML: it has another ETag afterwards. */
  changeDistribution(id: string, edit: { readonly find: string; readonly replace: string }): Promise<void>;
  /** What is `InProgress` becomes `Deployed`: all, or one. */
  deploy(id?: string): Promise<void>;
  /** From now on; an update is `InProgress` for so long. */
  setDeploySeconds(seconds: number): Promise<void>;
  /** Left out: it is gone. */
  changeCertificate(arn: string, status?: "ISSUED" | "EXPIRED" | "REVOKED"): Promise<void>;
  close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { deploySeconds = 1, tls = false, world = "default", enforceRates = false } = options;
  const args = [
    "--tethered",
    "--port=0",
    `--world=${world}`,
    `--deploy-seconds=${deploySeconds}`,
    ...(tls ? ["--tls"] : []),
    ...(enforceRates ? ["--rates"] : []),
  ];
  const folder = sandboxFolder();
  // Compiling the SDK is most of what a start costs, and it is the same every time.
  const env = {
    ...cleanEnvironment(),
    ELECTRON_RUN_AS_NODE: "1",
    NODE_COMPILE_CACHE: join(folder, "../../.vscode-test/compile-cache"),
  };
  const child = spawn(process.execPath, ["--no-warnings", join(folder, "main.ts"), ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env,
  });
  const ended = once(child, "exit");
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
    process.stderr.write(chunk);
  });
  const { endpoint, authorityFile } = await new Promise<Ready>((resolve, reject) => {
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("\n")) resolve(JSON.parse(output));
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The sandbox ended with ${code} before it was ready:\n${errors}`)));
  });
  // It must not keep this process alive: a test that forgets it still ends, and it with it.
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr])
    if ("unref" in stream && typeof stream.unref === "function") stream.unref();

  const agent =
    authorityFile === undefined
      ? new Agent({ keepAlive: true })
      : new TlsAgent({ keepAlive: true, ca: readFileSync(authorityFile) });
  const control = async <T = unknown>(method: string, path: string, input?: unknown): Promise<T> => {
    const { status, body } = await exchange(
      `${endpoint}/_sandbox/${path}`,
      method,
      input === undefined ? "" : JSON.stringify(input),
      agent,
    );
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${body}`);
    return JSON.parse(body);
  };
  return {
    endpoint,
    authorityFile,
    env: environmentOf(endpoint, authorityFile),
    requests: () => control("GET", "requests"),
    clearRequests: async () => void (await control("DELETE", "requests")),
    fault: async (fault) => void (await control("POST", "faults", fault)),
    clearFaults: async () => void (await control("DELETE", "faults")),
    held: () => control("GET", "held"),
    reset: async (name) => void (await control("POST", "reset", name === undefined ? {} : { world: name })),
    distribution: (id) => control("GET", `distributions/${id}`),
    changeDistribution: async (id, edit) => void (await control("POST", `distributions/${id}`, edit)),
    deploy: async (id) => void (await control("POST", "deploy", id === undefined ? {} : { id })),
    setDeploySeconds: async (seconds) => void (await control("POST", "deploy-seconds", { seconds: String(seconds) })),
    changeCertificate: async (arn, status) =>
      void (await control("POST", "certificates", status === undefined ? { arn } : { arn, status })),
    close: async () => {
      agent.destroy();
      child.stdin.destroy();
      child.ref();
      await ended;
    },
  };
}

/** Each another way to come to credentials, or to fail; names of sections in the shared files. */
export const profiles = {
  /** Keys of `userArn`. */
  sandbox: "sandbox",
  /** Keys of the other account's user. */
  other: "other",
  /** As `sandbox`, in ap-northeast-1. */
  tokyo: "tokyo",
  /** Assumes a role with the keys of `sandbox`. */
  developer: "developer",
  /** The same, with `mfaSerial`: the code is `mfaCode`. */
  guarded: "guarded",
  /** A role in the other account. */
  otherRole: "other-role",
  /** A role that nobody may assume. */
  forbidden: "forbidden",
  /** `credential_process`. */
  process: "process",
  /** The process ends with 1. */
  processBroken: "process-broken",
  /** What it prints has expired. */
  processExpired: "process-expired",
  /** Nobody has signed in. */
  sso: "sso",
  /** A key that no account has. */
  unknownKey: "unknown-key",
  /** Nobody listens there. */
  unreachable: "unreachable",
};

/**
 * Writes shared files with `default` and `profiles` that lead to the sandbox into the folder; the environment that
 * names them.
 */
export async function writeProfiles(
  { endpoint, authorityFile }: Sandbox,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  await mkdir(folder, { recursive: true });
  const [config, credentials, program] = [
    join(folder, "config"),
    join(folder, "credentials"),
    join(folder, "credentials.mjs"),
  ];
  const here = (more: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
    region,
    endpoint_url: endpoint,
    ...more,
  });
  const role = (role_arn: string): Readonly<Record<string, string>> =>
    here({ role_arn, source_profile: profiles.sandbox });
  const runs = (how: string): Readonly<Record<string, string>> =>
    here({ credential_process: `"${process.execPath}" "${program}" ${how}` });
  const sections: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    default: here({}),
    [profiles.sandbox]: here({}),
    [profiles.other]: here({}),
    [profiles.tokyo]: here({ region: otherRegion }),
    [profiles.developer]: role(roles.developer),
    [profiles.guarded]: { ...role(roles.guarded), mfa_serial: mfaSerial },
    [profiles.otherRole]: role(roles.other),
    [profiles.forbidden]: role(roles.forbidden),
    [profiles.process]: runs("good"),
    [profiles.processBroken]: runs("broken"),
    [profiles.processExpired]: runs("expired"),
    [profiles.sso]: here({ sso_session: "mtls-sandbox", sso_account_id: account, sso_role_name: "Developer" }),
    [profiles.unknownKey]: here({}),
    [profiles.unreachable]: here({ endpoint_url: "http://127.0.0.1:9" }),
  };
  const keys: Readonly<Record<string, AccessKey>> = {
    default: accessKeys.sandbox,
    [profiles.sandbox]: accessKeys.sandbox,
    [profiles.other]: accessKeys.other,
    [profiles.tokyo]: accessKeys.sandbox,
    [profiles.unknownKey]: { ...accessKeys.sandbox, id: "AKIAIOSFODNN7UNKNOWN" },
    [profiles.unreachable]: accessKeys.sandbox,
  };
  const section = (name: string, lines: Readonly<Record<string, string>>): string =>
    [`[${name}]`, ...Object.entries(lines).map(([key, value]) => `${key} = ${value}`), ""].join("\n");
  const title = (name: string): string => (name === "default" ? name : `profile ${name}`);
  const session = section("sso-session mtls-sandbox", {
    sso_start_url: "https://example.awsapps.com/start",
    sso_region: region,
    sso_registration_scopes: "sso:account:access",
  });
  await writeFile(
    config,
    [...Object.entries(sections).map(([name, lines]) => section(title(name), lines)), session].join("\n"),
  );
  const pairs = Object.entries(keys).map(([name, { id, secret }]) =>
    section(name, { aws_access_key_id: id, aws_secret_access_key: secret }),
  );
  await writeFile(credentials, pairs.join("\n"), { mode: 0o600 });
  await writeFile(
    program,
    `const how = process.argv[2];
if (how === "broken") {
  console.error("the vault is sealed");
  process.exit(1);
}
const more = how === "expired" ? { Expiration: "2020-01-01T00:00:00Z" } : {};
const keys = { AccessKeyId: "${accessKeys.sandbox.id}", SecretAccessKey: "${accessKeys.sandbox.secret}" };
console.log(JSON.stringify({ Version: 1, ...keys, ...more }));
`,
  );
  return {
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_EC2_METADATA_DISABLED: "true",
    ...(authorityFile === undefined ? {} : { AWS_CA_BUNDLE: authorityFile }),
  };
}

/** Beside this file; where it is part of a bundle, above the bundle. */
function sandboxFolder(): string {
  const start = import.meta.dirname;
  for (let folder = start; ; folder = dirname(folder)) {
    for (const candidate of [folder, join(folder, "test/sandbox")])
      if (existsSync(join(candidate, "main.ts")) && existsSync(join(candidate, "world.ts"))) return candidate;
    if (folder === dirname(folder)) throw new Error(`There is no sandbox above ${start}.`);
  }
}

/** Neither what VS Code or a test runner has put there for others, nor anybody's account. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_TEST_|AWS_)/.test(name)),
  );
}

/** Not `fetch`, which takes no CA. */
function exchange(
  url: string,
  method: string,
  body: string,
  agent: Agent,
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const sent = (agent instanceof TlsAgent ? requestHttps : requestHttp)(
      url,
      { method, agent, headers: { "content-length": Buffer.byteLength(body) } },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => void (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text })).on("error", reject);
      },
    );
    sent.on("error", reject).end(body);
  });
}
