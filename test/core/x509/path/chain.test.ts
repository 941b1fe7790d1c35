import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { finish } from "../../../../src/core/steps.ts";
import { certificatesOf, editBundle, readBundle } from "../../../../src/core/x509/bundle/bundle.ts";
import { isSelfSigned, mayHaveIssued } from "../../../../src/core/x509/identity.ts";
import type { Certificate } from "../../../../src/core/x509/model.ts";
import {
  indexCertificates,
  indexOf,
  issuanceOf,
  issuerCandidates,
  mostCandidates,
} from "../../../../src/core/x509/path/chain.ts";
import { chainOf, chainsOf, longestChain } from "../../../../src/core/x509/path/chains.ts";
import { mostPairs, signaturePairs } from "../../../../src/core/x509/path/pairs.ts";
import { isOpenPair, noVerdicts, type SignatureVerdicts } from "../../../../src/core/x509/path/verdicts.ts";
import { SignatureChecker } from "../../../../src/platform/node/crypto.ts";
import { holds } from "../../../randomly.ts";
import * as der from "../der-writer.ts";
import { createCa, createChain, createLeaf, type Issued, keysOf, read } from "../pki.ts";

const now = Date.UTC(2026, 0, 1);
const [leaf, intermediate, root] = createChain();

function indexed(...issued: readonly Issued[]) {
  return indexCertificates(issued.map(({ certificate }) => certificate));
}

/** All that there is to verify, verified. */
function verified(...issued: readonly Issued[]): SignatureVerdicts {
  const checker = new SignatureChecker();
  for (const { issuer, subject } of signaturePairs(indexed(...issued)).pairs) checker.check(issuer, subject);
  return checker;
}

function stateOf(
  certificate: Issued,
  others: readonly Issued[],
  verdicts: SignatureVerdicts = verified(certificate, ...others),
) {
  const { state, issuer } = issuanceOf(certificate.certificate, indexed(certificate, ...others), verdicts, now);
  return [state, issuer && others.findIndex((other) => other.certificate === issuer)];
}

const titles = (chain: readonly { readonly certificate: Certificate }[], ...all: readonly Issued[]) =>
  chain.map(({ certificate }) => all.find((one) => one.certificate === certificate)?.subject);

describe("an index of certificates", () => {
  test("has each certificate once, and finds the one with the same bytes", () => {
    const again = read(leaf.der);
    const index = indexCertificates([leaf.certificate, root.certificate, again]);
    assert.deepEqual(index.certificates, [leaf.certificate, root.certificate]);
    assert.equal(index.same(again), leaf.certificate);
    assert.equal(index.same(intermediate.certificate), intermediate.certificate);
  });

  test("is made once for a bundle", () => {
    const bundle = readBundle(leaf.pem + root.pem + leaf.pem);
    assert.equal(indexOf(bundle).certificates.length, 2);
    assert.equal(indexOf(bundle), indexOf(bundle));
  });
});

describe("the index of a bundle after edits", () => {
  const others = Array.from({ length: 12 }, (_, index) =>
    createLeaf({ subject: `CN=leaf ${index % 3}`, issuer: index % 2 === 0 ? root : intermediate }),
  );
  const blocks = [leaf, intermediate, root, ...others, leaf, root].map(({ pem }) => pem);

  const fresh = Array.from(
    { length: 6 },
    (_, index) => createLeaf({ subject: `CN=leaf ${index % 3}`, issuer: root }).pem,
  );

  test("is the same as the one of the text that they leave, with copies and without", () => {
    const edit = fc.record({
      block: fc.nat(blocks.length + 2),
      kind: fc.constantFrom("damage", "mend", "remove", "insert", "swap"),
      with: fc.constantFrom(...blocks, ...fresh),
    });
    const asked = [leaf, intermediate, root, ...others].map(({ der: bytes }) => read(bytes));
    const seen = (index: ReturnType<typeof indexOf>) => ({
      certificates: index.certificates,
      bySubject: asked.map(({ subject }) => index.ofSubject(subject.key)),
      byKey: asked.map(({ subject, subjectKeyIdentifier }) =>
        index.ofKey(subject.key, subjectKeyIdentifier?.value ?? ""),
      ),
      same: asked
        .map((certificate) => index.same(certificate))
        .map((found, place) => (found === asked[place] ? undefined : found)),
      issuers: index.certificates.map((certificate) => issuerCandidates(certificate, index)),
    });
    holds(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        let bundle = readBundle(blocks.join(""));
        for (const { block, kind, with: other } of edits) {
          const start = bundle.starts[block] ?? bundle.pem.text.length;
          const length = bundle.pieces[block]?.chunk.text.length ?? 0;
          const at = Math.min(start + 40, start + length);
          if (kind === "damage") bundle = editBundle(bundle, [{ span: { start: at, end: at }, text: "!" }]);
          else if (kind === "mend")
            bundle = editBundle(bundle, [
              { span: { start: at, end: at + (bundle.pem.text[at] === "!" ? 1 : 0) }, text: "" },
            ]);
          else if (kind === "remove") bundle = editBundle(bundle, [{ span: { start, end: start + length }, text: "" }]);
          else
            bundle = editBundle(bundle, [
              { span: { start, end: kind === "swap" ? start + length : start }, text: other },
            ]);
          assert.deepEqual(
            certificatesOf(bundle),
            bundle.pieces.flatMap((piece, index) =>
              piece.content.kind === "certificate" ? [{ index, piece, certificate: piece.content.certificate }] : [],
            ),
          );
          const whole = indexCertificates(certificatesOf(bundle).map(({ certificate }) => certificate));
          const [changed, expected] = [seen(indexOf(bundle)), seen(whole)];
          assert.ok(changed.certificates.every((certificate, place) => certificate === expected.certificates[place]));
          assert.deepEqual(changed, expected);
        }
      }),
      100,
    );
  });

  test("finds what no edit touched in the same lists", () => {
    const before = readBundle(blocks.slice(0, -2).join(""));
    const key = root.certificate.subject.key;
    const list = indexOf(before).ofSubject(key);
    assert.equal(indexOf(editBundle(before, [{ span: { start: 100, end: 100 }, text: "!" }])).ofSubject(key), list);
  });

  test("is made anew where much has changed", () => {
    const text = Array.from({ length: 100 }, () => leaf.pem).join("");
    const bundle = editBundle(readBundle(root.pem), [{ span: { start: 0, end: 0 }, text }]);
    assert.equal(bundle.since.base, bundle.pieces);
    assert.equal(indexOf(bundle).certificates.length, 2);
  });
});

describe("who may have issued a certificate", () => {
  const second = keysOf("p256", 12);

  test("is told by name", () => {
    const { named, possible, otherwise } = issuerCandidates(leaf.certificate, indexed(leaf, intermediate, root));
    assert.deepEqual([named, possible, otherwise], [[intermediate.certificate], [], []]);
    assert.ok(mayHaveIssued(intermediate.certificate, leaf.certificate));
    assert.ok(!mayHaveIssued(root.certificate, leaf.certificate));
  });

  test("is told by key, where the CA got another one", () => {
    const before = createCa({ subject: "CN=Intermediate CA", keys: second, issuer: root });
    const candidates = issuerCandidates(leaf.certificate, indexed(before, intermediate));
    assert.deepEqual([candidates.named, candidates.otherwise], [[intermediate.certificate], [before.certificate]]);
    assert.ok(!mayHaveIssued(before.certificate, leaf.certificate));
  });

  test("is told by the issuer's name and serial number, where no key is named", () => {
    const authority = (serial: number) =>
      der.extension(
        "2.5.29.35",
        der.sequence(der.element(0xa1, der.explicit(4, der.name("CN=Root CA"))), der.implicit(2, [serial])),
      );
    const one = createCa({ subject: "CN=Twin", issuer: root, parts: { serial: 7 } });
    const other = createCa({ subject: "CN=Twin", issuer: root, parts: { serial: 8 } });
    const named = createLeaf({ issuer: other, only: [authority(8)] });
    const candidates = issuerCandidates(named.certificate, indexed(one, other));
    assert.deepEqual([candidates.named, candidates.otherwise], [[other.certificate], [one.certificate]]);
  });

  test("is open where no key is named", () => {
    const plain = createLeaf({ issuer: intermediate, only: [] });
    assert.deepEqual(issuerCandidates(plain.certificate, indexed(intermediate)).possible, [intermediate.certificate]);
  });

  test("is never the certificate itself, nor its copy", () => {
    const selfish = createLeaf({ subject: "CN=self", only: [] });
    assert.deepEqual(
      issuerCandidates(selfish.certificate, indexCertificates([selfish.certificate, read(selfish.der)])).possible,
      [],
    );
  });

  test("is limited where hundreds have one name, and those that are named are among them", () => {
    const many = Array.from({ length: 300 }, (_, serial) =>
      createCa({ subject: "CN=Intermediate CA", keys: second, issuer: root, parts: { serial: serial + 1 } }),
    );
    const candidates = issuerCandidates(leaf.certificate, indexed(...many, intermediate));
    assert.deepEqual(candidates.named, [intermediate.certificate]);
    assert.equal(candidates.otherwise.length, mostCandidates - 1);
    assert.equal(candidates.omitted, 251);
  });
});

describe("self-signed", () => {
  test("is a certificate whose issuer has its own name, and no other key", () => {
    assert.ok(isSelfSigned(root.certificate));
    assert.ok(!isSelfSigned(intermediate.certificate));
    assert.ok(isSelfSigned(createLeaf({ subject: "CN=self", only: [] }).certificate));
  });

  test("is not a CA's new key, signed with its old one", () => {
    const rollover = createCa({ subject: "CN=Root CA", keys: keysOf("p256", 13), issuer: root });
    assert.ok(rollover.certificate.selfIssued);
    assert.ok(!isSelfSigned(rollover.certificate));
    assert.deepEqual(stateOf(rollover, [root]), ["valid", 0]);
  });

  test("is one that names its own serial number", () => {
    const authority = der.extension(
      "2.5.29.35",
      der.sequence(der.element(0xa1, der.explicit(4, der.name("CN=Old Root"))), der.implicit(2, [5])),
    );
    const old = createCa({ subject: "CN=Old Root", only: [authority], parts: { serial: 5 } });
    assert.ok(isSelfSigned(old.certificate));
  });
});

describe("the state of a signature", () => {
  test("is unchecked, then valid", () => {
    assert.deepEqual(stateOf(leaf, [intermediate, root], noVerdicts), ["unchecked", 0]);
    assert.deepEqual(stateOf(leaf, [intermediate, root]), ["valid", 0]);
    assert.deepEqual(stateOf(root, [leaf, intermediate]), ["self", -1]);
  });

  test("is missing where nobody of that name is there", () => {
    assert.deepEqual(stateOf(leaf, [root]), ["missing", undefined]);
  });

  test("is broken where the issuer that is named did not sign", () => {
    const forged = createLeaf({ issuer: intermediate, signedBy: keysOf("p256", 14) });
    assert.deepEqual(stateOf(forged, [intermediate, root]), ["broken", 0]);
  });

  test("is valid where one of the name that is not the one named signed: identifiers prove nothing", () => {
    const twin = createCa({ subject: "CN=Intermediate CA", keys: keysOf("p256", 15), issuer: root });
    const signed = createLeaf({ issuer: intermediate, signedBy: twin.keys });
    assert.deepEqual(stateOf(signed, [intermediate, twin, root]), ["valid", 1]);
    assert.deepEqual(stateOf(signed, [intermediate, root]), ["broken", 0]);
    const forged = createLeaf({ issuer: intermediate, signedBy: keysOf("p256", 14) });
    assert.deepEqual(stateOf(forged, [twin, intermediate, root]), ["broken", 1], "the one that it names");
  });

  test("is not called broken before all who may have signed it are tried", () => {
    const twin = createCa({ subject: "CN=Intermediate CA", keys: keysOf("p256", 15), issuer: root });
    const signed = createLeaf({ issuer: intermediate, signedBy: twin.keys });
    const index = indexed(signed, intermediate, twin, root);
    const some = new SignatureChecker();
    some.check(intermediate.certificate, signed.certificate);
    assert.equal(issuanceOf(signed.certificate, index, some, now).state, "unchecked");
    some.check(twin.certificate, signed.certificate);
    assert.equal(issuanceOf(signed.certificate, index, some, now).state, "valid");
  });

  test("is broken where nobody is named, and no CA of that name signed", () => {
    const forged = createLeaf({ issuer: intermediate, signedBy: keysOf("p256", 14), only: [] });
    assert.deepEqual(stateOf(forged, [intermediate, root]), ["broken", 0]);
  });

  test("is missing, not broken, where only the CA's certificate of another key is there", () => {
    const before = createCa({ subject: "CN=Intermediate CA", keys: keysOf("p256", 15), issuer: root });
    assert.deepEqual(stateOf(leaf, [before, root]), ["missing", undefined]);
  });

  test("is missing, not broken, where the name belongs to no CA", () => {
    const namesake = createLeaf({ subject: "CN=Elsewhere", only: [] });
    const absent = createCa({ subject: "CN=Elsewhere", keys: keysOf("p256", 16) });
    const issued = createLeaf({ issuer: absent, only: [] });
    assert.deepEqual(stateOf(issued, [namesake]), ["missing", undefined]);
  });

  test("is valid where one of several re-keyed CAs signed, whichever comes first", () => {
    const plain = createLeaf({ issuer: intermediate, only: [] });
    const other = createCa({ subject: "CN=Intermediate CA", keys: keysOf("p256", 15), issuer: root });
    assert.deepEqual(stateOf(plain, [other, intermediate]), ["valid", 1]);
    assert.deepEqual(stateOf(plain, [intermediate, other]), ["valid", 0]);
  });

  test("is unsupported where the algorithm is not known", () => {
    const strange = createLeaf({
      issuer: intermediate,
      parts: { signatureAlgorithm: der.sequence(der.oid("1.2.3.4")) },
    });
    assert.deepEqual(stateOf(strange, [intermediate]), ["unsupported", 0]);
  });

  test("cross-signing is no fault: of two certificates of one CA that one is taken whose own issuer is there", () => {
    const absent = createCa({ subject: "CN=Another Root", keys: keysOf("p256", 17) });
    const crossed = createCa({ subject: "CN=Intermediate CA", keys: intermediate.keys, issuer: absent });
    assert.deepEqual(stateOf(leaf, [crossed, intermediate, root]), ["valid", 1]);
    assert.deepEqual(stateOf(leaf, [crossed]), ["valid", 0]);
  });

  test("among equals the one that is valid now is taken", () => {
    const expired = createCa({
      subject: "CN=Intermediate CA",
      keys: intermediate.keys,
      issuer: root,
      parts: { notBefore: "20200101000000Z", notAfter: "20210101000000Z" },
    });
    assert.deepEqual(stateOf(leaf, [expired, intermediate, root]), ["valid", 1]);
  });
});

describe("the pairs to verify", () => {
  test("are each certificate with its issuers, and with itself where it issued itself", () => {
    const index = indexed(leaf, intermediate, root);
    const said = (pairs: ReturnType<typeof signaturePairs>["pairs"]) =>
      pairs.map(({ issuer, subject }) => [issuer.serial, subject.serial]);
    const [a, b, c] = [leaf, intermediate, root].map(({ certificate }) => certificate.serial);
    assert.deepEqual(said(signaturePairs(index).pairs), [
      [b, a],
      [c, b],
      [c, c],
    ]);
  });

  test("are also those that no identifier names, which are looked at where none that is named signed", async () => {
    const twin = createCa({ subject: "CN=Intermediate CA", keys: keysOf("p256", 15), issuer: root });
    const crossed = createLeaf({ issuer: intermediate, signedBy: twin.keys });
    const index = indexed(leaf, crossed, intermediate, twin, root);
    const { pairs, omitted } = signaturePairs(index);
    assert.equal(omitted, 0);
    const behind = pairs.filter(({ before }) => before !== undefined);
    assert.deepEqual(
      behind.map(({ issuer, subject, before }) => [issuer, subject, before]),
      [leaf, crossed].map(({ certificate }) => [twin.certificate, certificate, [intermediate.certificate]]),
    );
    const checker = new SignatureChecker();
    assert.ok(await checker.verifyInSlices(pairs));
    assert.equal(checker.of(twin.certificate, leaf.certificate), undefined, "that would tell nothing");
    assert.equal(checker.of(twin.certificate, crossed.certificate), "valid");
    assert.ok(!pairs.some((pair) => isOpenPair(pair, checker)));
  });

  test("are limited for names that hundreds have, the likeliest issuer of each first, and what is left out is counted", () => {
    const authorities = Array.from({ length: 60 }, (_, index) =>
      createCa({ subject: "CN=Same", only: [der.basicConstraints(true)], parts: { serial: index + 1 } }),
    );
    const issuer = authorities[0] ?? assert.fail();
    const leaves = Array.from({ length: 200 }, (_, index) =>
      createLeaf({ issuer, subject: `CN=leaf ${index}`, only: [], parts: { signature: der.bits([1]) } }),
    );
    const { pairs, omitted } = signaturePairs(indexed(...authorities, ...leaves));
    assert.equal(pairs.length, mostPairs);
    // Each CA may be a root, or signed by another of its name.
    assert.equal(omitted, 200 * mostCandidates + 60 * mostCandidates - mostCandidates + 60 - mostPairs);
    assert.equal(new Set(pairs.slice(0, 200).map(({ subject }) => subject)).size, 200);
  });
});

describe("chains", () => {
  const from = (verdicts: SignatureVerdicts, ...all: readonly Issued[]) => {
    const index = indexed(...all);
    return finish(chainsOf(index, (certificate) => issuanceOf(certificate, index, verdicts, now), 20)).map((chain) =>
      titles(chain, ...all),
    );
  };

  test("go from each certificate that issued no other up to its root, whatever the order", () => {
    const other = createLeaf({ subject: "CN=other", issuer: root });
    assert.deepEqual(from(noVerdicts, root, other, intermediate, leaf), [
      ["CN=other", "CN=Root CA"],
      ["CN=client.example.com", "CN=Intermediate CA", "CN=Root CA"],
    ]);
  });

  test("are none where each certificate stands alone", () => {
    assert.deepEqual(from(noVerdicts, root, createCa({ subject: "CN=Another Root" }), leaf), []);
  });

  test("of CAs that certify each other are cut where they come round again", () => {
    const [one, other] = [keysOf("p256", 21), keysOf("p256", 22)];
    const first = createCa({ subject: "CN=One", keys: one, issuer: createCa({ subject: "CN=Other", keys: other }) });
    const second = createCa({ subject: "CN=Other", keys: other, issuer: createCa({ subject: "CN=One", keys: one }) });
    assert.deepEqual(from(noVerdicts, first, second), [["CN=One", "CN=Other"]]);
  });

  test("that lead into a ring end", () => {
    const [one, other] = [keysOf("p256", 21), keysOf("p256", 22)];
    const first = createCa({ subject: "CN=One", keys: one, issuer: createCa({ subject: "CN=Other", keys: other }) });
    const second = createCa({ subject: "CN=Other", keys: other, issuer: first });
    assert.deepEqual(from(noVerdicts, createLeaf({ issuer: first }), first, second), [
      ["CN=client.example.com", "CN=One", "CN=Other"],
    ]);
  });

  test("without an end are cut, and there are no more than asked for", () => {
    const all: Issued[] = [createCa({ subject: "CN=0" })];
    for (let place = 1; place < 100; place++)
      all.push(createCa({ subject: `CN=${place}`, issuer: all[place - 1] ?? assert.fail() }));
    const index = indexed(...all);
    const issuance = (certificate: Certificate) => issuanceOf(certificate, index, noVerdicts, now);
    assert.equal(chainOf(all[99]?.certificate ?? assert.fail(), issuance).length, longestChain);
    assert.equal(finish(chainsOf(index, issuance, 2)).length, 2);
  });
});
