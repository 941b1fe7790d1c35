import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { credentialText } from "../../../../src/core/messages/probe/credential.ts";
import { probeJson } from "../../../../src/core/messages/probe/json.ts";
import { probeLines } from "../../../../src/core/messages/probe/report.ts";
import { ends, remarks, verdicts } from "../../../../src/core/messages/probe/sentences.ts";
import type { AddressFacts, ProbeFacts } from "../../../../src/core/probe/facts.ts";
import { authority, client } from "../../../host/pem-files.ts";
import { address, alert, answer, closed, facts, plan, tries } from "../../probe/seen.ts";

const ca = authority("O=Example,CN=Origin clients");
const other = authority("CN=Other clients");
const server = client("CN=origin.example", { issuer: ca, names: ["origin.example"] });

function nameOf({ certificate }: typeof ca): Uint8Array {
  return certificate.der.slice(certificate.subject.slice.start, certificate.subject.slice.end);
}

const presented = { chain: [server.der], key: "0A1B", trust: "public", isForName: true } as const;

const asking: AddressFacts = {
  ...address(
    tries("yes", {
      none: alert(116),
      stranger: alert(48),
      given: answer(204),
      expired: answer(204),
      "server-auth": closed("accept"),
    }),
    [{ credential: "none", asked: "unseen", end: alert(70) }],
  ),
  server: presented,
  authorities: [nameOf(ca), nameOf(other)],
};

describe("the report of a probe", () => {
  test("says the verdict first, then what was seen, then what is worth knowing", () => {
    const lines = probeLines({ ...facts(asking), issuers: [nameOf(ca)] });
    const golden = readFileSync(join(import.meta.dirname, "report.golden.txt"), "utf8");
    assert.equal(`${lines.join("\n")}\n`, golden);
  });

  test("says what was not tried, and what is wrong with the server's certificate", () => {
    const bad: AddressFacts = {
      ...address(tries("yes", { none: answer(400), stranger: answer(400) })),
      server: { ...presented, trust: "none", trustError: "CERT_HAS_EXPIRED", isForName: false },
      authorities: [],
    };
    const text = probeLines({ ...facts(bad), left: 3 }).join("\n");
    for (const part of [
      "Mutual TLS of origin.example:443: cannot tell",
      "answered HTTP 400. That may be a refusal, or how it answers everybody. Add your certificate and key to compare.",
      "The server names no CAs whose certificates it accepts.",
      "  - The server certificate is not publicly trusted (CERT_HAS_EXPIRED). CloudFront answers 502 for such an origin.",
      "  - The server certificate is not valid for “origin.example”. CloudFront answers 502 for such an origin.",
      "  - 3 more addresses were not tried.",
      "Not tried\n  - Your client certificate: not at hand. Add it with its key.\n  - An expired client certificate,",
    ])
      assert.ok(text.includes(part), part);
  });

  test("says that the issuer is missing, and that ours was refused too", () => {
    const refusing: AddressFacts = {
      ...address(tries("yes", { none: alert(116), stranger: alert(48), given: alert(48) })),
      authorities: [nameOf(other)],
    };
    const text = probeLines({ ...facts(refusing), issuers: [nameOf(ca)] }).join("\n");
    assert.match(text, /Your certificate was refused too: ended by TLS alert 48 \(unknown_ca\)/);
    assert.match(text, /The issuer of your certificate is not among the CAs that the server names\./);
    assert.match(text, /^Why your certificate was refused\n {2}alert 48 \(unknown_ca\): the issuer of the/m);
    assert.match(text, /^Likely causes:\n {2}- The CA that issued the client certificate is not in the trust store/m);
    assert.match(text, /^What to do:\n {2}- Check the client certificate against the trust store/m);
    // It was presented.
    const bad = address(tries("yes", { none: alert(116), stranger: alert(48), given: alert(42) }));
    const other42 = probeLines(facts(bad)).join("\n");
    assert.match(other42, /^Likely causes:$/m);
    assert.doesNotMatch(other42, /presented no certificate|whether the client presents/);
  });

  test("shows no values of headers, and nothing that acts in names", () => {
    const secret: ProbeFacts = {
      ...facts(asking),
      plan: { ...plan, name: "a\u202eb", request: { method: "GET", path: "/", headers: [["X-Secret", "s3cr3t"]] } },
    };
    const text = probeLines(secret).join("\n");
    assert.match(text, /headers X-Secret$/m);
    assert.doesNotMatch(text + JSON.stringify(probeJson(secret)), /s3cr3t/);
    assert.doesNotMatch(text, /\u202e/);
  });

  test("has one line for an address that nobody answers at", () => {
    const dead = address([{ credential: "none", asked: "unseen", end: { kind: "unreachable", code: "ECONNREFUSED" } }]);
    assert.deepEqual(probeLines(facts(dead)).slice(0, 7), [
      "Mutual TLS of origin.example:443: unreachable",
      "",
      "Nothing listens there (ECONNREFUSED).",
      "",
      "Request: HEAD /, Host origin.example",
      "",
      "192.0.2.1: unreachable",
    ]);
  });

  test("gives its reason again where addresses differ", () => {
    const open: AddressFacts = { ...address(tries("no", { none: answer(200) })), address: "2001:db8::1" };
    const lines = probeLines(facts(asking, open));
    assert.ok(lines.includes("2001:db8::1: does not ask"));
    assert.ok(lines.some((line) => line.startsWith("  The server asks for a client certificate in the handshake")));
  });
});

describe("the same for programs", () => {
  test("has codes, and whether it is enforced", () => {
    const json: unknown = JSON.parse(JSON.stringify(probeJson({ ...facts(asking), issuers: [nameOf(ca)] })));
    assert.partialDeepStrictEqual(json, {
      version: 1,
      host: "origin.example",
      verdict: "enforced-tls",
      enforced: true,
      reason: { code: "probe:refused-in-tls" },
      addresses: [
        {
          address: "192.0.2.1",
          verdict: "enforced-tls",
          rounds: [
            {
              tries: [
                {
                  certificate: "none",
                  asked: "yes",
                  protocol: "TLSv1.2",
                  end: { kind: "alert", alert: 116, phase: "handshake" },
                },
                { certificate: "stranger" },
                { certificate: "given", message: "HTTP 204" },
                { certificate: "expired" },
                { certificate: "server-auth" },
              ],
            },
            { tries: [{ certificate: "none", protocol: null }] },
          ],
          certificateAuthorities: ["CN=Origin clients,O=Example", "CN=Other clients"],
          server: { publicKeySha256: "0A1B", trust: "public", trustError: null, isForName: true },
        },
      ],
      notes: [{ code: "probe:expired-let-in" }, { code: "probe:issuer-advertised" }],
      notTried: [],
      standpoint: { code: "probe:elsewhere" },
    });
    const open = probeJson(facts(address(tries("no", { none: answer(200) }))));
    assert.partialDeepStrictEqual(open, { verdict: "does-not-ask", enforced: false });
    assert.partialDeepStrictEqual(probeJson({ ...facts(), lookup: "ENOTFOUND" }), { enforced: null, addresses: [] });
  });
});

describe("the sentences", () => {
  test("differ by what stands there", () => {
    for (const role of ["origin", "endpoint", "side-door"] as const) {
      const said = verdicts["probe:not-asked"]({ role });
      assert.equal(said.includes("CloudFront presents"), role === "origin");
      assert.equal(said.includes("Disable the default endpoint"), role === "side-door");
      assert.equal(remarks["probe:not-public"]({ role, error: "X" }).includes("502"), role === "origin");
      assert.equal(remarks["probe:elsewhere"]({ role }).includes("CloudFront"), role === "origin");
    }
  });

  test("tell what to do about files of a key", () => {
    for (const mistake of [
      "no-certificate",
      "unreadable-certificate",
      "no-key",
      "encrypted-key",
      "unreadable-key",
      "other-key",
    ] as const)
      assert.match(credentialText(mistake, "client.pem", "client.key"), /“client\.(pem|key)”/, mistake);
    assert.match(credentialText("encrypted-key", "a", "b"), /openssl pkey/);
    assert.equal(ends["probe:end-reset"]({ phase: "accept" }), "reset by the server right after the handshake");
  });
});
