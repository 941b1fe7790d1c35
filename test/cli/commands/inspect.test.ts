import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "../../../src/cli/commands/inspect.ts";

import { pkcs7 } from "../../core/x509/pki.ts";
import { authority, client, csr, fakeKey, forged } from "../../host/pem-files.ts";
import { fileFolder, keyMaterial, unreadableFiles } from "./file-folder.ts";
import { assertFits } from "./fitting.ts";
import { type Printed, run } from "./taking-io.ts";

const root = authority("CN=Root");
const leaf = client("CN=client.example", { issuer: root, names: ["client.example"], serial: 7 });

const keySaid =
  "This file contains a private key in addition to certificates. Anyone with access to this file has the key.";

describe("inspect", () => {
  const folder = fileFolder("inspect");
  const { write } = folder;
  const ask = async (args: readonly string[], stdin?: string | Uint8Array): Promise<Printed> => {
    const printed = await run(inspect, args, { cwd: folder.path, ...(stdin === undefined ? {} : { stdin }) });
    assert.doesNotMatch(printed.stdout + printed.stderr, keyMaterial);
    return printed;
  };
  /** Keys, and what is made of them, are new in each run. */
  const withoutHex = (text: string) => text.replaceAll(/(?:[0-9A-F]{2}:){15,}[0-9A-F]{2}/g, "HEX");

  test("shows what is in a file, as the inspector does, and of a key only that there is one", async () => {
    await write("client.pem", leaf.pem + fakeKey);
    const { exit, stdout, stderr } = await ask(["client.pem"]);
    assert.deepEqual([exit, stderr], [0, ""]);
    assert.equal(
      withoutHex(stdout),
      `client.pem

1. client.example  [clientAuth]
   issued by Root · ECDSA P-256 · expires in 23 years · line 1
   Does CloudFront accept this as an origin client certificate? Yes
   Subject: CN=client.example
   Issuer: CN=Root
   Serial number: 07
   Valid from: 2020-01-01 00:00:00 UTC
   Valid until: 2049-12-31 23:59:59 UTC – expires in 23 years
   Public key: ECDSA P-256
   Signature algorithm: ECDSA with SHA-256
   Version: 3
   SHA-256 fingerprint: HEX
   Extensions:
     Key Usage (2.5.29.15), critical
       Usages: digitalSignature
     Extended Key Usage (2.5.29.37)
       Purpose: TLS Web Client Authentication: clientAuth (1.3.6.1.5.5.7.3.2)
     Subject Alternative Name (2.5.29.17)
       DNS: client.example
     Subject Key Identifier (2.5.29.14)
       Key identifier: HEX
     Authority Key Identifier (2.5.29.35)
       Key identifier: HEX

2. Private key  [private key]
   recognized by its label, never read · line 12
   info: ${keySaid} [bundle/private-key]
   Label: PRIVATE KEY
`,
    );
  });

  test("shows bytes and what is met with --all", async () => {
    await write("all.pem", leaf.pem);
    const { stdout } = await ask(["all.pem", "--all"]);
    assert.match(stdout, /\n {5}Met: The key is ECDSA P-256\.\n/);
    assert.match(stdout, /\n {7}Usages: digitalSignature\n {7}Hex: 03:02:07:80\n/);
  });

  test("reads PEM, DER, PKCS#7 and standard input, and shows chains that do not hold", async () => {
    await write("both.p7b", pkcs7([leaf.der, root.der]));
    await write("leaf.der", leaf.der);
    const { exit, stdout } = await ask(["both.p7b", "leaf.der", "-"], forged(leaf) + root.pem);
    assert.equal(exit, 0);
    const parts = stdout.split(/\n\n(?=both|leaf\.der|standard input)/);
    assert.equal(parts.length, 3);
    assert.match(parts[0] ?? "", /^both\.p7b\n\nChain: client\.example → Root\n\n1\. client\.example .*\n\n2\. Root /s);
    assert.match(parts[1] ?? "", /^leaf\.der\n\n1\. client\.example .*\n {3}issued by Root .* years\n/);
    assert.match(parts[2] ?? "", /\nChain: client\.example → Root\n {2}The signature of .* does not match the key of /);
    assert.match(parts[2] ?? "", /\n {3}error: The signature does not match .* \[bundle\/signature\]\n/);
  });

  test("shows damaged blocks, requests and names that hide something", async () => {
    const odd = authority("CN=Evil\u202e\u0007\nCA");
    await write("odd.pem", odd.pem.replace("MII", "M!!") + csr + odd.pem);
    const { exit, stdout } = await ask(["odd.pem"]);
    assert.equal(exit, 0);
    assert.match(stdout, /\n1\. Unreadable certificate {2}\[damaged\]\n.* line 1\n {3}error: .*\[pem\/base64\]\n/);
    assert.match(stdout, /\n2\. wanted\.example {2}\[request\]\n/);
    assert.match(stdout, /\n3\. Evil\\u\{202E\}/);
    assert.doesNotMatch(stdout, /[\u202e\u0007]/);
    const json = (await ask(["odd.pem", "--format", "json"])).stdout;
    assert.doesNotMatch(json, /[\u202e\u0007]/);
    assert.match(json, /\\u202e/);
  });

  test("cuts long values where not all is asked for", async () => {
    const long = Array.from({ length: 40 }, (_, at) => `OU=${at}${"x".repeat(40)}`).join(",");
    await write("long.pem", authority(`CN=Long,${long}`).pem);
    const left = /\n {5}… [\d,]+ more characters\. --all shows them\.\n/;
    assert.match((await ask(["long.pem"])).stdout, left);
    assert.doesNotMatch((await ask(["long.pem", "--all"])).stdout, left);
  });

  test("is JSON for programs, what cannot be read in it", async () => {
    await write("json.pem", leaf.pem + fakeKey);
    const { exit, stdout, stderr } = await ask(["json.pem", "not-there.pem", "--format", "json"]);
    assert.deepEqual([exit, stderr], [2, ""]);
    const { version, files } = JSON.parse(stdout);
    assert.equal(version, 1);
    assert.deepEqual(files[1], {
      path: "not-there.pem",
      note: { tone: "warning", text: "“not-there.pem” does not exist.", steps: [] },
      chains: [],
      items: [],
    });
    const [certificate, key] = files[0].items;
    assert.deepEqual(
      [certificate.kind, certificate.title, certificate.line, certificate.originClientCertificate.fit],
      ["certificate", "client.example", 1, true],
    );
    assert.equal(certificate.certificate.serialNumber, "07");
    assert.equal(certificate.certificate.notAfter.date, "2049-12-31T23:59:59.000Z");
    assert.deepEqual(key, {
      id: "1",
      kind: "private-key",
      title: "Private key",
      subtitle: "recognized by its label, never read",
      badges: [{ tone: "warning", text: "private key" }],
      line: 12,
      problems: key.problems,
      fields: [{ name: "Label", value: "PRIVATE KEY" }],
    });
    const both = JSON.parse((await ask(["-", "--format", "json"], leaf.pem + root.pem)).stdout);
    assert.deepEqual(both.files[0].path, "-");
    assert.deepEqual(both.files[0].chains, [
      [
        { item: "0", title: "client.example", role: "leaf", signature: "valid" },
        { item: "1", title: "Root", role: "root" },
      ],
    ]);
  });

  test("names a file by what it is called where that could be read otherwise", async () => {
    await write("a\u202eb.pem", leaf.pem);
    assert.match((await ask(["a\u202eb.pem"])).stdout, /^a\\u\{202e\}b\.pem\n/);
  });

  for (const { what, says, make } of unreadableFiles(folder))
    test(`says that it is ${what}, and shows the others`, async () => {
      await write("good.pem", root.pem);
      const { exit, stdout, stderr } = await ask([await make(), "good.pem"]);
      assert.equal(exit, 2);
      assert.match(stderr, says);
      assert.match(stdout, /^good\.pem\n\n1\. Root /);
    });

  test("refuses other arguments, and has help", async () => {
    for (const args of [[], ["-", "-"], ["--al"], ["a", "--format", "xml"], ["--all=yes", "a"]]) {
      const { exit, stdout, stderr } = await ask(args);
      assert.deepEqual([exit, stdout], [2, ""]);
      assert.match(stderr, /^mtls-check inspect: .*[.?]\nFor help, run mtls-check inspect --help\.\n$/);
    }
    const { exit, stdout } = await ask(["--help"]);
    assert.equal(exit, 0);
    assert.match(stdout, /^Usage: mtls-check inspect FILE/);
    assertFits(stdout);
  });
});
