import * as assert from "node:assert/strict";
import { mkdir, readdir, readFile, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { split } from "../../../src/cli/commands/split.ts";
import { authority, client, fakeKey } from "../../host/pem-files.ts";
import { fileFolder, keyMaterial, unreadableFiles } from "./file-folder.ts";
import { assertFits } from "./fitting.ts";
import { type Printed, run } from "./taking-io.ts";

const root = authority("CN=Root");
const issuing = authority("CN=Issuing", { issuer: root });
const leaf = client("CN=client.example", { issuer: issuing });

describe("split", () => {
  const folder = fileFolder("split");
  const { write } = folder;
  const ask = async (args: readonly string[], stdin?: string): Promise<Printed> => {
    const printed = await run(split, args, { cwd: folder.path, ...(stdin === undefined ? {} : { stdin }) });
    assert.doesNotMatch(printed.stdout + printed.stderr, keyMaterial);
    return printed;
  };
  const textOf = (name: string) => readFile(join(folder.path, name), "utf8");
  const modeOf = async (name: string) => (await stat(join(folder.path, name))).mode & 0o777;
  const names = async (part: string) => (await readdir(folder.path)).filter((name) => name.includes(part)).sort();

  test("writes certificate, chain and key, each to a file of its own, and prints the command", async () => {
    await write("all.pem", `${root.pem}${fakeKey}${leaf.pem}${issuing.pem}`.replaceAll("\n", "\r\n"));
    assert.deepEqual(await ask(["all.pem"]), {
      exit: 0,
      stdout: [
        "all.pem was split into all.certificate.pem, all.chain.pem, all.key.pem.",
        "The command imports the certificate into us-east-1, where CloudFront looks for client certificates.\naws acm",
        "import-certificate --certificate fileb://all.certificate.pem --private-key fileb://all.key.pem",
        "--certificate-chain fileb://all.chain.pem --region us-east-1\n",
      ].join(" "),
      stderr:
        "The private key is copied unchanged to a separate file that only you can read. The key is not decoded, so there is no check that it belongs to the certificate. Do not commit this file to Git.\n",
    });
    assert.equal(await textOf("all.certificate.pem"), leaf.pem);
    assert.equal(await textOf("all.chain.pem"), issuing.pem + root.pem);
    assert.equal(await textOf("all.key.pem"), fakeKey);
    if (process.platform !== "win32") {
      assert.equal(await modeOf("all.key.pem"), 0o600);
      assert.equal((await modeOf("all.certificate.pem")) & 0o600, 0o600);
    }
    assert.deepEqual(await names("all"), ["all.certificate.pem", "all.chain.pem", "all.key.pem", "all.pem"]);
  });

  test("writes none where one of them is there, and all of them with --force", async () => {
    await write("twice.pem", leaf.pem + issuing.pem + fakeKey);
    await write("twice.key.pem", "mine");
    const { exit, stdout, stderr } = await ask(["twice.pem"]);
    assert.deepEqual([exit, stdout], [2, ""]);
    assert.equal(
      stderr,
      "Already there: twice.key.pem. Nothing was written. To replace existing files, use --force.\n",
    );
    assert.equal(await textOf("twice.key.pem"), "mine");
    assert.deepEqual(await names("twice"), ["twice.key.pem", "twice.pem"]);
    assert.equal((await ask(["--force", "twice.pem"])).exit, 0);
    assert.equal(await textOf("twice.key.pem"), fakeKey);
    if (process.platform !== "win32") assert.equal(await modeOf("twice.key.pem"), 0o600);
    assert.deepEqual(await names("twice"), ["twice.certificate.pem", "twice.chain.pem", "twice.key.pem", "twice.pem"]);
  });

  test("replaces a link, and not what it leads to", async () => {
    await write("linked.pem", leaf.pem + fakeKey);
    await write("elsewhere", "mine");
    await symlink("elsewhere", join(folder.path, "linked.key.pem"));
    assert.equal((await ask(["linked.pem"])).exit, 2);
    assert.equal((await ask(["linked.pem", "--force"])).exit, 0);
    assert.equal(await textOf("elsewhere"), "mine");
    assert.equal(await textOf("linked.key.pem"), fakeKey);
  });

  test("leaves nothing behind where one cannot be written", async () => {
    await write("half.pem", leaf.pem + issuing.pem);
    await mkdir(join(folder.path, "half.chain.pem"));
    for (const args of [["half.pem"], ["half.pem", "--force"]]) {
      const { exit, stderr } = await ask(args);
      assert.equal(exit, 2);
      assert.equal(stderr, "half.chain.pem is there and is not a file. Nothing was written.\n");
      assert.deepEqual(await names("half"), ["half.chain.pem", "half.pem"]);
    }
    await write("a-file", "mine");
    const { exit, stderr } = await ask(["half.pem", "--out", "a-file"]);
    assert.equal(exit, 2);
    assert.match(stderr, /^a-file[/\\]half\.certificate\.pem could not be written because .*a-file is not a folder\./);
  });

  test("writes to another folder, which is made, and names it in the command", async () => {
    await write("moved.pem", leaf.pem + issuing.pem);
    const { exit, stdout, stderr } = await ask(["moved.pem", "--out", "new folder/of it"]);
    assert.equal(exit, 0);
    assert.equal(
      stderr,
      "The file contains no private key. The import command refers to a key file that you must add.\n",
    );
    if (process.platform !== "win32")
      assert.match(
        stdout,
        /\naws acm import-certificate --certificate 'fileb:\/\/new folder\/of it\/moved\.certificate\.pem' --private-key 'fileb:\/\/new folder\/of it\/moved\.key\.pem' /,
      );
    assert.equal(await textOf("new folder/of it/moved.chain.pem"), issuing.pem);
  });

  test("shows no command where a name in it could be read otherwise", async () => {
    await write("a\u202eb.pem", leaf.pem);
    const { exit, stdout } = await ask(["a\u202eb.pem"]);
    assert.equal(exit, 0);
    assert.equal(
      stdout,
      "a\\u{202e}b.pem was split into a\\u{202e}b.certificate.pem. The AWS CLI command is not shown, because these names cannot be written in it safely. Use names without special characters.\n",
    );
  });

  test("reads standard input", async () => {
    const { exit } = await ask(["-", "-o", "from-stdin"], leaf.pem);
    assert.equal(exit, 0);
    assert.deepEqual(await readdir(join(folder.path, "from-stdin")), ["certificate.pem"]);
  });

  test("says what is left out, and that a key is encrypted", async () => {
    const other = authority("CN=Other \u202eRoot");
    await write(
      "more.pem",
      leaf.pem + leaf.pem + other.pem + fakeKey.replaceAll("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"),
    );
    const { exit, stderr } = await ask(["more.pem"]);
    assert.equal(exit, 0);
    assert.match(stderr, /\nThe private key is encrypted, but ACM does not accept encrypted keys\./);
    assert.match(stderr, /\nDuplicates left out: 1\.\n/);
    assert.match(stderr, /\nLeft out, because they are not part of the chain: “Other \\u\{202E\}Root”\.\n/);
  });

  for (const [what, text, said] of [
    ["a key alone", fakeKey, /^This file contains no certificate/],
    ["CAs alone", root.pem + issuing.pem, /^All 2 certificates in this file are CA certificates/],
    ["two keys", leaf.pem + fakeKey + fakeKey, /2 private keys/],
  ] as const)
    test(`does not split ${what}`, async () => {
      await write("whole.pem", text);
      const { exit, stdout, stderr } = await ask(["whole.pem"]);
      assert.deepEqual([exit, stdout], [2, ""]);
      assert.match(stderr, said);
      assert.deepEqual(await names("whole"), ["whole.pem"]);
    });

  for (const { what, says, make } of unreadableFiles(folder))
    test(`says that it is ${what}`, async () => {
      const { exit, stdout, stderr } = await ask([await make()]);
      assert.deepEqual([exit, stdout], [2, ""]);
      assert.match(stderr, says);
    });

  test("refuses other arguments, and has help", async () => {
    for (const args of [[], ["a.pem", "b.pem"], ["--key", "a.pem"]]) {
      const { exit, stdout, stderr } = await ask(args);
      assert.deepEqual([exit, stdout], [2, ""]);
      assert.match(stderr, /^mtls-check split: .*\.\nFor help, run mtls-check split --help\.\n$/);
    }
    const { exit, stdout } = await ask(["--help"]);
    assert.equal(exit, 0);
    assert.match(stdout, /^Usage: mtls-check split FILE \[--out FOLDER\] \[--force\]\n/);
    assertFits(stdout);
  });
});
