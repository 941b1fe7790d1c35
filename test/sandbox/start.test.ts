// How the sandbox is started and ended, and the ways to it: TLS, profiles, quotas.

import * as assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { Agent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, type TestContext, test } from "node:test";
import { ACMClient, GetCertificateCommand, ListCertificatesCommand } from "@aws-sdk/client-acm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { fromContainerMetadata, fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { profiles, type Sandbox, startSandbox, writeProfiles } from "./client.ts";
import { accessKeys, account, certificates, mfaCode, mfaSerial, otherAccount } from "./world.ts";

let sandbox: Sandbox;
before(async () => void (sandbox = await startSandbox({ enforceRates: true })));
// Where no test of this file is asked for, nothing has started it.
after(() => sandbox?.close());

const credentials = { accessKeyId: accessKeys.sandbox.id, secretAccessKey: accessKeys.sandbox.secret };

function main(
  context: TestContext,
  ...args: readonly string[]
): { readonly child: ChildProcess; readonly output: () => string; readonly said: (what: RegExp) => Promise<void> } {
  const child = spawn(process.execPath, ["--no-warnings", join(import.meta.dirname, "main.ts"), ...args], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  context.after(() => void child.kill("SIGKILL"));
  let output = "";
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const said = async (what: RegExp): Promise<void> => {
    while (!what.test(output)) await once(child.stdout, "data");
  };
  return { child, output: () => output, said };
}

describe("npm run sandbox", () => {
  test("prints what to export for both kinds of shells, and ends with Ctrl-C", async (context) => {
    const { child, output, said } = main(context, "--port=0");
    await said(/list-distributions/);
    const endpoint = /^export AWS_ENDPOINT_URL=(http:\/\/127\.0\.0\.1:\d+)$/m.exec(output())?.[1];
    assert.ok(endpoint !== undefined);
    assert.match(output(), /^\$env:AWS_REGION = "us-east-1"$/m);
    const client = new ACMClient({ endpoint, region: "us-east-1", credentials });
    assert.equal((await client.send(new ListCertificatesCommand({}))).CertificateSummaryList?.length, 4);
    child.kill("SIGINT");
    assert.deepEqual(await once(child, "exit"), [0, null]);
  });

  test("says what is wrong with its arguments, and with a port that is taken", async (context) => {
    const first = main(context, "--world=flat");
    assert.deepEqual(await once(first.child, "close"), [1, null]);
    assert.match(first.output(), /--world takes one of default, empty, large, denied, not flat/);
    const second = main(context, `--port=${new URL(sandbox.endpoint).port}`);
    assert.deepEqual(await once(second.child, "close"), [1, null]);
    assert.match(second.output(), /choose another with `npm run sandbox -- --port N`/);
  });

  test("ends with the process that started it", async (context) => {
    const { child, said } = main(context, "--tethered", "--port=0");
    await said(/^\{"endpoint":"http:/);
    child.stdin?.destroy();
    assert.deepEqual(await once(child, "exit"), [0, null]);
  });
});

test("over TLS, those who know its CA trust it", async (context) => {
  const secure = await startSandbox({ tls: true });
  context.after(() => secure.close());
  assert.equal(secure.env["AWS_CA_BUNDLE"], secure.authorityFile);
  assert.ok(secure.endpoint.startsWith("https:") && secure.authorityFile !== undefined);
  const client = (ca?: Buffer) =>
    new ACMClient({
      endpoint: secure.endpoint,
      region: "us-east-1",
      credentials,
      maxAttempts: 1,
      requestHandler: { httpsAgent: new Agent(ca === undefined ? {} : { ca }) },
    });
  await client(await readFile(secure.authorityFile)).send(new ListCertificatesCommand({}));
  await assert.rejects(client().send(new ListCertificatesCommand({})), /certificate/);
  assert.equal((await secure.requests()).length, 1);
});

test("faster than ACM's quotas is throttled, where that is asked for", async () => {
  const client = new ACMClient({ endpoint: sandbox.endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
  const all = await Promise.allSettled(
    Array.from({ length: 24 }, () => client.send(new GetCertificateCommand({ CertificateArn: certificates.orders }))),
  );
  const names = all.flatMap((one) =>
    one.status === "rejected" && one.reason instanceof Error ? [one.reason.name] : [],
  );
  assert.deepEqual([...new Set(names)], ["ThrottlingException"]);
});

test("profiles lead to it in every way there is", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "profiles-"));
  context.after(() => rm(folder, { recursive: true }));
  const env = await writeProfiles(sandbox, folder);
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  Object.assign(process.env, env);
  const mfaCodeProvider = async (serial: string): Promise<string> => (serial === mfaSerial ? mfaCode : "");
  const identityOf = async (profile: string): Promise<string> => {
    const client = new STSClient({
      profile,
      maxAttempts: 1,
      endpoint: sandbox.endpoint,
      credentials: fromNodeProviderChain({ profile, mfaCodeProvider }),
    });
    return client.send(new GetCallerIdentityCommand({})).then(
      ({ Account, Arn = "" }) => `${Account} ${Arn.split(":")[5]?.split("/").slice(0, 2).join("/")}`,
      (error: unknown) => (error instanceof Error ? error.name : ""),
    );
  };
  const found = Object.fromEntries(
    await Promise.all(Object.entries(profiles).map(async ([name, profile]) => [name, await identityOf(profile)])),
  );
  assert.deepEqual(found, {
    sandbox: `${account} user/sandbox`,
    other: `${otherAccount} user/other`,
    tokyo: `${account} user/sandbox`,
    developer: `${account} assumed-role/developer`,
    guarded: `${account} assumed-role/guarded`,
    otherRole: `${otherAccount} assumed-role/developer`,
    forbidden: "AccessDenied",
    process: `${account} user/sandbox`,
    processBroken: "CredentialsProviderError",
    processExpired: "CredentialsProviderError",
    sso: "CredentialsProviderError",
    unknownKey: "InvalidClientTokenId",
    // Its address was given here; what is written in the file, the SDK reads of `AWS_PROFILE` and `default` alone.
    unreachable: `${account} user/sandbox`,
  });
  process.env["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = `${sandbox.endpoint}/_sandbox/credentials`;
  const container = new STSClient({
    region: "us-east-1",
    endpoint: sandbox.endpoint,
    credentials: fromContainerMetadata(),
  });
  assert.match(
    (await container.send(new GetCallerIdentityCommand({}))).Arn ?? "",
    /assumed-role\/developer\/container$/,
  );
});
