import { X509Certificate } from "node:crypto";
import { read, reread } from "../../src/core/read.ts";
import { check } from "../../src/core/rules/check.ts";
import type { Context } from "../../src/core/rules/rule.ts";
import { targets } from "../../src/core/truststore/targets.ts";
import { readBundle } from "../../src/core/x509/bundle/bundle.ts";
import { indexOf } from "../../src/core/x509/path/chain.ts";
import { signaturePairs } from "../../src/core/x509/path/pairs.ts";
import { noVerdicts } from "../../src/core/x509/path/verdicts.ts";
import { SignatureChecker } from "../../src/platform/node/crypto.ts";
import { context, onFault } from "../core/checking.ts";
import { createCa, type KeyKind, keysOf } from "../core/x509/pki.ts";
import { compare, type Ratio, retained } from "./measure.ts";

/** A root and what it issued, as one text: CA certificates, so that nothing keeps them from being a trust store. */
function bundleOf(count: number, kind: KeyKind): string {
  const keys = (index: number) => keysOf(kind, index % 8);
  const root = createCa({ subject: "CN=Bench Root,O=Example,C=US", keys: keys(0) });
  const issued = Array.from({ length: count - 1 }, (_, index) =>
    createCa({ subject: `CN=Bench CA ${index},OU=Unit ${index % 7},O=Example,C=US`, keys: keys(index), issuer: root }),
  );
  return [root, ...issued].map(({ pem }) => pem).join("");
}

function pemsOf(text: string): readonly string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
}

function construct(text: string): readonly X509Certificate[] {
  return pemsOf(text).map((pem) => new X509Certificate(pem));
}

export function certificateRatios(): Ratio[] {
  const fixtures = [
    { kind: "p256", name: "1,000 P-256", text: bundleOf(1000, "p256") },
    { kind: "rsa", name: "700 RSA", text: bundleOf(700, "rsa2048") },
  ];
  return fixtures.flatMap(({ kind, name, text }) => {
    const readAll = () => read({ text, syntax: "pem", name: "bundle.pem" });
    const judged = { ...context, signatures: noVerdicts };
    /**
     * For all services, each of which has its own limits: then every key is read, and the names of all are compared.
     */
    const asStore: Context = { ...judged, purpose: "trust-store", targets };
    const at = text.indexOf("-----END", text.length >> 1) - 20;
    /** A character of the base64 typed, and the next time taken back. */
    const editor = (by: Context): (() => number) => {
      let facts = readAll();
      let typed = false;
      check(facts, by, onFault);
      return () => {
        facts = reread(facts, [
          typed ? { span: { start: at, end: at + 1 }, text: "" } : { span: { start: at, end: at }, text: "A" },
        ]);
        typed = !typed;
        return check(facts, by, onFault).length;
      };
    };
    const { pairs } = signaturePairs(indexOf(readBundle(text)));
    const verifyPairs = (): number => {
      const checker = new SignatureChecker();
      return pairs.filter(({ issuer, subject }) => checker.check(issuer, subject) === "valid").length;
    };
    const [root, ...others] = construct(text);
    const verifyNode = (): number => {
      const key = root?.publicKey;
      return key === undefined ? 0 : others.filter((certificate) => certificate.verify(key)).length;
    };
    // The root verifies itself too.
    if (verifyPairs() !== others.length + 1 || verifyNode() !== others.length)
      throw new Error(`${name}: not every signature verifies`);
    const size = `${name}, ${(text.length / 1e6).toFixed(2)} MB`;
    return [
      compare(
        { id: `${kind}-read`, name: `${size}: read and check / node:crypto constructs them`, target: 0.25 },
        () => check(readAll(), judged, onFault).length,
        () => construct(text).length,
      ),
      compare(
        { id: `${kind}-edit`, name: `${size}: one character, and check / node:crypto constructs them`, target: 0.01 },
        editor(judged),
        () => construct(text).length,
      ),
      compare(
        {
          id: `${kind}-store-read`,
          name: `${size}: read and check as a trust store / node:crypto constructs them`,
          target: 0.5,
        },
        () => check(readAll(), asStore, onFault).length,
        () => construct(text).length,
      ),
      compare(
        {
          id: `${kind}-store-edit`,
          name: `${size}: one character, and check as a trust store / node:crypto constructs them`,
          target: 0.02,
        },
        editor(asStore),
        () => construct(text).length,
      ),
      compare(
        { id: `${kind}-verify`, name: `${size}: verify / node:crypto verifies`, target: 1.2 },
        verifyPairs,
        verifyNode,
        11,
      ),
      retained(
        { id: `${kind}-kept`, name: `${size}: kept for each certificate, in kB`, target: 4 },
        others.length + 1,
        () => {
          const kept = readAll();
          check(kept, judged, onFault);
          return kept;
        },
      ),
    ].flat();
  });
}
