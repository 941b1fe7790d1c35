import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { probeCommand } from "../../../src/cli/commands/probe.ts";
import { createAuthority } from "../../probe/authority.ts";
import { originStates, startOrigin } from "../../probe/node-origins.ts";
import { fileFolder } from "./file-folder.ts";
import { assertFits } from "./fitting.ts";
import { type Given, type Printed, run } from "./taking-io.ts";

const authority = createAuthority();
const { client, issuer, otherClient } = authority;
const states = originStates(authority);

/** Lines that no output may have: what keys consist of. */
const keyLines = [client, issuer, otherClient].flatMap(({ key }) => key.split("\n").filter((line) => line.length > 40));

describe("probe", () => {
  const folder = fileFolder("probe");
  const ask = async (args: readonly string[], given: Given = {}): Promise<Printed> => {
    const printed = await run(probeCommand, args, { cwd: folder.path, now: new Date(), ...given });
    for (const line of keyLines) assert.ok(!(printed.stdout + printed.stderr).includes(line));
    return printed;
  };
  const files = async (): Promise<readonly string[]> => {
    await folder.write("client.pem", client.certificate);
    await folder.write("client.key", client.key);
    return ["--cert", "client.pem", "--key", "client.key"];
  };
  /** Runs against an origin in this process. */
  const against = async (
    name: string,
    args: readonly string[],
    given: Given = {},
  ): Promise<Printed & { readonly port: number }> => {
    const origin = await startOrigin(states.find((state) => state.name === name) ?? assert.fail(name));
    try {
      const printed = await ask([`127.0.0.1:${origin.port}`, "--name", "localhost", ...args], given);
      return { ...printed, port: origin.port };
    } finally {
      await origin.close();
    }
  };

  test("ends with 0 where the server refuses, and says how", async () => {
    const { exit, stdout, stderr, port } = await against("required, both versions", await files());
    assert.equal(exit, 0);
    assert.equal(stderr, "");
    assert.equal(stdout.split("\n")[0], `Mutual TLS of 127.0.0.1:${port}: enforced in TLS`);
    assert.match(stdout, /^ {4}Your certificate {14}HTTP 200$/m);
    assert.match(stdout, /^ {2}- The issuer of your certificate is among the CAs that the server names\.$/m);
    // Of the CA of this run nobody has heard.
    assert.match(stdout, /^ {2}Not publicly trusted \(/m);
  });

  test("ends with 1 where somebody gets in", async () => {
    assert.equal((await against("asking alone, both versions", [])).exit, 1);
    const { exit, stdout } = await against("no mutual TLS, both versions", await files());
    assert.equal(exit, 1);
    assert.doesNotMatch(stdout, /Your certificate/);
  });

  test("ends with 2 where that cannot be told, and nobody is there", async () => {
    assert.equal((await against("refusing by 403, both versions", [])).exit, 2);
    assert.equal((await ask(["127.0.0.1:1"])).exit, 2);
    const { exit, stdout } = await ask(["does-not-exist.invalid", "--timeout", "20"]);
    assert.equal(exit, 2);
    assert.match(stdout, /^The (name “does-not-exist\.invalid” has no address|address of)/m);
  });

  test("tries what is unfit with a CA of the user", async () => {
    await folder.write("ca.pem", issuer.certificate);
    await folder.write("ca.key", issuer.key);
    const { stdout } = await against("asking alone, TLS 1.3", ["--ca", "ca.pem", "--ca-key", "ca.key"]);
    assert.match(stdout, /^ {4}Expired certificate {13}HTTP 200$/m);
    assert.doesNotMatch(stdout, /The server accepted/);
    const refused = await against("required, TLS 1.3", ["--ca", "ca.pem", "--ca-key", "ca.key"]);
    assert.doesNotMatch(refused.stdout, /The server accepted/);
    assert.match(refused.stdout, /^ {4}Certificate without clientAuth {2}(closed|ended)/m);
  });

  test("gives JSON to programs, without values of headers", async () => {
    const { exit, stdout, port } = await against("required, both versions", [
      ...[
        "--format",
        "json",
        "--header",
        "X-Secret: s3cr3t",
        "--path",
        "/x?y",
        "--method",
        "GET",
        "--host",
        "h.example",
      ],
    ]);
    assert.equal(exit, 0);
    assert.partialDeepStrictEqual(JSON.parse(stdout), {
      version: 1,
      host: "127.0.0.1",
      port,
      name: "localhost",
      request: { method: "GET", path: "/x?y", host: "h.example", headers: ["X-Secret"] },
      verdict: "enforced-tls",
      enforced: true,
    });
    assert.doesNotMatch(stdout, /s3cr3t/);
  });

  test("speaks of what the server is", async () => {
    const said = async (...role: readonly string[]): Promise<string> =>
      (await against("no mutual TLS, TLS 1.3", role)).stdout;
    assert.match(await said(), /CloudFront presents its certificate only when it is asked/);
    const endpoint = await said("--as", "endpoint");
    assert.match(endpoint, /did not ask for a client certificate\. Anybody gets in without one\./);
    assert.doesNotMatch(endpoint, /CloudFront/);
    assert.match(await said("--as", "side-door"), /Disable the default endpoint\./);
  });

  test("shows how far it is to who watches", async () => {
    const seen: string[] = [];
    await against("no mutual TLS, both versions", [], { progress: (text) => void seen.push(text) });
    assert.equal(seen[0], "0 of 4 connections");
    assert.equal(seen.at(-2), "4 of 4 connections");
    assert.equal(seen.at(-1), "");
  });

  test("stops when it is told to", async () => {
    const stop = new AbortController();
    stop.abort();
    const { exit, stdout } = await against("required, both versions", [], { signal: stop.signal });
    assert.equal(exit, 2);
    assert.match(stdout, /^The check was canceled\.$/m);
  });

  test("says what is wrong with files before it connects", async () => {
    await files();
    await folder.write("other.key", otherClient.key);
    await folder.write("empty.pem", "");
    const said = async (...args: readonly string[]): Promise<string> => {
      const { exit, stdout, stderr } = await ask(["127.0.0.1:1", ...args]);
      assert.equal(exit, 2);
      assert.equal(stdout, "");
      return stderr;
    };
    assert.equal(
      await said("--cert", "client.pem", "--key", "other.key"),
      "The private key in “other.key” does not belong to a certificate in “client.pem”.\n",
    );
    assert.equal(await said("--cert", "no.pem", "--key", "client.key"), "“no.pem” does not exist.\n");
    assert.match(await said("--cert", ".", "--key", "client.key"), /^“\.” could not be read: /);
    assert.equal(
      await said("--ca", "empty.pem", "--ca-key", "client.key"),
      "“empty.pem” contains no certificate in PEM form.\n",
    );
  });

  test("says what is wrong with its arguments", async () => {
    const said = async (...args: readonly string[]): Promise<string> => {
      const { exit, stderr } = await ask(args);
      assert.equal(exit, 2);
      return stderr.split("\n")[0] ?? "";
    };
    assert.equal(await said(), "mtls-check probe: Give the server to probe, such as example.com:443.");
    assert.equal(await said("a", "b"), "mtls-check probe: Only one server can be probed at a time.");
    assert.match(await said("http://a"), /“http:\/\/a” is not the address of a server\./);
    assert.match(await said("a:0"), /“a:0” has no port between 1 and 65535\./);
    assert.equal(await said("a", "--cert", "x"), "mtls-check probe: The option --key is missing.");
    assert.equal(await said("a", "--ca-key", "x"), "mtls-check probe: The option --ca is missing.");
    assert.match(await said("a", "--timeout", "0"), /--timeout takes a number of seconds up to 3600\./);
    assert.match(await said("a", "--timeout", "x"), /--timeout takes a number of seconds/);
    assert.match(await said("a", "--tls", "SSLv3"), /SSLv3/);
    assert.match(await said("a", "--method", "DELETE"), /DELETE/);
    assert.match(await said("a", "--path", "x"), /“x” is not a path\./);
    assert.match(
      await said("a", "--header", "secret"),
      /: One of the headers cannot be sent\. Give it as Name: value\.$/,
    );
    assert.doesNotMatch(await said("a", "--header", "Bearer s3cr3t: x"), /s3cr3t/);
    assert.match(await said("a", "--name", "日本.example"), /“日本\.example” is not a server name\./);
    assert.match(await said("a", "--header", "Host: b"), /The header “Host” is set by the check itself\./);
  });

  test("has a help that fits on a screen", async () => {
    const { exit, stdout } = await ask(["--help"]);
    assert.equal(exit, 0);
    assertFits(stdout);
  });
});
