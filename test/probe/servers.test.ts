import * as assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { isUnfitLetIn } from "../../src/core/probe/verdict.ts";
import { createAuthority } from "./authority.ts";
import { type Probed, planOf, probed, seenIn, verdictOf } from "./probing.ts";
import { skipWithoutBun, toldByBun } from "./probing-elsewhere.ts";
import { freePorts, skipWithout, startProgram } from "./programs.ts";
import { type Files, type Served, type ServerKind, serverKinds } from "./servers.ts";

const authority = createAuthority();
let files: Files;

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), "mtls-servers-"));
  // A server that gives up its rights still has to find what it serves.
  await chmod(folder, 0o711);
  const write = async (name: string, text: string): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, text, { mode: 0o600 });
    return file;
  };
  const { certificate, key } = authority.server;
  const pages = join(folder, "pages");
  await mkdir(pages);
  await writeFile(join(pages, "index.html"), "ok\n");
  files = {
    folder,
    pages,
    certificate: await write("server.pem", certificate),
    key: await write("server.key", key),
    both: await write("both.pem", certificate + key),
    clients: await write("clients.pem", authority.trustStore),
  };
});

after(() => rm(files.folder, { recursive: true, force: true }));

async function servedBy({ states }: ServerKind): Promise<readonly Served[]> {
  const wanted = states.flatMap((state) => state.versions.map((version) => ({ state, version })));
  const ports = await freePorts(wanted.length);
  return wanted.map((one, index) => ({ ...one, port: ports[index] ?? 0 }));
}

/** The older versions only a plan asks for that has them. */
function whereIs({ port, state, version }: Served): Probed {
  return {
    port,
    versions: version === "TLSv1.3" ? ["TLSv1.2"] : [version],
    request: { method: state.method ?? "GET" },
  };
}

for (const kind of serverKinds)
  test(kind.program, { skip: skipWithout(kind.program), concurrency: true }, async (t) => {
    const served = await servedBy(kind);
    const configuration = join(files.folder, `${kind.program}.conf`);
    await writeFile(configuration, kind.configure(served, files));
    const program = await startProgram({
      name: kind.program,
      args: kind.args(configuration),
      folder: files.folder,
      ready: served.map(({ port }) => port),
    });
    t.after(() => program.end());
    const { client: given, issuer, roots } = authority;
    const withBun = t.test("the same with BoringSSL", { skip: skipWithoutBun }, async () => {
      const told = await toldByBun({
        roots,
        probes: served.map((one) => ({ plan: planOf(whereIs(one)), credentials: { given } })),
      });
      assert.deepEqual(
        served.map(({ state, version }, index) => [state.name, version, told[index]?.verdict]),
        served.map(({ state, version }) => [state.name, version, state.with]),
        told.map(({ seen }) => seen).join("\n"),
      );
    });
    await Promise.all([
      withBun,
      ...served.map((one) =>
        t.test([one.state.name, one.state.method ?? "GET", one.version].join(", "), async () => {
          const { state } = one;
          const isEnforced = state.with.startsWith("enforced");
          const [facts, without] = await Promise.all([
            probed(whereIs(one), isEnforced ? { given, issuer } : { given }, roots),
            probed(whereIs(one), {}, roots),
          ]);
          const said = () => `${seenIn(facts)}\n${program.output().slice(-2000)}`;
          assert.deepEqual([verdictOf(facts), verdictOf(without)], [state.with, state.without], said());
          if (!isEnforced) return;
          const rounds = facts.addresses.flatMap(({ rounds }) => rounds);
          for (const unfit of ["expired", "server-auth"] as const)
            assert.ok(!rounds.some((round) => isUnfitLetIn(round, unfit)), `${unfit}: ${said()}`);
        }),
      ),
    ]);
  });
