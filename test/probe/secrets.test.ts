// What the probe is handed of keys and values of headers is found nowhere when it has ended.
import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createPrivateKey, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { probeCommand } from "../../src/cli/commands/probe.ts";
import { run } from "../cli/commands/taking-io.ts";
import { createAuthority } from "./authority.ts";
import { type Origin, originStates, startOrigin } from "./node-origins.ts";

const authority = createAuthority();
const { client, issuer } = authority;
const project = join(import.meta.dirname, "../..");
const header = randomBytes(24).toString("base64url");

let folder: string;
let origin: Origin;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "mtls-secrets-"));
  const files = {
    "client.pem": client.certificate,
    "client.key": client.key,
    "ca.pem": issuer.certificate,
    "ca.key": issuer.key,
    "damaged.key": client.key.replace(/.{8}\n-----END/, "!!!!\n-----END"),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { mode: 0o600 });
  for (const name of ["home", "tmp"]) await mkdir(join(folder, name));
  const state = originStates(authority).find(({ name }) => name === "required, both versions");
  assert.ok(state !== undefined);
  origin = await startOrigin(state);
});

after(async () => {
  await origin.close();
  await rm(folder, { recursive: true, force: true });
});

const window = 24;

/** Where a key of P-256 in PKCS #8 has its number; the point behind it, everybody may know. */
const secretBytes = [36, 68] as const;

/** Every part of so many characters, as the secret of a key stands in PEM, in a JWK, in DER and in hexadecimal. */
function partsOf(pem: string): readonly string[] {
  const der = createPrivateKey(pem).export({ type: "pkcs8", format: "der" });
  const secret = der.subarray(...secretBytes);
  const jwk = secret.toString("base64url");
  assert.equal(createPrivateKey(pem).export({ format: "jwk" }).d, jwk);
  const [from, to] = secretBytes.map((at) => (at * 4) / 3);
  const inPem = der.toString("base64").slice(from, to);
  const wholes = [inPem, jwk, secret.toString("latin1"), secret.toString("hex"), secret.toString("hex").toUpperCase()];
  return wholes.flatMap((whole) =>
    Array.from({ length: whole.length - window + 1 }, (_, at) => whole.slice(at, at + window)),
  );
}

const parts = new Set([...partsOf(client.key), ...partsOf(issuer.key), header.slice(0, window)]);

function assertHidden(bytes: Buffer, what: string): void {
  // However it is broken into lines.
  const plain = bytes.toString("latin1");
  for (const text of [plain, plain.replaceAll(/\\[rn]|\s/g, "")])
    for (let at = 0; at + window <= text.length; at++)
      assert.ok(!parts.has(text.slice(at, at + window)), `${what}: a part of a secret at ${at}`);
  assert.ok(!/PRIVATE KEY-----/.test(plain), `${what}: a key`);
}

async function program(args: readonly string[]): Promise<{ readonly exit: number | null; readonly output: Buffer }> {
  const child = spawn(
    process.execPath,
    // It can write no file and start no program. What it would do there with a key, it would end with an error for.
    ["--permission", "--allow-fs-read=*", join(project, "src/cli.ts"), "probe", ...args],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env["PATH"],
        HOME: join(folder, "home"),
        TMPDIR: join(folder, "tmp"),
        NODE_DEBUG: "tls,net",
      },
    },
  );
  const [stdout, stderr, [exit]] = await Promise.all([buffer(child.stdout), buffer(child.stderr), once(child, "exit")]);
  return { exit, output: Buffer.concat([stdout, stderr]) };
}

const own = ["--cert", "client.pem", "--key", "client.key"];
const all = [...own, "--ca", "ca.pem", "--ca-key", "ca.key", "--header", `X-Origin-Verify: ${header}`];
const here = () => [`127.0.0.1:${origin.port}`, "--name", "localhost"];

test("neither a key nor the value of a header is in what a probe says, or in any file", async () => {
  const { exit, output } = await program([...here(), ...all, "--format", "json"]);
  assert.equal(exit, 0, output.toString());
  assertHidden(output, "what the program wrote");
  const written = (await Promise.all(["home", "tmp"].map((name) => readdir(join(folder, name))))).flat();
  assert.deepEqual(written, []);
});

test("nor is it in what is said of files that cannot be used", async () => {
  for (const [wanted, args] of [
    [0, all],
    [2, ["--cert", "client.pem", "--key", "ca.key"]],
    [2, ["--cert", "client.pem", "--key", "damaged.key"]],
    // Somebody has taken the one for the other.
    [2, ["--cert", "client.key", "--key", "client.pem"]],
    [2, [...own, "--header", `${header}`]],
  ] as const) {
    const { exit, stdout, stderr } = await run(probeCommand, [...here(), ...args], { cwd: folder, now: new Date() });
    assert.equal(exit, wanted, stdout + stderr);
    assertHidden(Buffer.from(stdout + stderr), args.join(" "));
  }
});

test("the search finds what there is", async () => {
  const key = await readFile(join(folder, "client.key"));
  const der = createPrivateKey(key).export({ type: "pkcs8", format: "der" });
  for (const bytes of [key, der, Buffer.from(der.toString("hex")), Buffer.from(header)])
    assert.throws(() => assertHidden(bytes, "it"), /a part of a secret/);
});
