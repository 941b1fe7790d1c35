// What each service takes: every limit at it and one past it, what cannot be read, and what an edit changes.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { rootCertificates } from "node:tls";
import { numberText } from "../../../src/core/messages/format.ts";
import { tell } from "../../../src/core/messages/tell.ts";
import { sources } from "../../../src/core/rules/sources.ts";
import { unmetInStore } from "../../../src/core/truststore/file-fitness.ts";
import { type BundleFitness, bundleFitness } from "../../../src/core/truststore/fitness.ts";
import {
  type Outside,
  type StoreJudgement,
  type StoreRequirement,
  storeReason,
} from "../../../src/core/truststore/judgement.ts";
import { publicRootsIn } from "../../../src/core/truststore/public-root.ts";
import { publicRootLines, publicRootsTaken } from "../../../src/core/truststore/public-roots.ts";
import type { StoreFound } from "../../../src/core/truststore/reason.ts";
import { documentedTargets, profiles, type Target, targets } from "../../../src/core/truststore/targets.ts";
import { type Bundle, certificatesOf, editBundle, readBundle } from "../../../src/core/x509/bundle/bundle.ts";
import { SignatureChecker, sha256 } from "../../../src/platform/node/crypto.ts";
import { context } from "../checking.ts";
import {
  basicConstraints,
  clientAuth,
  ecKey,
  ed25519,
  extendedKeyUsage,
  extension,
  keyUsage,
  octets,
  pem,
  rsaKey,
  serverAuth,
  sha1WithRsa,
  subjectPublicKeyInfo,
} from "../x509/der-writer.ts";
import { createCa, createLeaf, keysOf } from "../x509/pki.ts";
import { bundleOf, chainPem, filled, issuedPem, largePem, many, rootDer, rootPem } from "./stores.ts";

const { now } = context;
const fitness = (bundle: Bundle, target: Target, outside: Outside = {}): BundleFitness =>
  bundleFitness(bundle, target, now, undefined, outside);
const unmet = (bundle: Bundle, target: Target, outside: Outside = {}): readonly StoreJudgement[] =>
  fitness(bundle, target, outside).judgements.filter(({ holds }) => !holds);
const told = (bundle: Bundle, target: Target, outside: Outside = {}): readonly string[] =>
  unmet(bundle, target, outside).map(({ severity, requirement }) => `${severity} ${requirement}`);

const said = (judgement: StoreJudgement | undefined) => (judgement === undefined ? "" : tell(storeReason(judgement)));

/** At its limit a bundle passes, and past it there is this one reason. */
function limited(
  name: string,
  target: Target,
  at: () => Bundle,
  past: () => Bundle,
  reason: string,
  message: RegExp,
): void {
  test(`${name}, ${profiles[target].name}`, () => {
    assert.deepEqual(told(at(), target), []);
    assert.equal(fitness(at(), target).verdict, "passes");
    assert.deepEqual(told(past(), target), [reason]);
    assert.match(said(unmet(past(), target)[0]), message);
    assert.equal(
      fitness(past(), target).verdict,
      reason.startsWith("error") ? "refused" : reason.startsWith("warning") ? "warned" : "passes",
    );
  });
}

describe("the limits of a trust store", () => {
  const thousand = many(1000);
  limited(
    "certificates",
    "cloudfront",
    () => bundleOf(many(25)),
    () => bundleOf(many(26)),
    "error count",
    /^This bundle has 26 certificates\. Maximum for CloudFront: 25 certificates\.$/,
  );
  limited(
    "certificates, which the account may have more of",
    "alb",
    () => bundleOf(many(25)),
    () => bundleOf(many(26)),
    "warning count",
    /^This bundle has 26 certificates\. Maximum for [\w ]+: 25 certificates\. This quota can be increased\.$/,
  );
  limited(
    "certificates",
    "apigateway",
    () => bundleOf(thousand),
    () => bundleOf(thousand, rootPem()),
    "error count",
    /^This bundle has 1,001 certificates\. Maximum for API Gateway: 1,000 certificates\.$/,
  );

  const one = rootPem();
  limited(
    "bytes",
    "cloudfront",
    () => bundleOf(filled(one, 65_536)),
    () => bundleOf(filled(one, 65_537)),
    "warning size",
    /^This bundle has 65,537 bytes\. Maximum for CloudFront: 1,048,576 bytes according to the current quotas page, 65,536 bytes according to an older version of that page\.$/,
  );
  test("bytes, CloudFront, above what both copies of the page say", () => {
    assert.deepEqual(told(bundleOf(filled(one, 1_048_576)), "cloudfront"), ["warning size"]);
    const past = bundleOf(filled(one, 1_048_577));
    assert.deepEqual(told(past, "cloudfront"), ["error size"]);
    assert.equal(fitness(past, "cloudfront").verdict, "refused");
    assert.equal(
      said(unmet(past, "cloudfront")[0]),
      "This bundle has 1,048,577 bytes. Maximum for CloudFront: 1,048,576 bytes.",
    );
  });
  limited(
    "bytes for sure",
    "apigateway",
    () => bundleOf(filled(one, 1_000_000)),
    () => bundleOf(filled(one, 1_000_001)),
    "warning size",
    /^This bundle has 1,000,001 bytes\. .* 1 MB means 1,000,000 or 1,048,576 bytes\. Maximum for API Gateway: 1 MB\.$/,
  );
  test("bytes, API Gateway", () => {
    assert.deepEqual(told(bundleOf(filled(one, 1_048_576)), "apigateway"), ["warning size"]);
    assert.deepEqual(told(bundleOf(filled(one, 1_048_577)), "apigateway"), ["error size"]);
  });
  test("of bytes Application Load Balancer says no limit", () =>
    assert.deepEqual(told(bundleOf(filled(one, 3_000_000)), "alb"), []));

  for (const target of ["cloudfront", "alb"] as const) {
    test(`bytes of a certificate, ${target}`, () => {
      // 12,038 bytes are 16,384 in PEM, to the byte 16,385 one way or another.
      assert.deepEqual(told(bundleOf(largePem(12_000)), target), []);
      assert.deepEqual(told(bundleOf(largePem(12_100)), target), ["warning certificate-size"]);
      assert.deepEqual(told(bundleOf(largePem(16_384)), target), ["warning certificate-size"]);
      assert.deepEqual(told(bundleOf(largePem(16_385)), target), [
        target === "alb" ? "error certificate-size" : "warning certificate-size",
      ]);
    });
  }
  test("the PEM of a certificate is measured without its line end", () => {
    const pems = Array.from({ length: 60 }, (_, index) => largePem(12_000 + index));
    const at = pems.findLast((text) => text.trimEnd().length <= 16_384) ?? "";
    const past = pems.find((text) => text.trimEnd().length > 16_384) ?? "";
    assert.deepEqual([told(bundleOf(at), "alb"), told(bundleOf(past), "alb")], [[], ["warning certificate-size"]]);
  });

  // The Name of such a root has 21 octets more than its text.
  const named = (text: string) => rootPem({ subject: `CN=${text}`, issuer: `CN=${text}` });
  const twenty = (more = "") =>
    Array.from({ length: 20 }, (_, index) => named(`${index}`.padStart(479, "x") + (index === 0 ? more : ""))).join("");
  limited(
    "all subjects together",
    "alb",
    () => bundleOf(twenty()),
    () => bundleOf(twenty("y")),
    "warning subject-length",
    /^Together, the subjects of the certificates in this bundle have 10,001 bytes as DER\. .* Maximum for Application Load Balancer: 10,000 bytes for all subjects of a trust store\. This quota can be increased\.$/,
  );
  test("all subjects together, of copies once, and for Application Load Balancer alone", () => {
    const all = twenty();
    const [first = ""] = /^[^]*?END CERTIFICATE-----\n/.exec(all) ?? [];
    assert.deepEqual(told(bundleOf(all + first), "alb"), []);
    assert.deepEqual(told(bundleOf(twenty("y")), "cloudfront"), []);
  });
  test("all subjects together, when one comes and goes", () => {
    const [all, other] = [twenty(), named("y")];
    const more = editBundle(bundleOf(all), [{ span: { start: all.length, end: all.length }, text: other }]);
    assert.deepEqual(told(more, "alb"), ["warning subject-length"]);
    const fewer = editBundle(more, [{ span: { start: all.length, end: all.length + other.length }, text: "" }]);
    assert.deepEqual(told(fewer, "alb"), []);
  });

  const rsa = (bits: number) => () => bundleOf(rootPem({ publicKey: rsaKey(bits) }));
  for (const target of ["cloudfront", "alb"] as const)
    limited("RSA from below", target, rsa(2048), rsa(2047), "error key", /RSA 2047\. /);
  limited("RSA from below", "apigateway", rsa(2048), rsa(2047), "warning key", /RSA 2047\. /);
  limited("RSA from above", "cloudfront", rsa(4096), rsa(4097), "error key", /RSA 4097\. /);
  limited("RSA between", "cloudfront", rsa(3072), rsa(3073), "error key", /RSA 3073\. /);
  limited("RSA from above", "alb", rsa(8192), rsa(8193), "error key", /RSA 8193\. /);
  test("of RSA API Gateway says no end", () => assert.deepEqual(told(rsa(16_384)(), "apigateway"), []));

  const ec = (curve: string, size: number) => () => bundleOf(rootPem({ publicKey: ecKey(curve, size) }));
  limited("curves", "cloudfront", ec("1.3.132.0.34", 48), ec("1.3.132.0.35", 66), "error key", /P-521\. /);
  limited("curves", "alb", ec("1.3.132.0.35", 66), ec("1.3.132.0.10", 32), "error key", /secp256k1\. /);
  limited(
    "curves",
    "apigateway",
    ec("1.3.132.0.34", 48),
    ec("1.3.132.0.35", 66),
    "info key",
    /P-521\. The AWS documentation is inconsistent about this key\. Keys accepted by API Gateway: RSA with at least 2048 bits, /,
  );

  limited(
    "keys that are points of their curve",
    "cloudfront",
    () => bundleOf(rootPem({ publicKey: ecKey() })),
    () => bundleOf(rootPem({ publicKey: ecKey().with(-1, 0) })),
    "warning key-point",
    /^The key of “[^”]+” is not a point on its curve\. No client certificate below it can be accepted\.$/,
  );
  test("keys that are points of their curve, which are not looked for in large files", () => {
    const off = rootPem({ publicKey: ecKey().with(-1, 0) });
    assert.ok(told(bundleOf(many(255) + off), "apigateway").includes("warning key-point"));
    assert.ok(!told(bundleOf(many(256) + off), "apigateway").includes("warning key-point"));
  });
  limited(
    "purposes of a CA",
    "alb",
    () => bundleOf(rootPem({ extensions: [basicConstraints(true), extendedKeyUsage(serverAuth, clientAuth)] })),
    () => bundleOf(rootPem({ extensions: [basicConstraints(true), extendedKeyUsage(serverAuth)] })),
    "warning client-purpose",
    /^The extended key usage of the CA “[^”]+” is serverAuth\. It does not include clientAuth\./,
  );

  // To CloudFront each CA of the store is the end of a chain.
  for (const target of documentedTargets.filter((target) => target !== "cloudfront"))
    limited(
      "chains",
      target,
      () => bundleOf(chainPem(4)),
      () => bundleOf(chainPem(5)),
      "warning chain-length",
      /^“CA 4” is certificate number 5 in its chain, counted from the root\. Maximum for [\w ]+: 4 certificates in a chain\.$/,
    );
  limited(
    "time",
    "apigateway",
    () => bundleOf(rootPem({ notAfter: "20261121000000Z" })),
    () => bundleOf(rootPem({ notAfter: "20261120235959Z" })),
    "warning expired",
    /You get no notification .* Clients with certificates below it are rejected by API Gateway\.$/,
  );
  limited(
    "time",
    "alb",
    () => bundleOf(rootPem({ notBefore: "20261121000000Z" })),
    () => bundleOf(rootPem({ notBefore: "20261121000001Z" })),
    "warning not-yet-valid",
    /is not valid yet\. /,
  );

  test("CloudFront counts no chain in the store, and misses no root there", () => {
    for (const text of [chainPem(5), chainPem(9), issuedPem("CN=A", "CN=R")])
      assert.deepEqual(told(bundleOf(text), "cloudfront"), []);
  });

  test("name the page that says so", () => {
    for (const target of targets)
      for (const { source } of fitness(bundleOf(many(1001)), target).judgements) assert.ok(sources[source].url !== "");
  });
});

describe("the size of a bundle", () => {
  const most = 65_536;
  const size = (text: string, encoding: Outside["encoding"]) =>
    fitness(bundleOf(text), "cloudfront", { encoding }).judgements.find(({ requirement }) => requirement === "size");
  const text = filled(rootPem(), most);

  test("is that of the text in the encoding of its file", () => {
    assert.equal(size(text, "utf8")?.holds, true);
    assert.equal(size(text, "unknown")?.holds, true);
    assert.equal(size(text, "utf8bom")?.holds, false);
    assert.match(said(size(text, "utf16le")), /^This bundle has 131,074 bytes\./);
    const half = filled(rootPem(), most / 2 - 1);
    assert.match(said(size(half, "utf16be")), /^This bundle has 65,536 bytes\./);
  });

  test("counts characters of more than one byte", () => {
    const wide = text.replace("xx", "é");
    assert.equal(wide.length, most - 1);
    assert.equal(size(wide, "utf8")?.holds, true);
    assert.equal(size(text.replace("x", "é"), "utf8")?.holds, false);
  });

  test("is that of the bytes for any text around a block, and in it", () => {
    for (const text of [
      rootPem(),
      `\u{feff}${rootPem()}`,
      `é${rootPem()}`,
      `# é\n${rootPem()}# ü\n`,
      rootPem().replace("\n", "\u200b\n"),
      rootPem().replace(/\n$/, "\u00a0\n"),
      rootPem().replace("-----BEGIN", "———BEGIN"),
      `${rootPem().trimEnd()}“é”\n${rootPem()}`,
      rootPem().replace(/M/, "é"),
    ]) {
      const whole = `${text}\n${rootPem()}`;
      assert.match(
        said(size(whole, "utf8")),
        new RegExp(`^This bundle has ${numberText(Buffer.byteLength(whole))} bytes\\.`),
        JSON.stringify(text.slice(0, 40)),
      );
    }
  });

  test("is not known in other encodings, but for the characters it has at least", () => {
    assert.equal(size(text, "other"), undefined);
    assert.equal(size(`${text}x`, "other")?.holds, false);
  });
});

describe("the verdict on a trust store", () => {
  test("is not known where a block cannot be read, whatever the rest is", () => {
    const [whole, other] = [rootPem(), rootPem()];
    const cut = other.replace(/\n[^-]+\n-----END/, "\n-----END");
    const damaged = [
      other.replace("-----END CERTIFICATE-----\n", ""),
      cut,
      "-----BEGIN CERTIFICATE-----\n${root}\n-----END CERTIFICATE-----\n",
      other.replace("-----BEGIN CERTIFICATE-----", "----BEGIN CERTIFICATE-----"),
    ];
    for (const text of damaged)
      for (const target of targets) assert.equal(fitness(bundleOf(whole, text), target).verdict, "unknown", text);
    assert.equal(fitness(bundleOf(many(26), cut), "cloudfront").verdict, "refused");
  });

  test("is not known where programs are known to drop a block, or to refuse the file", () => {
    const [whole, other] = [rootPem(), rootPem()];
    const withReturns = other.replaceAll("\n", "\r");
    const lost: readonly (readonly [StoreFound["code"], string])[] = [
      ["store:lone-returns", whole + withReturns],
      ["store:lone-returns", withReturns],
      ["store:lone-returns", `${other.trimEnd()}\r${whole}`],
      ["store:byte-order-mark", `${whole}\ufeff${other}`],
      ["store:byte-order-mark", `${whole}# joined\n\ufeff${other}`],
      ["store:bytes-behind", whole + pem(Uint8Array.from([...rootDer(), 0]))],
      ["store:negative-serial", whole + rootPem({ serial: -5 })],
    ];
    for (const target of targets) {
      const codesOf = (bundle: Bundle, outside: Outside = {}) =>
        unmet(bundle, target, outside).flatMap(({ requirement, found }) =>
          requirement === "readers" ? found.code : [],
        );
      for (const [code, text] of lost) {
        assert.equal(fitness(bundleOf(text), target).verdict, "unknown", JSON.stringify(text));
        assert.deepEqual(codesOf(bundleOf(text)), [code], JSON.stringify(text));
      }
      for (const encoding of ["utf8bom", "utf16le", "utf16be"] as const) {
        assert.equal(fitness(bundleOf(whole), target, { encoding }).verdict, "unknown", encoding);
        const code = encoding === "utf8bom" ? "store:byte-order-mark" : "store:utf16";
        assert.deepEqual(codesOf(bundleOf(whole, other), { encoding }), [code], encoding);
      }
      // What every program takes: CRLF, a mark that is before a comment, a mark behind the last block.
      const sound = [whole.replaceAll("\n", "\r\n"), `${whole}# a\r# b\n${other}`, `${whole}${other}\r`];
      for (const text of sound) assert.deepEqual(codesOf(bundleOf(text)), [], JSON.stringify(text));
      assert.deepEqual(codesOf(bundleOf("# ours\n", whole), { encoding: "utf8bom" }), []);
    }
  });

  test("is not known of a file without a certificate", () => {
    for (const target of targets) assert.equal(fitness(bundleOf("# nothing\n"), target).verdict, "unknown");
  });

  test("of a file of revocation lists is known to nobody but Application Load Balancer's revocations", () => {
    const list = bundleOf(pem(Uint8Array.from([0x30, 0]), "X509 CRL"));
    assert.deepEqual([fitness(list, "alb").verdict, fitness(list, "cloudfront").verdict], ["unknown", "refused"]);
  });

  test("is a warning where only some clients are kept out, or too many let in", () => {
    const root = createCa();
    const leaf = createLeaf({ issuer: root });
    assert.deepEqual(told(bundleOf(root.pem, leaf.pem), "cloudfront"), ["warning authority"]);
    assert.equal(fitness(bundleOf(root.pem, leaf.pem), "cloudfront").verdict, "warned");
  });

  test("of a signature that does not verify is a warning, where signatures were verified", () => {
    const root = createCa();
    const forged = createCa({ subject: "CN=Intermediate CA", issuer: root, signedBy: keysOf("p256", 9) });
    const bundle = bundleOf(root.pem, forged.pem);
    const signatures = new SignatureChecker();
    const [first, second] = certificatesOf(bundle);
    assert.ok(first !== undefined && second !== undefined);
    signatures.check(first.certificate, second.certificate);
    assert.equal(fitness(bundle, "alb").verdict, "passes");
    const judged = bundleFitness(bundle, "alb", now, signatures);
    assert.deepEqual([judged.verdict, judged.judgements[0]?.requirement], ["warned", "issuer-signature"]);
  });

  test("says of one fault one thing", () => {
    const publicKey = subjectPublicKeyInfo(ed25519, new Uint8Array(32).fill(7));
    assert.deepEqual(told(bundleOf(rootPem({ publicKey, signatureAlgorithm: ed25519 })), "alb"), ["error key"]);
  });

  test("does not blame a root for what it signed itself with as it does others", () => {
    assert.deepEqual(
      targets.map((target) => told(bundleOf(rootPem({ signatureAlgorithm: sha1WithRsa })), target)),
      [["warning signature"], ["info signature"], ["warning signature"], []],
    );
  });
});

describe("a trust store of a Network Load Balancer, of which no page says what it may hold", () => {
  const beyond = [many(1001), largePem(17_000), rootPem({ version: 1 })].map((text) => bundleOf(text));

  test("has no limits, and where Application Load Balancer rejects it, neither a yes nor a no", () => {
    for (const bundle of beyond) {
      assert.deepEqual(told(bundle, "nlb"), ["info documented"]);
      assert.equal(fitness(bundle, "nlb").verdict, "unknown");
      assert.match(
        said(unmet(bundle, "nlb")[0]),
        fitness(bundle, "alb").verdict === "refused"
          ? /^Application Load Balancer rejects this trust store\. .* does not say whether Network Load Balancer rejects it too\.$/
          : /^This trust store exceeds a quota of Application Load Balancer\. .* whether Network Load Balancer has this quota\.$/,
      );
      assert.deepEqual(fitness(bundle, "nlb").judgements.length, 1, "no limit is met either");
    }
    for (const text of [rootPem(), `subject=CN=x\n${rootPem()}\n\n${rootPem()}`])
      assert.deepEqual(told(bundleOf(text), "nlb"), text.includes("subject") ? ["info documented"] : []);
    assert.equal(fitness(bundleOf(rootPem()), "nlb").verdict, "passes");
  });

  test("is a matter of certificates nonetheless", () => {
    assert.deepEqual(told(bundleOf(rootPem(), pem(Uint8Array.from([0x30, 0]), "PKCS7")), "nlb"), [
      "warning readable",
      "warning foreign-block",
      "info documented",
    ]);
    assert.equal(fitness(bundleOf(pem(Uint8Array.from([0x30, 0]), "X509 CRL")), "nlb").verdict, "unknown");
  });

  test("takes nothing from what all the others say where nobody said for which service", () => {
    assert.equal([...unmetInStore(bundleOf(many(1001)), "count", { now })].length, 1);
    assert.deepEqual([...unmetInStore(bundleOf(many(1001)), "count", { now, targets: ["nlb"] })], []);
  });
});

describe("certificates among others", () => {
  test("of one subject and several issuers are no fault: AWS says of the server certificates of domain names that they are one, and of no others", () => {
    const bundle = bundleOf(
      issuedPem("CN=A", "CN=R1"),
      issuedPem("CN=A", "CN=R2"),
      issuedPem("CN=A", "CN=R1"),
      rootPem({ subject: "CN=R1", issuer: "CN=R1" }),
      rootPem({ subject: "CN=R2", issuer: "CN=R2" }),
    );
    for (const target of targets)
      assert.deepEqual([told(bundle, target), fitness(bundle, target).verdict], [[], "passes"], target);
  });

  test("are told to have no root only where what is missing cannot stand in a block that nobody can read", () => {
    const open = issuedPem("CN=A", "CN=R1");
    assert.deepEqual(told(bundleOf(open), "apigateway"), ["warning root"]);
    assert.deepEqual(
      told(bundleOf(open, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"), "apigateway"),
      ["warning readable"],
    );
  });

  test("of a ring have no end, and are no chain that is too long", () => {
    const ring = many(8, (index) => issuedPem(`CN=${index}`, `CN=${(index + 1) % 8}`));
    assert.deepEqual(told(bundleOf(ring), "alb"), ["info circle"]);
    // Once, whatever hangs below it, and however many there are.
    assert.deepEqual(told(bundleOf(issuedPem("CN=Below", "CN=3"), ring), "apigateway"), ["warning circle"]);
    const another = issuedPem("CN=A", "CN=B") + issuedPem("CN=B", "CN=A");
    assert.deepEqual(told(bundleOf(ring, another), "apigateway"), ["warning circle", "warning circle"]);
    assert.deepEqual(told(bundleOf(ring), "cloudfront"), []);
    assert.deepEqual(told(bundleOf(another, rootPem({ subject: "CN=B", issuer: "CN=B" })), "apigateway"), []);
  });

  test("with a short way up are not too deep for a long one", () => {
    const short = rootPem({ subject: "CN=CA 3", issuer: "CN=CA 3" });
    assert.deepEqual(told(bundleOf(chainPem(6), short), "alb"), []);
  });

  test("an expired CA keeps nobody out where another of its name and key is valid", () => {
    const root = createCa({ keys: keysOf("p256", 1) });
    const old = createCa({ keys: keysOf("p256", 1), parts: { notAfter: "20260101000000Z" } });
    const another = createCa({ keys: keysOf("p256", 2), parts: { notAfter: "20260101000000Z" } });
    assert.deepEqual(told(bundleOf(root.pem, old.pem), "apigateway"), ["info expired"]);
    assert.deepEqual(told(bundleOf(root.pem, another.pem), "apigateway"), ["warning expired"]);
  });
});

describe("public roots", () => {
  const outside: Outside = { fingerprint: sha256 };
  const all = bundleOf(rootCertificates.map((text) => `${text.trim()}\n`).join(""));

  test("are those of this Node, where the list was taken from it", () => {
    assert.equal(publicRootLines.trim().split("\n").length, new Set(publicRootLines.trim().split("\n")).size);
    for (const line of publicRootLines.trim().split("\n")) assert.match(line.trim(), /^[\dA-F]{8} [\dA-F]{64}$/);
    if (!publicRootsTaken.from.endsWith(` ${process.versions.node}`)) return;
    assert.equal(publicRootsIn(all, sha256).length, rootCertificates.length);
    assert.equal(publicRootLines.trim().split("\n").length, rootCertificates.length);
  });

  test("are found by every byte: one that differs in any is none", () => {
    const [{ certificate } = { certificate: undefined }] = certificatesOf(all);
    assert.ok(certificate !== undefined);
    const { der } = certificate;
    let read = 0;
    for (let at = 0; at < der.length; at += 7) {
      const changed = Uint8Array.from(der, (octet, place) => (place === at ? octet ^ 1 : octet));
      const bundle = bundleOf(pem(changed));
      read += certificatesOf(bundle).length;
      assert.deepEqual(publicRootsIn(bundle, sha256), [], `byte ${at}`);
    }
    assert.ok(read > 50, `${read} read`);
  });

  test("are not known by their name, nor by what is cheap to compare", () => {
    const isrg = certificatesOf(all).find(({ certificate }) => certificate.subject.key.includes("isrg root x1"));
    assert.ok(isrg !== undefined);
    const namesake = createCa({ subject: "C=US,O=Internet Security Research Group,CN=ISRG Root X1" });
    assert.equal(namesake.certificate.subject.key, isrg.certificate.subject.key);
    assert.deepEqual(told(bundleOf(namesake.pem), "apigateway", outside), []);
    // All have the hash of a root by which it is looked for, and none its fingerprint.
    assert.deepEqual(
      publicRootsIn(bundleOf(...rootCertificates.slice(0, 3).map((text) => `${text}\n`)), () => "0".repeat(64)),
      [],
    );
  });

  test("are not known where nobody has a hash", () => {
    assert.deepEqual(
      told(all, "apigateway").filter((one) => one.includes("public-root")),
      [],
    );
  });
});

describe("a fault for several services", () => {
  const messages = (bundle: Bundle, requirement: StoreRequirement, concerned: readonly Target[]) =>
    [...unmetInStore(bundle, requirement, { now, targets: concerned })].map(
      ({ severity, reason }) => `${severity}: ${tell(reason)}`,
    );

  test("is told once, with what each says", () => {
    assert.deepEqual(messages(bundleOf(many(31)), "count", ["cloudfront"]), [
      "error: This bundle has 31 certificates. Maximum for CloudFront: 25 certificates.",
    ]);
    assert.deepEqual(messages(bundleOf(many(31)), "count", targets), [
      "error: This bundle has 31 certificates. Maximum for CloudFront: 25 certificates. Maximum for Application Load Balancer: 25 certificates. This quota can be increased.",
    ]);
    assert.deepEqual(messages(bundleOf(chainPem(5)), "chain-length", targets), [
      "warning: “CA 4” is certificate number 5 in its chain, counted from the root. Maximum for API Gateway, Application Load Balancer: 4 certificates in a chain.",
    ]);
  });

  test("names for each sentence the services alone that say it", () => {
    const old = bundleOf(rootPem({ subject: "CN=R", issuer: "CN=R", notAfter: "20260201000000Z" }));
    const [expired = ""] = messages(old, "expired", targets);
    assert.match(
      expired,
      /^warning: [^.]+\. You get no notification [^.]+\. Expect CloudFront, Application Load Balancer to reject clients with certificates below it, unless the service is set to ignore expiry\. Clients with certificates below it are rejected by API Gateway\.$/,
    );
    const [root = ""] = messages(bundleOf(issuedPem("CN=A", "CN=R")), "root", targets);
    assert.match(
      root,
      /^warning: [^.]+\. The chain must be complete up to its root\. This applies to API Gateway\. [^.]+\. The AWS documentation does not say [^.]+\. This applies to Application Load Balancer, Network Load Balancer\.$/,
    );
    const [key = ""] = messages(bundleOf(rootPem({ publicKey: ecKey("1.3.132.0.35", 66) })), "key", targets);
    assert.match(
      key,
      /^error: The key of [^.]+ is ECDSA P-521\. Keys accepted by CloudFront: [^.]+\. The key of [^.]+\. The AWS documentation is inconsistent about this key\. Keys accepted by API Gateway: [^.]+\.$/,
    );
    assert.deepEqual([...unmetInStore(old, "expired", { now, targets })].length, 1);
  });

  test("says for which services it is only where it is not for all of them", () => {
    const lone = bundleOf(issuedPem("CN=A", "CN=R"));
    assert.deepEqual(messages(lone, "root", ["cloudfront"]), []);
    for (const concerned of [["apigateway"], ["alb", "nlb"], []] as const)
      assert.doesNotMatch(messages(lone, "root", concerned).join(), /This applies to/);
    const selfSigned = bundleOf(rootPem({ extensions: [basicConstraints(false)] }));
    assert.match(
      messages(selfSigned, "authority", targets).join(),
      /This applies to CloudFront, Application Load Balancer, Network Load Balancer\.$/,
    );
  });

  test("counts where nobody said for which service only if all of them have it", () => {
    assert.deepEqual(messages(bundleOf(many(31)), "count", []), []);
    assert.equal(messages(bundleOf(many(1001)), "count", []).length, 1);
    const selfSigned = bundleOf(rootPem({ signatureAlgorithm: sha1WithRsa }));
    assert.deepEqual(
      messages(selfSigned, "signature", []).map((message) => message.split(":")[0]),
      ["info"],
    );
    // To CloudFront any CA is the end of the chain.
    assert.deepEqual(messages(bundleOf(issuedPem("CN=A", "CN=R")), "root", []), []);
  });
});

describe("after an edit", () => {
  const blocks = [
    rootPem({ subject: "CN=R1", issuer: "CN=R1" }),
    issuedPem("CN=A", "CN=R1"),
    issuedPem("CN=A", "CN=R2"),
    issuedPem("CN=B", "CN=A"),
    rootPem({ publicKey: rsaKey(1024) }),
    `\n# a - b\n${rootPem()}`,
    rootPem({ notAfter: "20260201000000Z" }),
    issuedPem("CN=C", "CN=B"),
    issuedPem("CN=D", "CN=C"),
    issuedPem("CN=E", "CN=D"),
    pem(
      rootDer({ extensions: [basicConstraints(false), keyUsage("digitalSignature"), extension("1.2.3", octets([1]))] }),
    ),
    "subject=CN=x\n",
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
  ];

  test("all that is said is what a fresh look says", () => {
    let random = 20260202;
    const next = (below: number) => (random = (Math.imul(random, 1103515245) + 12345) >>> 0) % below;
    const parts = blocks.flatMap((block) => [block, rootPem()]);
    let bundle = bundleOf(...parts);
    let text = parts.join("");
    for (let turn = 0; turn < 60; turn++) {
      const at = next(parts.length);
      const start = parts.slice(0, at).join("").length;
      const removed = next(3) === 0 ? "" : (parts[at] ?? "");
      const added = next(3) === 0 ? "" : (blocks[next(blocks.length)] ?? "");
      parts.splice(at, removed === "" ? 0 : 1, ...(added === "" ? [] : [added]));
      bundle = editBundle(bundle, [{ span: { start, end: start + removed.length }, text: added }]);
      text = `${text.slice(0, start)}${added}${text.slice(start + removed.length)}`;
      const fresh = readBundle(text);
      for (const target of targets)
        assert.deepEqual(
          fitness(bundle, target, { fingerprint: sha256 }),
          fitness(fresh, target, { fingerprint: sha256 }),
          `turn ${turn}`,
        );
    }
  });
});
