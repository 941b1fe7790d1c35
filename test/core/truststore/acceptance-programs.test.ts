// What RFC 5280 accepts and not every program does: never a bare yes, and the reason is said.
import * as assert from "node:assert/strict";
import { suite, test } from "node:test";
import { tell } from "../../../src/core/messages/tell.ts";
import {
  type Acceptance,
  type AcceptanceAnswer,
  type AcceptanceQuestion,
  acceptance,
} from "../../../src/core/truststore/acceptance.ts";
import { targets } from "../../../src/core/truststore/targets.ts";
import type { Verdict } from "../../../src/core/x509/path/verdicts.ts";
import { SignatureChecker } from "../../../src/platform/node/crypto.ts";
import {
  attribute,
  authorityKeyIdentifier,
  type Bytes,
  basicConstraints,
  bits,
  bmpString,
  clientAuth,
  element,
  explicit,
  extendedKeyUsage,
  extension,
  implicit,
  integer,
  keyUsage,
  name,
  octets,
  oid,
  printableString,
  sequence,
  set,
  subjectKeyIdentifier,
  teletexString,
  utf8String,
} from "../x509/der-writer.ts";
import { createCa, createLeaf, type Issued, issue, keysOf } from "../x509/pki.ts";

const now = new Date("2026-06-01T00:00:00Z");

function ask(client: Issued, presented: readonly Issued[], store: readonly Issued[], at = now): AcceptanceAnswer {
  const of = (issued: readonly Issued[]) => issued.map(({ certificate }) => certificate);
  return drive({ client: client.certificate, presented: of(presented), store: of(store), at });
}

function drive(question: AcceptanceQuestion): AcceptanceAnswer {
  const checker = new SignatureChecker();
  const search = acceptance(question);
  let verdict: Verdict | undefined;
  for (;;) {
    const step = search.next(verdict);
    if (step.done === true) return step.value;
    verdict = step.value && checker.check(step.value.issuer, step.value.subject);
  }
}

const kinds = ({ objections }: Acceptance) => objections.map(({ kind, index, weight }) => `${kind} ${index} ${weight}`);
const said = ({ objections }: Acceptance) => objections.map(({ reason }) => tell(reason)).join("\n");
const verdicts = ({ rfc5280, byTarget }: AcceptanceAnswer) =>
  Object.fromEntries([["rfc5280", rfc5280.verdict], ...targets.map((target) => [target, byTarget[target].verdict])]);

/** Everybody says the same, for the same reason, and nobody yes. */
function isOpen(answer: AcceptanceAnswer, kind: string, sentence: RegExp): void {
  for (const one of [answer.rfc5280, ...targets.map((target) => answer.byTarget[target])]) {
    assert.equal(one.verdict, "undocumented", one.target);
    assert.deepEqual([...new Set(kinds(one))], [`${kind} undocumented`], one.target);
    assert.match(said(one), sentence, one.target);
  }
}

function isYes(answer: AcceptanceAnswer): void {
  for (const [target, verdict] of Object.entries(verdicts(answer))) assert.equal(verdict, "accepted", target);
}

const leafParts = [basicConstraints(false), keyUsage("digitalSignature"), extendedKeyUsage(clientAuth)];
const caParts = [basicConstraints(true), keyUsage("keyCertSign")];

/** With the given authority key identifier alone. */
const leafWith = (issuer: Issued, ...authority: readonly Bytes[]) =>
  createLeaf({ issuer, only: [...leafParts, ...authority] });

const directory = (text: string) => explicit(4, name(text));
const bySerial = (issuer: string, serial: number) => [
  element(0xa1, directory(issuer)),
  implicit(2, integer(serial).subarray(2)),
];
const authority = (...content: readonly Bytes[]) => extension("2.5.29.35", sequence(...content));

suite("an authority key identifier that is not the issuer's", () => {
  const keys = keysOf("p256", 91);
  const root = createCa({ keys, parts: { serial: 5 } });

  test("its key identifier", () => {
    isOpen(
      ask(leafWith(root, authorityKeyIdentifier([1, 2, 3])), [], [root]),
      "authority-key 0",
      /“client\.example\.com” was signed with the key of “Root CA”, but the authority key identifier of .* OpenSSL does not/,
    );
  });

  test("its serial number, alone and beside a key identifier that is right", () => {
    isOpen(
      ask(leafWith(root, authority(...bySerial("CN=Root CA", 6))), [], [root]),
      "authority-key 0",
      /serial number/,
    );
    const both = authority(implicit(0, keys.identifier), ...bySerial("CN=Root CA", 6));
    isOpen(ask(leafWith(root, both), [], [root]), "authority-key 0", /serial number/);
  });

  test("who issued its certificate", () => {
    const other = authority(...bySerial("CN=Another CA", 5));
    isOpen(ask(leafWith(root, other), [], [root]), "authority-key 0", /from another CA/);
  });

  test("a CA that was renewed with its key, and has another subject key identifier now", () => {
    const renewed = createCa({ keys, only: [...caParts, subjectKeyIdentifier([9, 9])] });
    const client = createLeaf({ issuer: root });
    isOpen(ask(client, [], [renewed]), "authority-key 0", /key identifier/);
    // With the older certificate beside it there is one that everybody takes.
    isYes(ask(client, [], [renewed, root]));
    isYes(ask(client, [], [root, renewed]));
  });

  test("of an intermediate, and of a root that names another than itself", () => {
    const top = createCa({ subject: "CN=Top", keys: keysOf("p256", 92) });
    const middle = issue({ subject: "CN=Middle", issuer: top, only: [...caParts, authorityKeyIdentifier([7])] }, []);
    const { rfc5280 } = ask(createLeaf({ issuer: middle }), [middle], [top]);
    assert.deepEqual(kinds(rfc5280), ["authority-key 1 undocumented"]);
    assert.match(said(rfc5280), /“Middle” was signed with the key of “Top”/);
    const odd = createCa({ only: [...caParts, subjectKeyIdentifier([1]), authorityKeyIdentifier([2])] });
    isOpen(ask(leafWith(odd), [], [odd]), "authority-key 1", /“Root CA” was signed with the key of “Root CA”/);
  });

  test("is none where it is right, where it is not there, and where the issuer has no identifier of its own", () => {
    isYes(ask(leafWith(root, authorityKeyIdentifier(keys.identifier)), [], [root]));
    isYes(ask(leafWith(root, authority(...bySerial("CN=root ca", 5))), [], [root]));
    isYes(ask(leafWith(root), [], [root]));
    const plain = createCa({ keys, only: caParts });
    isYes(ask(leafWith(root, authorityKeyIdentifier([1, 2, 3])), [], [plain]));
  });
});

suite("several CAs of one name", () => {
  const [one, other] = [1, 2].map((index) => createCa({ subject: "CN=Twin", keys: keysOf("p256", 90 + index) }));
  assert.ok(one !== undefined && other !== undefined);
  const sentence = /“Twin” and different keys\. “client\.example\.com” has no authority key identifier/;

  test("are told apart by nothing but the signature, in either order", () => {
    for (const store of [
      [one, other],
      [other, one],
    ])
      for (const issuer of store) isOpen(ask(leafWith(issuer), [], store), "namesake 0", sentence);
  });

  test("also where the identifier is there, and the CAs have none", () => {
    const bare = [1, 2].map((index) =>
      createCa({ subject: "CN=Twin", keys: keysOf("p256", 90 + index), only: caParts }),
    );
    isOpen(ask(createLeaf({ issuer: one }), [], bare), "namesake 0", sentence);
  });

  test("also below a root, and where one of them is what the client sends", () => {
    const root = createCa({ keys: keysOf("p256", 95) });
    const [mid, twin] = [1, 2].map((index) =>
      createCa({ subject: "CN=Twin", issuer: root, keys: keysOf("p256", 90 + index) }),
    );
    assert.ok(mid !== undefined && twin !== undefined);
    assert.deepEqual(kinds(ask(leafWith(mid), [], [twin, mid, root]).rfc5280), ["namesake 0 undocumented"]);
    assert.deepEqual(kinds(ask(leafWith(mid), [mid], [twin, root]).rfc5280), ["namesake 0 undocumented"]);
    // Who looks in the bundle first does not see what the client sends besides.
    isYes(ask(leafWith(mid), [twin], [mid, root]));
  });

  test("are told apart by key identifiers, by validity, by the kind of key and by what the key may be used for", () => {
    isYes(ask(createLeaf({ issuer: one }), [], [other, one]));
    const expired = createCa({ subject: "CN=Twin", keys: other.keys, parts: { notAfter: "20260101000000Z" } });
    isYes(ask(leafWith(one), [], [expired, one]));
    isYes(ask(leafWith(one), [], [createCa({ subject: "CN=Twin", keys: "rsa2048" }), one]));
    const signsLists = issue({ subject: "CN=Twin" }, [basicConstraints(true), keyUsage("cRLSign")]);
    isYes(ask(leafWith(one), [], [signsLists, one]));
    const renewed = createCa({ subject: "CN=Twin", keys: one.keys });
    isYes(ask(leafWith(one), [], [renewed, one]));
  });
});

suite("names that are equal and not byte by byte", () => {
  const named = (value: Bytes) => sequence(set(attribute("CN", value)));
  const differ = (ca: Bytes, issuer: Bytes) => {
    const root = createCa({ parts: { subject: named(ca), issuer: named(ca) } });
    return ask(createLeaf({ issuer: root, parts: { issuer: named(issuer) } }), [], [root]);
  };
  const cases: Readonly<Record<string, readonly [Bytes, Bytes]>> = {
    case: [utf8String("Heron CA"), utf8String("HERON CA")],
    types: [printableString("Heron CA"), utf8String("Heron CA")],
    blanks: [utf8String("Heron  CA "), utf8String("Heron CA")],
    "wide letters": [bmpString("Zürich"), utf8String("Zürich")],
    "Latin-1 that is called Teletex": [teletexString("Zürich"), utf8String("Zürich")],
  };
  for (const [what, [ca, issuer]] of Object.entries(cases))
    test(what, () => isOpen(differ(ca, issuer), "spelling 0", /encoded differently\. Go compares names byte by byte/));

  // OpenSSL: "unable to get local issuer certificate".
  const beyondAscii: Readonly<Record<string, readonly [Bytes, Bytes]>> = {
    composed: [utf8String("Zu\u0308rich"), utf8String("Z\u00fcrich")],
    "case of other letters": [utf8String("ZÜRICH"), utf8String("Zürich")],
    "sharp s": [utf8String("Gießen"), utf8String("Giessen")],
    "UTF-8 that is called Teletex": [element(0x14, [...Buffer.from("Zürich")]), utf8String("Zürich")],
  };
  for (const [what, [ca, issuer]] of Object.entries(beyondAscii))
    test(what, () => isOpen(differ(ca, issuer), "spelling 0", /OpenSSL ignores only differences in spaces/));

  test("a name that is shown alike and is another: its full name is said", () => {
    const root = createCa({ subject: "O=Heron,CN=Root" });
    const client = createLeaf({ issuer: createCa({ subject: "O=Egret,CN=Root" }) });
    const { rfc5280 } = ask(client, [], [root]);
    assert.deepEqual(kinds(rfc5280), ["no-issuer 0 refuses"]);
    assert.match(said(rfc5280), /“CN=Root,O=Egret”\. No certificate with exactly this name .*“CN=Root,O=Heron” is a/s);
  });
});

suite("what OpenSSL does not take", () => {
  const root = createCa();
  const withExtension = (type: string, value: Bytes, isCritical: boolean) =>
    ask(
      issue({ subject: "CN=client", issuer: root, only: [...leafParts, extension(type, value, isCritical)] }, []),
      [],
      [root],
    );

  test("critical key identifiers and alternative names of the issuer", () => {
    for (const [type, value] of [
      ["2.5.29.14", octets([1, 2])],
      ["2.5.29.35", sequence(implicit(0, root.keys.identifier))],
      ["2.5.29.18", sequence(implicit(2, [...Buffer.from("ca.example.com")]))],
    ] as const) {
      isOpen(withExtension(type, value, true), "critical-extension 0", /has the critical extension/);
      isYes(withExtension(type, value, false));
    }
    const odd = createCa({ only: [...caParts, extension("2.5.29.14", octets([1]), true)] });
    isOpen(ask(leafWith(odd), [], [odd]), "critical-extension 1", /“Root CA” has the critical extension/);
  });

  test("a Netscape certificate type without SSL client", () => {
    const type = "2.16.840.1.113730.1.1";
    isOpen(withExtension(type, bits([0x40], 6), false), "purpose 0", /does not include SSL client/);
    isOpen(withExtension(type, bits([]), false), "purpose 0", /does not include SSL client/);
    isYes(withExtension(type, bits([0xc0], 6), false));
    isYes(withExtension(type, bits([0x80], 7), false));
  });
});

suite("a CA of the bundle that has its issuer's name and did not sign itself", () => {
  const [old, young] = [createCa({ keys: keysOf("p256", 91) }), createCa({ keys: keysOf("p256", 92) })];
  /** The new key, signed with the old one. */
  const rolled = createCa({ keys: young.keys, issuer: old });

  test("is no root", () => {
    const answer = ask(createLeaf({ issuer: young }), [], [rolled]);
    assert.deepEqual(verdicts(answer), {
      rfc5280: "undocumented",
      cloudfront: "undocumented",
      apigateway: "refused",
      alb: "undocumented",
      nlb: "undocumented",
    });
    assert.match(said(answer.rfc5280), /was not signed with its own key/);
    assert.match(
      said(answer.byTarget.apigateway),
      /“Root CA” was signed with a key of “Root CA” that is not in the bundle/,
    );
    isYes(ask(createLeaf({ issuer: young }), [], [rolled, old]));
  });

  test("nor is one that is damaged", () => {
    const damaged = createCa({ keys: young.keys, signedBy: keysOf("p256", 93), only: caParts });
    isOpen(ask(leafWith(young), [], [damaged]), "partial-chain 1", /It is not a root certificate, or it is damaged/);
  });
});

suite("an intermediate of the bundle does not hide what is above it", () => {
  const below = (root: Issued, parts: Parameters<typeof createCa>[0] = {}) => {
    const middle = createCa({ subject: "CN=Middle", issuer: root, ...parts });
    return ask(createLeaf({ issuer: middle }), [], [middle, root]);
  };
  const refusedAbove = (answer: AcceptanceAnswer, kind: string, sentence: RegExp) => {
    assert.deepEqual(verdicts(answer), {
      rfc5280: "undocumented",
      cloudfront: "undocumented",
      apigateway: "refused",
      alb: "undocumented",
      nlb: "undocumented",
    });
    for (const one of [answer.rfc5280, ...targets.map((target) => answer.byTarget[target])]) {
      assert.match(said(one), sentence, one.target);
      // CloudFront's page says that any CA of the trust store ends the chain; what API Gateway's page says of one with no
      // root there is said.
      const isTold = said(one).includes("“Middle” in the bundle is not a root certificate");
      const isSettled =
        one.target === "cloudfront" || (one.target === "apigateway" && /not in the bundle/.test(said(one)));
      assert.equal(isTold, !isSettled, one.target);
      assert.ok(
        one.objections.some((objection) => objection.kind === kind),
        one.target,
      );
    }
  };

  test("a root that is expired, is no CA, or allows no CA below it", () => {
    refusedAbove(below(createCa({ parts: { notAfter: "20260101000000Z" } })), "expired", /“Root CA” expired/);
    const leaf = issue({ subject: "CN=Root CA" }, [basicConstraints(false)]);
    refusedAbove(below(leaf), "not-a-ca", /“Root CA” say that it is not a CA certificate/);
    refusedAbove(below(createCa({ pathLength: 0 })), "path-length", /“Root CA” allows 0 CAs between/);
  });

  test("name constraints of the root, and an intermediate between that is expired", () => {
    const constraints = extension(
      "2.5.29.30",
      sequence(explicit(0, sequence(implicit(2, [...Buffer.from("example.org")])))),
      true,
    );
    refusedAbove(below(createCa({ extensions: [constraints] })), "name-constraints", /is not permitted by the name/);
    const root = createCa();
    const between = createCa({ subject: "CN=Between", issuer: root, parts: { notAfter: "20260101000000Z" } });
    const middle = createCa({ subject: "CN=Middle", issuer: between });
    const answer = ask(createLeaf({ issuer: middle }), [], [middle, between, root]);
    refusedAbove(answer, "expired", /“Between” expired/);
  });

  test("more CAs than the service counts", () => {
    const chain = [createCa()];
    for (let index = 1; index < 5; index++)
      chain.unshift(createCa({ subject: `CN=Tier ${index}`, issuer: chain[0] ?? assert.fail() }));
    const of = (store: readonly Issued[]) => ask(createLeaf({ issuer: store[0] ?? assert.fail() }), [], store);
    const four = of(chain.slice(1));
    assert.deepEqual(verdicts(four), {
      rfc5280: "accepted",
      cloudfront: "accepted",
      apigateway: "accepted",
      alb: "undocumented",
      nlb: "undocumented",
    });
    assert.match(said(four.byTarget.alb), /Up to the root in the bundle, the certification path has 5 certificates/);
    const five = of(chain);
    assert.deepEqual(verdicts(five), {
      rfc5280: "accepted",
      cloudfront: "accepted",
      apigateway: "refused",
      alb: "undocumented",
      nlb: "undocumented",
    });
    assert.match(said(five.byTarget.alb), /has 6 certificates\. Application Load Balancer accepts a chain of up to 4/);
    assert.match(said(five.byTarget.apigateway), /has 5 CA certificates\. API Gateway accepts a chain of up to 4/);
  });

  test("one that the root of its issuer's name did not sign, or that a CA between did not", () => {
    const root = createCa();
    const forged = createCa({ subject: "CN=Middle", issuer: root, signedBy: keysOf("p256", 95) });
    const answer = ask(createLeaf({ issuer: forged }), [], [forged, root]);
    refusedAbove(answer, "partial-chain", /The signature of “Middle” does not match the key of “Root CA”/);
    const between = createCa({ subject: "CN=Between", issuer: root, signedBy: keysOf("p256", 95) });
    const middle = createCa({ subject: "CN=Middle", issuer: between });
    refusedAbove(
      ask(createLeaf({ issuer: middle }), [], [middle, between, root]),
      "partial-chain",
      /The signature of “Between” does not match the key of “Root CA”/,
    );
  });

  test("a chain of the bundle that comes to no root", () => {
    const between = createCa({ subject: "CN=Between", issuer: createCa(), pathLength: 0 });
    const middle = createCa({ subject: "CN=Middle", issuer: between });
    const answer = ask(createLeaf({ issuer: middle }), [], [middle, between]);
    refusedAbove(answer, "path-length", /“Between” allows 0 CAs between/);
    const sound = createCa({ subject: "CN=Between", issuer: createCa() });
    const above = createCa({ subject: "CN=Middle", issuer: sound });
    assert.deepEqual(verdicts(ask(createLeaf({ issuer: above }), [], [above, sound])), {
      rfc5280: "undocumented",
      cloudfront: "accepted",
      apigateway: "refused",
      alb: "undocumented",
      nlb: "undocumented",
    });
    // A CA that has its issuer's name and another key says nothing of who signed it.
    const namesake = createCa({ subject: "CN=Root CA", keys: keysOf("p256", 94) });
    const lone = createCa({ subject: "CN=Middle", issuer: createCa({ keys: keysOf("p256", 97) }) });
    assert.equal(ask(createLeaf({ issuer: lone }), [], [lone, namesake]).byTarget.cloudfront.verdict, "accepted");
  });

  test("the CA's new key signed with its old one, where the old root is there", () => {
    const old = createCa();
    const renewed = createCa({ keys: keysOf("p256", 98), issuer: old });
    const { byTarget, rfc5280 } = ask(createLeaf({ issuer: renewed }), [], [renewed, old]);
    assert.equal(rfc5280.verdict, "accepted");
    assert.equal(byTarget.cloudfront.verdict, "accepted");
  });

  test("of several ways up, the one that holds counts", () => {
    const keys = keysOf("p256", 96);
    const [good, expired] = [createCa(), createCa({ subject: "CN=Old", parts: { notAfter: "20260101000000Z" } })];
    const [viaGood, viaExpired] = [good, expired].map((issuer) => createCa({ subject: "CN=Middle", issuer, keys }));
    assert.ok(viaGood !== undefined && viaExpired !== undefined);
    const client = createLeaf({ issuer: viaGood });
    const { byTarget, rfc5280 } = ask(client, [], [viaExpired, expired, viaGood, good]);
    assert.equal(rfc5280.verdict, "accepted");
    assert.notEqual(byTarget.apigateway.verdict, "refused");
  });
});

suite("revocation is not looked at, and it is said what each service does about it", () => {
  const root = createCa();
  const url = extension(
    "1.3.6.1.5.5.7.1.1",
    sequence(sequence(oid("1.3.6.1.5.5.7.48.1"), implicit(6, [...Buffer.from("http://ocsp.example.com")]))),
  );
  const middle = createCa({ subject: "CN=Middle", issuer: root });
  const client = createLeaf({ issuer: middle, extensions: [url] });
  const answer = (store: readonly Issued[], ocsp?: boolean) => {
    const of = (issued: readonly Issued[]) => issued.map(({ certificate }) => certificate);
    return drive({ client: client.certificate, presented: of([middle]), store: of(store), at: now, ocsp });
  };
  const notes = ({ notes }: Acceptance) => notes.map((note) => tell(note)).join("\n");

  test("by RFC 5280, load balancers and API Gateway", () => {
    const { rfc5280, byTarget } = answer([middle, root]);
    for (const one of [rfc5280, ...Object.values(byTarget)]) {
      assert.equal(one.verdict, "accepted", one.target);
      assert.match(notes(one), /does not look at revocation/, one.target);
    }
    assert.match(notes(byTarget.alb), /Application Load Balancer checks the CRLs that were added/);
    assert.match(notes(byTarget.nlb), /Network Load Balancer checks the CRLs that were added/);
    assert.match(
      notes(byTarget.apigateway),
      /API Gateway does not check revocation either\. A CRL in this file has no effect\./,
    );
    assert.match(notes(byTarget.cloudfront), /If the trust store checks OCSP, CloudFront rejects the client unless/);
  });

  test("by CloudFront: each certificate below the first CA of the trust store needs a URL, where OCSP is checked", () => {
    const unknown = answer([root]).byTarget.cloudfront;
    assert.equal(unknown.verdict, "accepted");
    assert.match(notes(unknown), /If the trust store checks OCSP, .* because “Middle” has no OCSP URL/);
    const checked = answer([root], true).byTarget.cloudfront;
    assert.deepEqual(kinds(checked), ["ocsp-url 1 refuses"]);
    assert.match(said(checked), /The trust store checks OCSP, and “Middle” has no OCSP URL/);
    assert.deepEqual(checked.notes, []);
    const off = answer([root], false).byTarget.cloudfront;
    assert.equal(off.verdict, "accepted");
    assert.match(notes(off), /The trust store does not check OCSP/);
    // What is in the trust store needs none.
    const anchored = answer([middle, root], true).byTarget.cloudfront;
    assert.equal(anchored.verdict, "accepted");
    assert.match(notes(anchored), /The trust store checks OCSP\. CloudFront rejects the client unless/);
    for (const target of ["alb", "nlb"] as const)
      assert.equal(answer([root], true).byTarget[target].verdict, "accepted", target);
  });

  test("is no matter of a client that is refused", () => {
    const { rfc5280, byTarget } = answer([createCa({ subject: "CN=Another" })]);
    for (const one of [rfc5280, ...Object.values(byTarget)]) assert.deepEqual(one.notes, [], one.target);
  });
});
