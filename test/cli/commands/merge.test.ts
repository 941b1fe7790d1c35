import * as assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { merge } from "../../../src/cli/commands/merge.ts";
import { authority, client, csr, fakeKey } from "../../host/pem-files.ts";
import { fileFolder, keyMaterial, unreadableFiles } from "./file-folder.ts";
import { assertFits } from "./fitting.ts";
import { type Printed, run } from "./taking-io.ts";

const root = authority("CN=Root");
const issuing = authority("CN=Issuing", { issuer: root });
const leaf = client("CN=client.example", { issuer: issuing });

describe("merge", () => {
  const folder = fileFolder("merge");
  const { write } = folder;
  const ask = async (args: readonly string[], stdin?: string | Uint8Array): Promise<Printed> => {
    const printed = await run(merge, args, { cwd: folder.path, ...(stdin === undefined ? {} : { stdin }) });
    assert.doesNotMatch(printed.stdout + printed.stderr, keyMaterial);
    return printed;
  };

  test("prints the certificates of all files, each once, and says what is left out", async () => {
    await write("one.pem", `# Root\n${root.pem}${fakeKey}${root.pem}`);
    await write("two.der", issuing.der);
    await write("three.pem", csr + root.pem + issuing.pem.replace(/^(?=.)/gm, "> "));
    assert.deepEqual(await ask(["one.pem", "two.der", "three.pem", "-"], leaf.pem), {
      exit: 0,
      stdout: root.pem + issuing.pem + leaf.pem,
      stderr: `Merged 3 certificates from 4 files.
Duplicates left out: 2.
Private keys left out, because a trust store must not contain them: 1.
Other PEM blocks left out: 1.
Left out, because they are not written as plain PEM lines: CERTIFICATE in three.pem.
`,
    });
  });

  test("takes one file too", async () => {
    assert.deepEqual(await ask(["-"], Buffer.from(root.der)), {
      exit: 0,
      stdout: root.pem,
      stderr: "Merged 1 certificate from 1 file.\n",
    });
  });

  test("writes a new file, and replaces one only with --force", async () => {
    await write("a.pem", root.pem);
    await write("b.pem", issuing.pem);
    const textOf = () => readFile(join(folder.path, "merged.pem"), "utf8");
    assert.deepEqual(await ask(["a.pem", "b.pem", "--out", "merged.pem"]), {
      exit: 0,
      stdout: "",
      stderr: "Merged 2 certificates from 2 files.\n",
    });
    assert.equal(await textOf(), root.pem + issuing.pem);
    const again = await ask(["b.pem", "-o", "merged.pem"]);
    assert.deepEqual([again.exit, again.stdout], [2, ""]);
    assert.equal(
      again.stderr,
      "Already there: merged.pem. Nothing was written. To replace existing files, use --force.\n",
    );
    assert.equal((await ask(["b.pem", "merged.pem", "-o", "merged.pem", "--force"])).exit, 0);
    assert.equal(await textOf(), issuing.pem + root.pem);
    assert.deepEqual(
      (await readdir(folder.path)).filter((name) => name.includes("merged")),
      ["merged.pem"],
    );
  });

  test("does not make a file of nothing", async () => {
    await write("key.pem", fakeKey);
    assert.deepEqual(await ask(["key.pem", "--out", "none.pem"]), {
      exit: 2,
      stdout: "",
      stderr: "None of these files contains a certificate.\n",
    });
    assert.equal((await readdir(folder.path)).includes("none.pem"), false);
  });

  for (const { what, says, make } of unreadableFiles(folder))
    test(`prints nothing where one is ${what}`, async () => {
      await write("good.pem", root.pem);
      const { exit, stdout, stderr } = await ask(["good.pem", await make()]);
      assert.deepEqual([exit, stdout], [2, ""]);
      assert.match(stderr, says);
    });

  test("refuses other arguments, and has help", async () => {
    for (const args of [[], ["-", "-"], ["--uot", "x", "a.pem"]]) {
      const { exit, stdout, stderr } = await ask(args);
      assert.deepEqual([exit, stdout], [2, ""]);
      assert.match(stderr, /^mtls-check merge: .*[.?]\nFor help, run mtls-check merge --help\.\n$/);
    }
    const { exit, stdout } = await ask(["--help"]);
    assert.equal(exit, 0);
    assert.match(stdout, /^Usage: mtls-check merge FILE/);
    assertFits(stdout);
  });
});
