// Keys that are no points are looked for in files that are not large, and the rule says up to which size.
import * as assert from "node:assert/strict";
import { test } from "node:test";
import { offCurve } from "../../../../src/core/rules/certificate/off-curve.ts";
import { editBundle, readBundle } from "../../../../src/core/x509/bundle/bundle.ts";
import { offCurvesIn } from "../../../../src/core/x509/bundle/off-curve.ts";
import { many, rootPem } from "../../truststore/stores.ts";
import { oid, sequence, subjectPublicKeyInfo } from "../der-writer.ts";
import { createCa } from "../pki.ts";

test("keys off their curve are found in a file of up to 256 certificates, also where an edit makes it one", () => {
  const root = createCa().pem;
  const point = Uint8Array.from({ length: 65 }, (_, at) => (at === 0 ? 4 : at));
  const algorithm = sequence(oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7"));
  const off = rootPem({ publicKey: subjectPublicKeyInfo(algorithm, point) });
  const placesIn = (bundle: ReturnType<typeof readBundle>) => offCurvesIn(bundle).map(({ index }) => index);
  assert.deepEqual(placesIn(readBundle(off + many(254, () => root) + off)), [0, 255]);
  const larger = readBundle(off + many(255, () => root) + off);
  assert.deepEqual(placesIn(larger), []);
  const start = off.length;
  const smaller = editBundle(larger, [{ span: { start, end: start + root.length }, text: "" }]);
  assert.deepEqual(placesIn(smaller), [0, 255]);
  assert.match(offCurve.requires, /up to 256 certificates/);
});
