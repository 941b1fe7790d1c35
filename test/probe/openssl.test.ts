import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Verdict } from "../../src/core/probe/verdicts.ts";
import { createAuthority } from "./authority.ts";
import { probed, seenIn, verdictOf } from "./probing.ts";
import { findProgram, freePorts, isInstalled, skipWithout, startProgram } from "./programs.ts";

const authority = createAuthority();
let folder: string;

/** Why not: what macOS calls openssl is LibreSSL, whose `s_server` takes other options. */
function skipReason(): string | false {
  const file = findProgram("openssl");
  if (file === undefined || isInstalled) return skipWithout("openssl");
  const version = spawnSync(file, ["version"], { encoding: "utf8" }).stdout.trim();
  return version.startsWith("OpenSSL ") ? false : `openssl is ${version}`;
}

const skip = skipReason();

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "mtls-s-server-"));
  await Promise.all([
    writeFile(join(folder, "server.pem"), authority.server.certificate),
    writeFile(join(folder, "server.key"), authority.server.key, { mode: 0o600 }),
    writeFile(join(folder, "clients.pem"), authority.trustStore),
  ]);
});

after(() => rm(folder, { recursive: true, force: true }));

const required = ["-Verify", "3", "-verify_return_error"];

const states: readonly (readonly [options: readonly string[], verdict: Verdict, path?: string])[] = [
  [["-tls1_2"], "does-not-ask"],
  [["-tls1_3"], "does-not-ask"],
  // It says what it found, and goes on.
  [["-verify", "3"], "asks-only"],
  [["-Verify", "3"], "asks-only"],
  [["-verify", "3", "-verify_return_error"], "asks-only"],
  [required, "enforced-tls"],
  [[...required, "-tls1_2"], "enforced-tls"],
  [[...required, "-tls1_3"], "enforced-tls"],
  // The path that has it ask for a certificate by another handshake.
  [["-tls1_2"], "asks-late", "/renegcert"],
];

describe("openssl s_server", { concurrency: true }, () => {
  for (const [options, verdict, path = "/"] of states)
    test(`${options.join(" ")} ${path}`, { skip }, async () => {
      const [port = 0] = await freePorts(1);
      const certificates = ["-cert", "server.pem", "-key", "server.key", "-CAfile", "clients.pem"];
      const program = await startProgram({
        name: "openssl",
        args: ["s_server", "-www", "-accept", `127.0.0.1:${port}`, ...certificates, ...options],
        folder,
        ready: "ACCEPT",
      });
      try {
        const where = { port, request: { path } };
        // It serves one after the other.
        for (const credentials of [{ given: authority.client }, {}]) {
          const facts = await probed(where, credentials, authority.roots);
          assert.equal(verdictOf(facts), verdict, `${seenIn(facts)}\n${program.output().slice(-2000)}`);
        }
      } finally {
        await program.end();
      }
    });
});
