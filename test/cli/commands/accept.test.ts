import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { accept } from "../../../src/cli/commands/accept.ts";
import { pkcs7 } from "../../core/x509/pki.ts";
import { authority, client, fakeKey } from "../../host/pem-files.ts";
import { fileFolder, keyMaterial, unreadableFiles } from "./file-folder.ts";
import { assertFits } from "./fitting.ts";
import { type Printed, run } from "./taking-io.ts";

const root = authority("CN=Root");
const issuing = authority("CN=Issuing", { issuer: root });
const leaf = client("CN=client.example", { issuer: issuing, notAfter: "20270630000000Z" });
const other = authority("CN=Other");

describe("accept", () => {
  const folder = fileFolder("accept");
  const { write } = folder;
  const ask = async (args: readonly string[], stdin?: string | Uint8Array): Promise<Printed> => {
    const printed = await run(accept, args, { cwd: folder.path, ...(stdin === undefined ? {} : { stdin }) });
    assert.doesNotMatch(printed.stdout + printed.stderr, keyMaterial);
    return printed;
  };
  const files = async () => {
    await write("client.pem", leaf.pem + issuing.pem + fakeKey);
    await write("leaf.pem", leaf.pem);
    await write("issuing.pem", issuing.pem);
    await write("root.pem", root.pem);
    await write("both.pem", issuing.pem + root.pem);
    await write("other.pem", other.pem);
  };
  const answers = (stdout: string) =>
    [...stdout.matchAll(/^([A-Z].*?): (.*)$/gm)].map(([, name, said]) => [name, said]);

  test("answers for a service in the words of the editor", async () => {
    await files();
    assert.deepEqual(await ask(["--client", "leaf.pem", "--bundle", "both.pem", "--service", "apigateway"]), {
      exit: 0,
      stderr: "",
      stdout: `Does the trust store “both.pem” accept “client.example”?
At the current time, 2026-11-21 00:00 UTC.

API Gateway: Yes
  - The certification path has 3 certificates, and all their signatures were verified.
  - This check does not look at revocation. It does not recognize a revoked certificate.
  - API Gateway does not check revocation either. A CRL in this file has no effect.

Certification path: client.example → Issuing (trust store) → Root (trust store)
`,
    });
  });

  test("shows all services where none is given, and goes by RFC 5280", async () => {
    await files();
    const { exit, stdout } = await ask(["--client", "client.pem", "--bundle", "root.pem"]);
    assert.equal(exit, 0);
    assert.deepEqual(
      answers(stdout).map(([name]) => name),
      [
        "RFC 5280",
        "CloudFront",
        "API Gateway",
        "Application Load Balancer",
        "Network Load Balancer",
        "Certification path",
      ],
    );
    assert.match(stdout, /^API Gateway: No$/m);
    assert.match(
      stdout,
      /^Certification path: client\.example → Issuing \(sent by the client\) → Root \(trust store\)$/m,
    );
    assert.equal((await ask(["--client", "client.pem", "--bundle", "other.pem"])).exit, 1);
  });

  test("says no where one service does, and cannot say where one is undocumented", async () => {
    await files();
    const exits = async (bundle: string, ...services: readonly string[]) =>
      (await ask(["--client", "client.pem", "--bundle", bundle, ...services.flatMap((one) => ["--service", one])]))
        .exit;
    assert.equal(await exits("root.pem", "cloudfront"), 0);
    assert.equal(await exits("root.pem", "cloudfront", "apigateway"), 1);
    assert.equal(await exits("root.pem", "alb,apigateway"), 1);
    // That a Network Load Balancer takes such a text, no page says.
    await write("commented.pem", `Our CA:\n${root.pem}`);
    assert.equal(await exits("commented.pem", "nlb"), 2);
    assert.equal(await exits("commented.pem", "nlb", "apigateway"), 1);
  });

  test("says no as long as the service does not accept the bundle", async () => {
    await files();
    await write("text.pem", `These are our CAs.\n${issuing.pem}\n${root.pem}`);
    const args = ["--client", "leaf.pem", "--bundle", "text.pem", "--service"];
    const { exit, stdout } = await ask([...args, "cloudfront"]);
    assert.equal(exit, 1);
    assert.match(stdout, /^CloudFront: Not until CloudFront accepts the bundle$/m);
    assert.match(stdout, /^ {2}- CloudFront accepts no blank lines between certificates/m);
    assert.equal((await ask([...args, "apigateway"])).exit, 0);
  });

  test("takes what the client sends from its own file, from others and from standard input, in any format", async () => {
    await files();
    await write("leaf.der", leaf.der);
    await write("client.p7b", pkcs7([issuing.der, leaf.der]));
    const yes = async (args: readonly string[], stdin?: string) => {
      const { exit, stdout, stderr } = await ask(["--bundle", "root.pem", "--service", "cloudfront", ...args], stdin);
      assert.deepEqual([exit, stderr], [0, ""], stdout);
    };
    assert.equal((await ask(["--client", "leaf.pem", "--bundle", "root.pem"])).exit, 1);
    await yes(["--client", "client.p7b"]);
    await yes(["--client", "leaf.der", "--chain", "issuing.pem"]);
    await yes(["--client", "leaf.pem", "--chain", "other.pem", "--chain", "issuing.pem"]);
    await yes(["--client", "-", "--chain", "issuing.pem"], leaf.pem);
    await yes(["--client", "leaf.pem", "--chain", "-"], issuing.pem);
    assert.equal((await ask(["--client", "client.pem", "--bundle", "-"], root.pem)).exit, 0);
  });

  test("takes the first of several clients, and says so", async () => {
    await files();
    await write("two.pem", root.pem + leaf.pem + client("CN=second", { issuer: other }).pem);
    const { exit, stderr } = await ask(["--client", "two.pem", "--bundle", "both.pem"]);
    assert.equal(exit, 0);
    assert.equal(
      stderr,
      "“two.pem” contains several certificates that can be the client. The first, “client.example”, is checked.\n",
    );
  });

  test("answers for another time", async () => {
    await files();
    const at = (time: string) =>
      ask(["--client", "leaf.pem", "--bundle", "both.pem", "--service", "alb", "--at", time]);
    const { exit, stdout } = await at("2027-07-01");
    assert.equal(exit, 1);
    assert.match(stdout, /^At 2027-07-01 00:00 UTC\.$/m);
    assert.match(stdout, /^ {2}- A listener with IgnoreClientCertificateExpiry does not reject it for this reason\.$/m);
    assert.equal((await at("2027-06-29T23:59:59Z")).exit, 0);
    assert.equal((await at("2027-06-30T01:00+02:00")).exit, 0);
  });

  test("is JSON for programs", async () => {
    await files();
    const args = ["--client", "client.pem", "--bundle", "root.pem", "--format", "json"];
    const { exit, stdout } = await ask([...args, "--at", "2027-01-01", "--service", "cloudfront,apigateway"]);
    assert.equal(exit, 1);
    const { answers: all, ...asked } = JSON.parse(stdout);
    assert.deepEqual(asked, {
      version: 1,
      client: { path: "client.pem", title: "client.example", subject: "CN=client.example" },
      bundle: { path: "root.pem" },
      at: "2027-01-01T00:00:00.000Z",
      accepted: "no",
      ignored: [],
    });
    assert.deepEqual(
      all.map(({ service, outcome }: { service: string; outcome: string }) => [service, outcome]),
      [
        ["cloudfront", "accepted"],
        ["apigateway", "refused"],
      ],
    );
    assert.deepEqual(all[0].path, [
      { title: "client.example", role: "client", from: "client" },
      { title: "Issuing", role: "intermediate", from: "presented" },
      { title: "Root", role: "anchor", from: "store" },
    ]);
    assert.equal(JSON.parse((await ask(args)).stdout).accepted, "yes");
  });

  test("says what it does not look at", async () => {
    await files();
    await write("hidden.pem", root.pem + issuing.pem.replace(/^(?=.)/gm, "> "));
    const { stderr } = await ask(["--client", "client.pem", "--bundle", "hidden.pem"]);
    assert.match(stderr, /^“hidden\.pem” contains a block \(CERTIFICATE\) that is not written as plain PEM lines\./);
  });

  test("shows names that hide something as they are", async () => {
    await write("evil.pem", client("CN=evil\u202e##[error]x", { issuer: root }).pem);
    await write("root.pem", root.pem);
    const { exit, stdout } = await ask(["--client", "evil.pem", "--bundle", "root.pem"]);
    assert.equal(exit, 0);
    assert.doesNotMatch(stdout, /\u202e|##\[/);
  });

  test("needs certificates on both sides", async () => {
    await files();
    await write("key.pem", fakeKey);
    const none = await ask(["--client", "key.pem", "--bundle", "root.pem"]);
    assert.deepEqual([none.exit, none.stdout], [2, ""]);
    assert.equal(none.stderr, "“key.pem” contains no certificate, so there is no client to check.\n");
    const empty = await ask(["--client", "leaf.pem", "--bundle", "key.pem"]);
    assert.deepEqual([empty.exit, empty.stdout], [2, ""]);
    assert.equal(empty.stderr, "“key.pem” contains no certificate. As a trust store, it would reject all clients.\n");
  });

  for (const { what, says, make } of unreadableFiles(folder))
    test(`says that a side is ${what}`, async () => {
      await files();
      const name = await make();
      for (const args of [
        ["--client", name, "--bundle", "root.pem"],
        ["--client", "leaf.pem", "--bundle", name],
        ["--client", "leaf.pem", "--bundle", "root.pem", "--chain", name],
      ]) {
        const { exit, stdout, stderr } = await ask(args);
        assert.deepEqual([exit, stdout], [2, ""]);
        assert.match(stderr, says);
      }
    });

  const sides = ["--client", "a", "--bundle", "b"];
  for (const [args, said] of [
    [["--bundle", "b"], "The option --client is missing."],
    [["--client", "a"], "The option --bundle is missing."],
    [["a.pem", ...sides], "“a.pem” belongs to no option. Give files with --client, --bundle."],
    [["--client", "-", "--bundle", "-"], "Only one file can be standard input."],
    [
      [...sides, "--at", "tomorrow"],
      "“tomorrow” is not a time for --at. Give a date such as 2027-01-31, or a date and time such as 2027-01-31T09:30:00Z.",
    ],
    [[...sides, "--at", "2027-02-30"], "“2027-02-30” is not a time for --at."],
    [
      [...sides, "--service", "elb"],
      "“elb” is not a value of --service. Possible values: cloudfront, apigateway, alb, nlb.",
    ],
    [[...sides, "--format", "yaml"], "“yaml” is not a value of --format. Possible values: text, json."],
    [["--cleint", "a", "--bundle", "b"], "There is no option --cleint. Did you mean --client?"],
  ] as const)
    test(`refuses ${args.join(" ")}`, async () => {
      const { exit, stdout, stderr } = await ask(args);
      assert.deepEqual([exit, stdout], [2, ""]);
      assert.ok(stderr.startsWith(`mtls-check accept: ${said}`), stderr);
      assert.ok(stderr.endsWith("\nFor help, run mtls-check accept --help.\n"), stderr);
    });

  test("has help that fits a screen", async () => {
    const { exit, stdout } = await ask(["--help"]);
    assert.equal(exit, 0);
    assert.match(stdout, /^Usage: mtls-check accept --client FILE --bundle FILE/);
    assertFits(stdout);
  });
});
