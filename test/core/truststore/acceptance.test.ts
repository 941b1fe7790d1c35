import * as assert from "node:assert/strict";
import { suite, test } from "node:test";
import { tell } from "../../../src/core/messages/tell.ts";
import { type Acceptance, type AcceptanceAnswer, acceptance } from "../../../src/core/truststore/acceptance.ts";
import { type Target, targets } from "../../../src/core/truststore/targets.ts";
import { isUnreadable } from "../../../src/core/x509/model.ts";
import type { PathOptions, Search } from "../../../src/core/x509/path/search.ts";
import type { Verdict } from "../../../src/core/x509/path/verdicts.ts";
import { readCertificate } from "../../../src/core/x509/read/certificate.ts";
import { SignatureChecker } from "../../../src/platform/node/crypto.ts";
import {
  basicConstraints,
  explicit,
  extendedKeyUsage,
  extension,
  implicit,
  integer,
  keyUsage,
  octets,
  oid,
  sequence,
  serverAuth,
} from "../x509/der-writer.ts";
import { createCa, createLeaf, type Issued, issue, type KeyKind, keysOf } from "../x509/pki.ts";

const now = new Date("2026-06-01T00:00:00Z");

function drive<Result>(search: Search<Result>): Result {
  const checker = new SignatureChecker();
  let verdict: Verdict | undefined;
  for (;;) {
    const step = search.next(verdict);
    if (step.done === true) return step.value;
    verdict = step.value && checker.check(step.value.issuer, step.value.subject);
  }
}

function ask(
  client: Issued,
  presented: readonly Issued[],
  store: readonly Issued[],
  options: Partial<Omit<PathOptions, "at">> = {},
  at = now,
): AcceptanceAnswer {
  const of = (issued: readonly Issued[]) => issued.map(({ certificate }) => certificate);
  return drive(acceptance({ client: client.certificate, presented: of(presented), store: of(store), at }, options));
}

const kinds = ({ objections }: Acceptance) => objections.map(({ kind, index, weight }) => `${kind} ${index} ${weight}`);
const firstOf = ({ objections: [first] }: Acceptance) => tell(first?.reason ?? "");
const verdicts = ({ rfc5280, byTarget }: Pick<AcceptanceAnswer, "rfc5280" | "byTarget">) => [
  rfc5280.verdict,
  ...targets.map((target) => byTarget[target].verdict),
];
const everywhere = (verdict: Acceptance["verdict"]) => [verdict, verdict, verdict, verdict, verdict];
/** API Gateway wants in the bundle what the client presents here. */
const withoutApiGateway = (verdict: Acceptance["verdict"]) => [verdict, verdict, "refused", verdict, verdict];
const roles = ({ path }: Acceptance) => path.map(({ role, from }) => `${role} ${from}`);

/** Client, intermediates from below, root. */
function chain(
  intermediates: number,
  keys: KeyKind = "p256",
): readonly [client: Issued, intermediates: readonly Issued[], root: Issued] {
  const root = createCa({ keys: keysOf(keys, 90) });
  const above = [root];
  for (let index = 1; index <= intermediates; index++)
    above.unshift(
      createCa({ subject: `CN=Intermediate ${index}`, issuer: above[0] ?? root, keys: keysOf(keys, 90 + index) }),
    );
  return [createLeaf({ issuer: above[0] ?? root, keys: keysOf(keys, 80) }), above.slice(0, -1), root];
}

suite("would this client be accepted", () => {
  test("yes, where the path is verified and everything on it is documented", () => {
    const [client, intermediates, root] = chain(1);
    const answer = ask(client, intermediates, [root]);
    assert.deepEqual(verdicts(answer), withoutApiGateway("accepted"));
    assert.deepEqual(answer.rfc5280.objections, []);
    assert.deepEqual(roles(answer.byTarget.alb), ["client client", "intermediate presented", "anchor store"]);
    assert.deepEqual(
      answer.byTarget.alb.path.map(({ signature }) => signature),
      ["valid", "valid", undefined],
    );
    assert.deepEqual(answer.rfc5280.work, { signatures: 3, paths: 2 }, "the root's own signature among them");
  });

  test("no, where nobody issued it, and says who is missing", () => {
    const [client, , root] = chain(1);
    const { byTarget } = ask(client, [], [root]);
    assert.deepEqual(kinds(byTarget.cloudfront), ["no-issuer 0 refuses"]);
    assert.match(
      firstOf(byTarget.cloudfront),
      /“client\.example\.com” is “Intermediate 1”\. It is neither in the bundle nor among the presented certificates\./,
    );
  });

  test("no, where its issuer has the name and not the key", () => {
    const [client] = chain(0);
    const impostor = createCa({ keys: keysOf("p256", 70) });
    const { rfc5280 } = ask(client, [], [impostor]);
    assert.equal(rfc5280.verdict, "refused");
    assert.deepEqual(kinds(rfc5280), ["signature 0 refuses"]);
  });

  test("no, where the path ends at a root that is not in the bundle", () => {
    const [client, intermediates, root] = chain(1);
    const { rfc5280 } = ask(client, [...intermediates, root], []);
    assert.deepEqual(kinds(rfc5280), ["not-in-store 2 refuses"]);
    assert.equal(rfc5280.path.length, 3);
  });

  test("an expired client is refused on a path that is found nonetheless, for nothing else", () => {
    const [, intermediates, root] = chain(1);
    const client = createLeaf({ issuer: intermediates[0] ?? root, parts: { notAfter: "20260531235959Z" } });
    const answer = ask(client, intermediates, [root]);
    assert.deepEqual(verdicts(answer), everywhere("refused"));
    assert.deepEqual(kinds(answer.byTarget.cloudfront), ["expired 0 refuses"]);
    assert.deepEqual(roles(answer.byTarget.cloudfront), ["client client", "intermediate presented", "anchor store"]);
    const inTime = ask(client, intermediates, [root], {}, new Date("2026-05-31T23:59:58.999Z"));
    assert.deepEqual(verdicts(inTime), withoutApiGateway("accepted"));
    // `openssl verify -attime` refuses there; RFC 5280 section 4.1.2.5 includes it.
    for (const second of ["2026-05-31T23:59:59Z", "2026-05-31T23:59:59.999Z"]) {
      const last = ask(client, intermediates, [root], {}, new Date(second));
      assert.deepEqual(verdicts(last), withoutApiGateway("undocumented"));
      assert.deepEqual(kinds(last.rfc5280), ["expired 0 undocumented"]);
    }
  });

  test("one that is not valid yet is told apart from one that expired", () => {
    const [, intermediates, root] = chain(1);
    const client = createLeaf({ issuer: intermediates[0] ?? root, parts: { notBefore: "20260601000001Z" } });
    assert.deepEqual(kinds(ask(client, intermediates, [root]).rfc5280), ["not-yet-valid 0 refuses"]);
    assert.deepEqual(
      verdicts(ask(client, intermediates, [root], {}, new Date("2026-06-01T00:00:01Z"))),
      withoutApiGateway("accepted"),
    );
  });

  test("an expired intermediate refuses, and does not hide another of the same CA", () => {
    const [client, [intermediate = client], root] = chain(1);
    const expired = createCa({
      subject: "CN=Intermediate 1",
      keys: intermediate.keys,
      issuer: root,
      parts: { notAfter: "20250101000000Z" },
    });
    assert.deepEqual(kinds(ask(client, [expired], [root]).rfc5280), ["expired 1 refuses"]);
    const both = ask(client, [expired], [root, intermediate]);
    assert.deepEqual(verdicts(both), everywhere("accepted"));
    assert.deepEqual(roles(both.rfc5280), ["client client", "intermediate store", "anchor store"]);
  });

  test("a path that name constraints close does not hide a cross-signed one", () => {
    const constraints = extension(
      "2.5.29.30",
      sequence(explicit(0, sequence(implicit(2, [...Buffer.from("example.org")])))),
      true,
    );
    const root = createCa({ keys: keysOf("p256", 91) });
    const strict = createCa({ subject: "CN=Strict", issuer: root, extensions: [constraints] });
    const issuing = keysOf("p256", 93);
    const closed = createCa({ subject: "CN=Issuing", issuer: strict, keys: issuing });
    const other = createCa({ subject: "CN=Other root", keys: keysOf("p256", 94) });
    const open = createCa({ subject: "CN=Issuing", issuer: other, keys: issuing });
    const client = createLeaf({ issuer: closed });
    const refused = ask(client, [closed, strict], [root]);
    assert.deepEqual(kinds(refused.rfc5280), ["name-constraints 0 refuses"]);
    assert.match(firstOf(refused.rfc5280), /DNS client\.example\.com of “client\.example\.com” is not permitted/);
    const answer = ask(client, [closed, strict, open], [root, other]);
    assert.deepEqual(roles(answer.rfc5280), ["client client", "intermediate presented", "anchor store"]);
    // No service says whether it comes back from the closed one.
    assert.deepEqual(verdicts(answer), ["accepted", "undocumented", "refused", "undocumented", "undocumented"]);
    assert.deepEqual(kinds(answer.byTarget.cloudfront), ["other-issuer 0 undocumented"]);
    const stored = ask(client, [], [closed, strict, open, root, other]);
    assert.deepEqual(kinds(stored.byTarget.apigateway), ["other-issuer 0 undocumented"]);
  });

  test("an expired intermediate in the bundle stands in the way of one that the client sends", () => {
    const [client, [intermediate = client], root] = chain(1);
    const expired = createCa({
      subject: "CN=Intermediate 1",
      keys: intermediate.keys,
      issuer: root,
      parts: { notAfter: "20250101000000Z" },
    });
    assert.deepEqual(verdicts(ask(client, [intermediate], [expired, root])), [
      "accepted",
      "undocumented",
      "refused",
      "undocumented",
      "undocumented",
    ]);
    assert.deepEqual(verdicts(ask(client, [], [expired, intermediate, root])), everywhere("accepted"));
  });

  test("a root that is in the bundle twice, once as an older root signed it", () => {
    const [client, intermediates, root] = chain(1);
    const crossed = createCa({ keys: root.keys, issuer: createCa({ subject: "CN=Old root" }) });
    const answer = ask(client, intermediates, [crossed, root]);
    // To CloudFront both are the end of the chain.
    assert.deepEqual(verdicts(answer), ["accepted", "accepted", "refused", "undocumented", "undocumented"]);
    assert.deepEqual(kinds(answer.byTarget.alb), ["other-issuer 1 undocumented"]);
    const stored = ask(client, [], [crossed, ...intermediates, root]);
    assert.deepEqual(kinds(stored.byTarget.apigateway), ["other-issuer 1 undocumented"]);
  });

  test("a root of the bundle that the client also sends as an older root signed it: yes, since whoever looks in the bundle first finds it", () => {
    const [client, intermediates, root] = chain(1);
    const old = createCa({ subject: "CN=Old root" });
    const crossed = createCa({ keys: root.keys, issuer: old });
    const answer = ask(client, [crossed, ...intermediates], [root]);
    assert.deepEqual(verdicts(answer), withoutApiGateway("accepted"));
    assert.deepEqual(verdicts(ask(client, [crossed], [...intermediates, root])), everywhere("accepted"));
    assert.equal(answer.rfc5280.path.at(-1)?.certificate, root.certificate);
  });
});

suite("what no service documents is no bare yes", () => {
  const sentence = (answer: AcceptanceAnswer, target: Target) => firstOf(answer.byTarget[target]);

  test("an expired CA in the bundle", () => {
    const root = createCa({ parts: { notAfter: "20250101000000Z" } });
    const answer = ask(createLeaf({ issuer: root }), [], [root]);
    assert.deepEqual(verdicts(answer), withoutApiGateway("undocumented"));
    assert.deepEqual(kinds(answer.byTarget.alb), ["expired 1 undocumented"]);
    assert.match(
      sentence(answer, "alb"),
      /“Root CA” expired on 2025-01-01 00:00:00 UTC\. RFC 5280 accepts this\. The Application Load Balancer documentation does not describe/,
    );
  });

  test("an intermediate as the end of the path", () => {
    const [client, [intermediate = client], root] = chain(1);
    const answer = ask(client, [], [intermediate]);
    assert.deepEqual(kinds(answer.byTarget.alb), ["partial-chain 1 undocumented"]);
    assert.deepEqual(verdicts(answer), ["undocumented", "accepted", "refused", "undocumented", "undocumented"]);
    assert.deepEqual(verdicts(ask(client, [], [intermediate, root])), everywhere("accepted"));
  });

  test("the client's own certificate in the bundle; API Gateway documents that for one that signed itself", () => {
    const lone = createLeaf({ subject: "CN=lone" });
    const answer = ask(lone, [], [lone]);
    assert.deepEqual(verdicts(answer), ["accepted", "undocumented", "accepted", "undocumented", "undocumented"]);
    assert.deepEqual(kinds(answer.byTarget.cloudfront), ["client-in-store 0 undocumented"]);
    const [client] = chain(1);
    assert.deepEqual(verdicts(ask(client, [], [client])), withoutApiGateway("undocumented"));
  });

  test("name constraints that are kept to", () => {
    const constraints = extension(
      "2.5.29.30",
      sequence(explicit(0, sequence(implicit(2, [...Buffer.from("example.com")])))),
      true,
    );
    const root = createCa({ keys: keysOf("p256", 91) });
    const ca = createCa({ subject: "CN=Constrained", issuer: root, extensions: [constraints] });
    const client = createLeaf({ issuer: ca });
    const answer = ask(client, [ca], [root]);
    assert.deepEqual(verdicts(answer), ["accepted", "undocumented", "refused", "undocumented", "undocumented"]);
    assert.match(
      sentence(answer, "cloudfront"),
      /RFC 5280 accepts this\. The CloudFront documentation does not describe/,
    );
    assert.match(
      sentence(ask(client, [], [ca, root]), "apigateway"),
      /RFC 5280 accepts this\. The API Gateway documentation does not describe/,
    );
  });

  test("policies: required and there, required and not there", () => {
    const policy = extension("2.5.29.32", sequence(sequence(oid("1.2.3.4"))));
    const constraints = extension("2.5.29.36", sequence(implicit(0, [0])), true);
    const root = createCa();
    const ca = createCa({ subject: "CN=Requires", issuer: root, extensions: [policy, constraints] });
    assert.deepEqual(verdicts(ask(createLeaf({ issuer: ca, extensions: [policy] }), [ca], [root])), [
      "accepted",
      "undocumented",
      "refused",
      "undocumented",
      "undocumented",
    ]);
    assert.deepEqual(verdicts(ask(createLeaf({ issuer: ca, extensions: [policy] }), [], [ca, root])), [
      "accepted",
      "undocumented",
      "undocumented",
      "undocumented",
      "undocumented",
    ]);
    const without = ask(createLeaf({ issuer: ca }), [ca], [root]);
    assert.deepEqual(verdicts(without), everywhere("refused"));
    assert.deepEqual(kinds(without.rfc5280), ["policies 0 refuses"]);
    const named = ask(createLeaf({ issuer: root, extensions: [policy] }), [], [root]);
    assert.deepEqual(verdicts(named), everywhere("accepted"), "a policy that decides nothing");
  });

  test("the extended key usage of an intermediate", () => {
    const root = createCa();
    const ca = createCa({ subject: "CN=For servers", issuer: root, extensions: [extendedKeyUsage(serverAuth)] });
    const client = createLeaf({ issuer: ca });
    const answer = ask(client, [ca], [root]);
    assert.deepEqual(verdicts(answer), withoutApiGateway("undocumented"));
    assert.deepEqual(kinds(answer.rfc5280), ["issuer-purpose 1 undocumented"]);
    assert.deepEqual(verdicts(ask(client, [], [ca, root])), everywhere("undocumented"));
  });

  test("critical extensions: one that nobody knows refuses, one that many know does not settle it", () => {
    const root = createCa();
    const withCritical = (type: string) =>
      ask(createLeaf({ issuer: root, extensions: [extension(type, octets([1]), true)] }), [], [root]);
    assert.deepEqual(kinds(withCritical("1.2.3.4").rfc5280), ["critical-extension 0 refuses"]);
    assert.deepEqual(verdicts(withCritical("2.5.29.31")), everywhere("undocumented"));
  });
});

suite("what RFC 5280 asks of a path", () => {
  const root = createCa({ keys: keysOf("p256", 91) });
  const under = (ca: Issued) => ask(createLeaf({ issuer: ca }), [ca], [root]).rfc5280;

  test("a CA says that it is one", () => {
    assert.deepEqual(kinds(under(issue({ subject: "CN=no", issuer: root }, [basicConstraints(false)]))), [
      "not-a-ca 1 refuses",
    ]);
    assert.deepEqual(kinds(under(issue({ subject: "CN=no", issuer: root }, [keyUsage("keyCertSign")]))), [
      "not-a-ca 1 refuses",
    ]);
    assert.deepEqual(
      kinds(under(issue({ subject: "CN=no", issuer: root }, [basicConstraints(true), keyUsage("cRLSign")]))),
      ["key-usage 1 refuses"],
    );
    assert.deepEqual(kinds(under(issue({ subject: "CN=old", issuer: root, only: [], parts: { version: 1 } }, []))), [
      "not-a-ca 1 refuses",
    ]);
    assert.deepEqual(kinds(under(issue({ subject: "CN=plain", issuer: root }, [basicConstraints(true)]))), []);
  });

  test("no more CAs below one than it allows; its own other certificates are not counted", () => {
    const top = createCa({ subject: "CN=Top", issuer: root, pathLength: 1 });
    const middle = createCa({ subject: "CN=Middle", issuer: top });
    const bottom = createCa({ subject: "CN=Bottom", issuer: middle });
    const [at, past] = [
      ask(createLeaf({ issuer: middle }), [middle, top], [root]),
      ask(createLeaf({ issuer: bottom }), [bottom, middle, top], [root]),
    ];
    assert.equal(at.rfc5280.verdict, "accepted");
    assert.deepEqual(kinds(past.rfc5280), ["path-length 3 refuses"]);
    const rolled = createCa({ subject: "CN=Middle", issuer: middle });
    assert.equal(ask(createLeaf({ issuer: rolled }), [rolled, middle, top], [root]).rfc5280.verdict, "accepted");
  });

  test("the client's purposes", () => {
    const client = (...extensions: Parameters<typeof issue>[1]) =>
      ask(issue({ subject: "CN=client", issuer: root }, extensions), [], [root]).rfc5280;
    assert.equal(client().verdict, "accepted");
    assert.deepEqual(kinds(client(extendedKeyUsage(serverAuth))), ["purpose 0 refuses"]);
    assert.deepEqual(kinds(client(extendedKeyUsage("2.5.29.37.0"))), ["purpose 0 undocumented"]);
    assert.deepEqual(kinds(client(keyUsage("keyEncipherment"))), ["key-usage 0 refuses"]);
    assert.deepEqual(kinds(client(keyUsage("keyAgreement"))), ["key-usage 0 undocumented"]);
    const server = ask(issue({ subject: "CN=server", issuer: root }, [extendedKeyUsage(serverAuth)]), [], [root], {
      purpose: serverAuth,
    });
    assert.equal(server.rfc5280.verdict, "accepted");
  });

  test("both names of the signature's algorithm are the same", () => {
    const twofold = createLeaf({
      issuer: root,
      parts: { outerSignatureAlgorithm: sequence(oid("1.2.840.10045.4.3.3")) },
    });
    assert.equal(ask(twofold, [], [root]).rfc5280.verdict, "refused");
  });
});

suite("what each service documents", () => {
  test("CloudFront, API Gateway and Application Load Balancer take a chain of 4", () => {
    const length = (intermediates: number) => {
      const [client, above, root] = chain(intermediates);
      // API Gateway wants the chain in the bundle; for the others a path would begin there.
      const [{ rfc5280, byTarget }, stored] = [ask(client, above, [root]), ask(client, [], [...above, root])];
      return { rfc5280, byTarget: { ...byTarget, apigateway: stored.byTarget.apigateway } };
    };
    assert.deepEqual(verdicts(length(2)), everywhere("accepted"), "4 with the CA of the bundle");
    assert.deepEqual(
      verdicts(length(3)),
      ["accepted", "accepted", "accepted", "undocumented", "undocumented"],
      "5 with it, 4 without; CloudFront counts those below it, API Gateway the CAs of the bundle",
    );
    assert.deepEqual(
      verdicts(length(4)),
      ["accepted", "refused", "refused", "refused", "undocumented"],
      "5 without it",
    );
    assert.deepEqual(kinds(length(4).byTarget.cloudfront), ["chain-depth 5 refuses"]);
    assert.match(
      firstOf(length(4).byTarget.cloudfront),
      /path has 5 certificates, not including the CA in the bundle\. CloudFront accepts a chain of up to 4/,
    );
    assert.deepEqual(kinds(length(4).byTarget.apigateway), ["chain-depth 5 refuses"]);
  });

  const withKeys = (keys: KeyKind) => {
    const root = createCa();
    return verdicts(ask(createLeaf({ issuer: root, keys }), [], [root]));
  };

  test("curves", () => {
    assert.deepEqual(withKeys("p384"), everywhere("accepted"));
    assert.deepEqual(withKeys("p521"), ["accepted", "refused", "undocumented", "accepted", "accepted"]);
    assert.deepEqual(withKeys("ed25519"), ["accepted", "refused", "refused", "refused", "undocumented"]);
  });

  test("sizes of RSA keys", () => {
    assert.deepEqual(withKeys("rsa1024"), ["accepted", "refused", "refused", "refused", "undocumented"]);
    assert.deepEqual(withKeys("rsa2048"), everywhere("accepted"));
    assert.deepEqual(withKeys("rsa4096"), everywhere("accepted"));
  });

  test("hashes", () => {
    const signed = (digest: "sha1" | "sha224" | "sha256" | "sha3-256" | "sha512") => {
      const root = createCa();
      return verdicts(ask(createLeaf({ issuer: root, digest }), [], [root]));
    };
    assert.deepEqual(signed("sha256"), everywhere("accepted"));
    assert.deepEqual(signed("sha512"), everywhere("accepted"));
    assert.deepEqual(signed("sha224"), ["accepted", "refused", "refused", "refused", "undocumented"]);
    assert.deepEqual(signed("sha1"), ["accepted", "refused", "refused", "refused", "undocumented"]);
    assert.deepEqual(signed("sha3-256"), ["accepted", "refused", "undocumented", "refused", "undocumented"]);
  });

  test("what a root signed itself with is used by nobody, and documented by nobody", () => {
    const root = createCa({ digest: "sha1" });
    const answer = ask(createLeaf({ issuer: root }), [], [root]);
    assert.deepEqual(verdicts(answer), ["accepted", "undocumented", "undocumented", "undocumented", "undocumented"]);
    assert.deepEqual(kinds(answer.byTarget.cloudfront), ["signature-algorithm 1 undocumented"]);
    const above = createCa({ subject: "CN=Above" });
    const issued = createCa({ subject: "CN=Issued", issuer: above, digest: "sha1" });
    assert.deepEqual(verdicts(ask(createLeaf({ issuer: issued }), [], [issued])).slice(1), [
      "refused",
      "refused",
      "refused",
      "undocumented",
    ]);
    assert.deepEqual(verdicts(ask(createLeaf({ issuer: issued }), [], [issued, above])).slice(1), [
      "refused",
      "undocumented",
      "refused",
      "undocumented",
    ]);
  });

  test("RSASSA-PSS", () => {
    const root = createCa({ keys: "rsa2048" });
    const client = createLeaf({ issuer: root, pss: { hash: "sha256", saltLength: 32 } });
    assert.deepEqual(verdicts(ask(client, [], [root])), [
      "accepted",
      "accepted",
      "undocumented",
      "accepted",
      "accepted",
    ]);
  });

  test("version 3", () => {
    const root = createCa();
    const client = issue({ subject: "CN=old", issuer: root, only: [], parts: { version: 1 } }, []);
    assert.deepEqual(verdicts(ask(client, [], [root])), ["accepted", "refused", "accepted", "refused", "undocumented"]);
  });

  test("of a Network Load Balancer only what a trust store's other user takes is in no doubt; nothing is refused", () => {
    const root = createCa();
    const said = (client: Issued, above: readonly Issued[] = []) =>
      ask(client, above, [root]).byTarget.nlb.objections.map(({ weight, reason }) => `${weight}: ${tell(reason)}`);
    assert.deepEqual(said(createLeaf({ issuer: root, keys: "p521" })), []);
    assert.deepEqual(said(createLeaf({ issuer: root, keys: "ed25519" })), [
      "undocumented: The key of “client.example.com” is Ed25519. The Network Load Balancer documentation does not say whether this key is accepted.",
    ]);
    assert.deepEqual(said(issue({ subject: "CN=old", issuer: root, only: [], parts: { version: 1 } }, [])), [
      "undocumented: “old” is an X.509 version 1 certificate. The Network Load Balancer documentation does not say whether this version is accepted.",
    ]);
    const [client, above, top] = chain(4);
    assert.deepEqual(
      ask(client, above, [top]).byTarget.nlb.objections.map(({ reason }) => tell(reason)),
      [
        "The certification path has 6 certificates. The Network Load Balancer documentation does not say how many are accepted.",
      ],
    );
  });

  test("a way around what one service does not take is found for it", () => {
    const [rootA, rootB] = [createCa({ keys: "p521" }), createCa({ subject: "CN=Root B", keys: "p256" })];
    const keys = keysOf("p256", 60);
    const [viaA, viaB] = [rootA, rootB].map((issuer) => createCa({ subject: "CN=Crossed", keys, issuer }));
    assert.ok(viaA !== undefined && viaB !== undefined);
    const client = createLeaf({ issuer: viaA });
    assert.deepEqual(verdicts(ask(client, [viaA], [rootA])), [
      "accepted",
      "refused",
      "refused",
      "accepted",
      "accepted",
    ]);
    assert.deepEqual(verdicts(ask(client, [], [viaA, rootA]))[2], "undocumented");
    assert.deepEqual(verdicts(ask(client, [viaA, viaB], [rootA, rootB])), withoutApiGateway("accepted"));
    assert.deepEqual(verdicts(ask(client, [viaA], [viaB, rootA, rootB])), everywhere("accepted"));
  });
});

suite("API Gateway wants the issuer and the chain up to the root in the bundle", () => {
  const message = ({ byTarget }: AcceptanceAnswer) => byTarget.apigateway.objections.map(({ reason }) => tell(reason));

  test("yes, where they are there, whatever the client sends along", () => {
    const [client, intermediates, root] = chain(2);
    for (const presented of [[], intermediates]) {
      const answer = ask(client, presented, [root, ...intermediates]);
      assert.deepEqual(verdicts(answer), everywhere("accepted"));
      assert.deepEqual(
        answer.byTarget.apigateway.path.map(({ certificate }) => certificate),
        [client, ...intermediates, root].map(({ certificate }) => certificate),
      );
    }
  });

  test("no, where the client sends what is not there: each is named", () => {
    const [client, intermediates, root] = chain(2);
    const answer = ask(client, intermediates, [root]);
    assert.deepEqual(verdicts(answer), withoutApiGateway("accepted"));
    assert.deepEqual(kinds(answer.byTarget.apigateway), ["not-in-store 1 refuses", "not-in-store 2 refuses"]);
    assert.deepEqual(message(answer), [
      "“Intermediate 2” is presented but not in the bundle. API Gateway requires the complete chain up to the root in the bundle.",
      "“Intermediate 1” is presented but not in the bundle. API Gateway requires the complete chain up to the root in the bundle.",
    ]);
    const gap = ask(client, intermediates, [root, ...intermediates.slice(0, 1)]);
    assert.deepEqual(message(gap), [
      "“Intermediate 1”, the issuer of “Intermediate 2”, is not in the bundle. API Gateway requires the complete chain up to the root in the bundle.",
    ]);
  });

  test("no, where the chain there ends below its root: the one that is missing is named, wherever that is", () => {
    const [client, intermediates, root] = chain(2);
    const answer = ask(client, [], intermediates);
    assert.deepEqual(verdicts(answer), ["undocumented", "accepted", "refused", "undocumented", "undocumented"]);
    assert.deepEqual(message(answer), [
      "“Root CA”, the issuer of “Intermediate 1”, is not in the bundle. API Gateway requires the complete chain up to the root in the bundle.",
    ]);
    assert.equal(
      ask(client, [root], intermediates).byTarget.apigateway.verdict,
      "refused",
      "it does not help to send the root",
    );
    const impostor = createCa({ keys: keysOf("p256", 70) });
    assert.equal(
      ask(client, [], [...intermediates, impostor]).byTarget.apigateway.verdict,
      "refused",
      "nor does another of its name",
    );
  });

  test("no, where the client alone is there, and did not issue itself", () => {
    const [client] = chain(1);
    assert.deepEqual(message(ask(client, [], [client])), [
      "“Intermediate 1”, the issuer of “client.example.com”, is not in the bundle. API Gateway requires the complete chain up to the root in the bundle.",
    ]);
    const lone = createLeaf({ subject: "CN=lone" });
    assert.equal(ask(lone, [], [lone]).byTarget.apigateway.verdict, "accepted");
  });

  test("one of several ways that is there is found, be it the last", () => {
    const keys = keysOf("p256", 60);
    const roots = Array.from({ length: 120 }, (_, index) =>
      createCa({ subject: `CN=Root ${index}`, keys: keysOf("p256", 200 + (index % 4)) }),
    );
    const crossed = roots.map((issuer) => createCa({ subject: "CN=Crossed", keys, issuer }));
    const last = crossed.at(-1);
    assert.ok(last !== undefined);
    const answer = ask(createLeaf({ issuer: last, only: [] }), crossed.slice(0, -1), [...roots, last]);
    assert.deepEqual(verdicts(answer), everywhere("accepted"));
    assert.ok(answer.byTarget.apigateway.path.slice(1).every(({ from }) => from === "store"));
  });

  test("a root that an older one signed too, of which one certificate is there", () => {
    const [client, intermediates, root] = chain(1);
    const old = createCa({ subject: "CN=Old root" });
    const crossed = createCa({ keys: root.keys, issuer: old });
    assert.equal(ask(client, [crossed], [...intermediates, root]).byTarget.apigateway.verdict, "accepted");
    assert.equal(ask(client, [], [...intermediates, crossed, old]).byTarget.apigateway.verdict, "accepted");
    const open = ask(client, [], [...intermediates, crossed]);
    assert.deepEqual(message(open), [
      "“Old root”, the issuer of “Root CA”, is not in the bundle. API Gateway requires the complete chain up to the root in the bundle.",
    ]);
  });

  test("a chain that is there and is outdated is none", () => {
    const [client, [intermediate = client], root] = chain(1);
    const expired = createCa({
      subject: "CN=Intermediate 1",
      keys: intermediate.keys,
      issuer: root,
      parts: { notAfter: "20250101000000Z" },
    });
    assert.deepEqual(kinds(ask(client, [], [expired, root]).byTarget.apigateway).sort(), [
      "expired 1 refuses",
      "partial-chain 1 undocumented",
    ]);
    assert.deepEqual(kinds(ask(client, [], [expired]).byTarget.apigateway), [
      "expired 1 refuses",
      "partial-chain 1 refuses",
    ]);
  });

  test("CAs that issued each other have no root, and end the search nonetheless", () => {
    const [one, other] = [
      createCa({ subject: "CN=One", keys: keysOf("p256", 91) }),
      createCa({ subject: "CN=Other", keys: keysOf("p256", 92) }),
    ];
    const crossed = [
      createCa({ subject: "CN=One", keys: one.keys, issuer: other }),
      createCa({ subject: "CN=Other", keys: other.keys, issuer: one }),
    ];
    const { rfc5280, byTarget } = ask(createLeaf({ issuer: one }), [], crossed);
    assert.equal(rfc5280.verdict, "undocumented");
    assert.equal(byTarget.cloudfront.verdict, "accepted");
    assert.equal(byTarget.alb.verdict, "undocumented");
    assert.equal(byTarget.apigateway.verdict, "refused");
    assert.match(firstOf(byTarget.apigateway), /issued each other, and none of them is a root\. API Gateway requires/);
    // One of them with its own signature is a root.
    const rooted = ask(createLeaf({ issuer: one }), [], [...crossed, other]).byTarget.apigateway;
    assert.notEqual(rooted.verdict, "refused");
  });
});

suite("where the search gives up", () => {
  test("it says so, and neither yes nor no", () => {
    const root = createCa({ keys: keysOf("p256", 91) });
    const client = createLeaf({ issuer: root, only: [] });
    const impostors = Array.from({ length: 30 }, (_, index) => createCa({ keys: keysOf("p256", index % 5) }));
    const answer = ask(client, [], [...impostors, root], { bounds: { signatures: 2 } });
    assert.deepEqual(verdicts(answer), everywhere("gave-up"));
    assert.deepEqual(kinds(answer.rfc5280)[0], "bound undefined gave-up");
    assert.match(firstOf(answer.rfc5280), /At most 2 signatures/);
    const found = ask(client, [], [...impostors, root], { bounds: { signatures: 7 } });
    assert.deepEqual(verdicts(found), everywhere("undocumented"));
    assert.deepEqual(kinds(found.rfc5280), ["namesake 0 undocumented"]);
  });

  test("a way that was not looked at may be one that a service takes", () => {
    const [rootA, rootB] = [createCa({ keys: "p521" }), createCa({ subject: "CN=Root B", keys: "p256" })];
    const keys = keysOf("p256", 60);
    const [viaA, viaB] = [rootA, rootB].map((issuer) => createCa({ subject: "CN=Crossed", keys, issuer }));
    assert.ok(viaA !== undefined && viaB !== undefined);
    const answer = ask(createLeaf({ issuer: viaA }), [viaA, viaB], [rootA, rootB], { bounds: { paths: 2 } });
    assert.deepEqual(verdicts(answer), ["accepted", "gave-up", "gave-up", "accepted", "accepted"]);
    assert.deepEqual(kinds(answer.byTarget.cloudfront), ["bound undefined gave-up", "key 2 gave-up"]);
  });

  test("what is against the client itself stays", () => {
    const root = createCa({ keys: keysOf("p256", 91) });
    const client = createLeaf({ issuer: root, only: [], parts: { notAfter: "20250101000000Z" } });
    assert.deepEqual(verdicts(ask(client, [], [root], { bounds: { signatures: 0 } })), everywhere("refused"));
  });

  test("an algorithm that cannot be verified here is no refusal, but by whom does not take it", () => {
    const root = createCa({ keys: keysOf("p256", 91) });
    const unknown = createLeaf({ issuer: root, parts: { signatureAlgorithm: sequence(oid("1.2.3.4")) } });
    const answer = ask(unknown, [], [root]);
    assert.deepEqual(verdicts(answer), ["gave-up", "refused", "refused", "refused", "gave-up"]);
    assert.deepEqual(kinds(answer.rfc5280), ["unsupported 0 gave-up"]);
  });

  test("whatever is damaged: nothing is thrown, and no damage is a bare yes", (t) => {
    const constraints = extension(
      "2.5.29.30",
      sequence(
        explicit(
          0,
          sequence(implicit(2, [...Buffer.from("example.com")])),
          sequence(implicit(7, [10, 0, 0, 0, 255, 0, 0, 0])),
        ),
      ),
    );
    const policies = [
      extension("2.5.29.32", sequence(sequence(oid("1.2.3.4")))),
      extension("2.5.29.33", sequence(sequence(oid("1.2.3.4"), oid("1.2.3.5")))),
      extension("2.5.29.36", sequence(implicit(0, [2]), implicit(1, [3]))),
      extension("2.5.29.54", integer(4)),
    ];
    const root = createCa();
    const ca = createCa({
      subject: "CN=Much,O=Said",
      issuer: root,
      pathLength: 3,
      extensions: [constraints, ...policies],
    });
    const client = createLeaf({ issuer: ca, extensions: policies.slice(0, 1) });
    let state = 5;
    const below = (most: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      return (state >>> 8) % most;
    };
    const damaged = (der: Uint8Array) => {
      const bytes = Uint8Array.from(der);
      for (let times = 1 + below(3); times > 0; times--)
        bytes[below(bytes.length)] = below(2) === 0 ? below(256) : (bytes[below(bytes.length)] ?? 0);
      const certificate = readCertificate(bytes);
      return isUnreadable(certificate) ? undefined : certificate;
    };
    const counts: Record<string, number> = {};
    for (let run = 0; run < 1500; run++) {
      const [one, two, three] = [client, ca, root].map(({ der, certificate }) =>
        below(3) > 0 ? damaged(der) : certificate,
      );
      if (one === undefined || two === undefined || three === undefined) continue;
      // Every signature is taken for good: so the damage gets as far as it can.
      const search = acceptance({ client: one, presented: [two], store: [three], at: now });
      let step = search.next();
      while (step.done !== true) step = search.next(step.value && "valid");
      const { rfc5280, byTarget } = step.value;
      counts[rfc5280.verdict] = (counts[rfc5280.verdict] ?? 0) + 1;
      if (rfc5280.verdict === "accepted")
        for (const { certificate } of rfc5280.path) assert.deepEqual(certificate.faults, []);
      for (const { verdict } of Object.values(byTarget))
        assert.ok(rfc5280.verdict !== "refused" || verdict === "refused");
    }
    t.diagnostic(JSON.stringify(counts));
    assert.ok((counts.accepted ?? 0) > 20 && (counts.refused ?? 0) > 100);
  });

  test("a serial number, or a serial number twice, does not matter", () => {
    const root = createCa();
    const client = createLeaf({ issuer: root, parts: { serial: integer(0) } });
    assert.deepEqual(verdicts(ask(client, [], [root])), everywhere("accepted"));
  });
});
