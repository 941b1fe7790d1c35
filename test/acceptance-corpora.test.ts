// What others expect of certification paths, beside the project and no part of it: nothing that they refuse is
// accepted, but for what is no matter of RFC 5280's paths.
import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { decode } from "../src/core/encoding.ts";
import { tell } from "../src/core/messages/tell.ts";
import { readPem } from "../src/core/pem/blocks.ts";
import type { Acceptance } from "../src/core/truststore/acceptance.ts";
import { profiles, targets } from "../src/core/truststore/targets.ts";
import { type Certificate, isUnreadable } from "../src/core/x509/model.ts";
import type { PathOptions } from "../src/core/x509/path/search.ts";
import { readCertificate } from "../src/core/x509/read/certificate.ts";
import { brokenHashes, isSameAlgorithm, signatureScheme } from "../src/core/x509/read/signature-algorithm.ts";
import { answerAcceptance } from "../src/platform/node/acceptance.ts";
import { SignatureChecker } from "../src/platform/node/crypto.ts";

const folder = join(import.meta.dirname, "../../shared/corpora");
const skip = existsSync(folder) ? false : "corpora: ../shared/corpora is not here";

const serverAuth = "1.3.6.1.5.5.7.3.1";
const clientAuth = "1.3.6.1.5.5.7.3.2";

interface Pem {
  readonly certificates: readonly Certificate[];
  /** With settings of whom OpenSSL trusts for what behind it. */
  readonly hasTrust: boolean;
}

const files = new Map<string, Pem | undefined>();

function pemOf(name: string): Pem | undefined {
  if (files.has(name)) return files.get(name);
  const path = join(folder, "certs", name);
  const blocks = existsSync(path)
    ? readPem(decode(readFileSync(path)).text).chunks.flatMap(({ block }) => block ?? [])
    : undefined;
  const ours = blocks?.filter(({ label }) => /^(?:X509 |TRUSTED )?CERTIFICATE$/.test(label ?? ""));
  const certificates = ours?.flatMap(({ bytes }) => {
    const certificate = bytes && readCertificate(bytes);
    return certificate === undefined || isUnreadable(certificate) ? [] : [certificate];
  });
  const pem = certificates && {
    certificates,
    hasTrust: ours?.some(({ label }) => label === "TRUSTED CERTIFICATE") === true,
  };
  files.set(name, pem);
  return pem;
}

function rows<Row>(name: string): Row[] {
  return readFileSync(join(folder, "truth", name), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** One row of the truth, in our terms. */
interface Case<Row> {
  readonly row: Row;
  readonly name: string;
  readonly isAccepted: boolean;
  readonly client: Certificate;
  readonly presented: readonly Certificate[];
  readonly store: readonly Certificate[];
  readonly at: Date;
  readonly options: Partial<PathOptions>;
}

interface Judged<Row> extends Case<Row> {
  readonly answer: Acceptance;
}

interface Difference<Row> {
  readonly because: string;
  readonly holds: (judged: Judged<Row>) => boolean;
}

interface Expectation<Row> {
  readonly cases: readonly Case<Row>[];
  readonly missing: number;
  /** What they refuse and we accept: never for the path's sake. */
  readonly accepted: readonly Difference<Row>[];
  /** What they accept and we refuse. */
  readonly refused: readonly Difference<Row>[];
}

/** A case is one of the first difference that it fits. */
async function compare<Row>(t: TestContext, { cases, missing, accepted, refused }: Expectation<Row>): Promise<void> {
  const counts = {
    agree: 0,
    "open, they accept": 0,
    "open, they refuse": 0,
    "gave up": 0,
    "only they accept": 0,
    "only we accept": 0,
  };
  const differences = new Map<string, string[]>();
  const used = new Set<Difference<Row>>();
  const unexplained: string[] = [];
  for (const one of cases) {
    const answers = await answerAcceptance(one, { checker: new SignatureChecker(), options: one.options });
    assert.ok(answers !== undefined);
    const answer = answers.rfc5280;
    // RFC 5280 leaves open whether a CA of the store that is no root ends a path; CloudFront says that it does.
    const isPartial =
      answer.verdict === "undocumented" && answer.objections.every(({ kind }) => kind === "partial-chain");
    for (const target of targets) {
      if (answer.verdict !== "accepted" && !(isPartial && profiles[target].isAnyAnchor))
        assert.notEqual(
          answers.byTarget[target].verdict,
          "accepted",
          `${one.name}: ${target} takes what RFC 5280 does not`,
        );
    }
    const { verdict, path } = answers.byTarget.apigateway;
    assert.ok(
      verdict !== "accepted" ||
        (path.slice(1).every(({ from }) => from === "store") && path.at(-1)?.certificate.selfIssued === true),
      `${one.name}: API Gateway lets in whose chain is not in the bundle`,
    );
    const explain = (kind: string, among: readonly Difference<Row>[]): void => {
      const difference = among.find(({ holds }) => holds({ ...one, answer }));
      if (difference === undefined)
        unexplained.push(`${kind}: ${one.name}: ${answer.objections.map(({ reason }) => tell(reason)).join("; ")}`);
      else {
        used.add(difference);
        const because = `${kind}: ${difference.because}`;
        differences.set(because, [...(differences.get(because) ?? []), one.name]);
      }
    };
    if (answer.verdict === "gave-up") {
      counts["gave up"]++;
      differences.set("gave up", [...(differences.get("gave up") ?? []), one.name]);
    } else if (answer.verdict === "undocumented") {
      counts[one.isAccepted ? "open, they accept" : "open, they refuse"]++;
      const because = `open, they ${one.isAccepted ? "accept" : "refuse"}: ${[...new Set(answer.objections.map(({ kind }) => kind))].join(", ")}`;
      differences.set(because, [...(differences.get(because) ?? []), one.name]);
    } else if ((answer.verdict === "accepted") === one.isAccepted) counts.agree++;
    else if (one.isAccepted) {
      counts["only they accept"]++;
      explain("only they accept", refused);
    } else {
      counts["only we accept"]++;
      explain("only we accept", accepted);
    }
  }
  assert.ok(cases.length > 80, `${cases.length} cases`);
  t.diagnostic(`${cases.length} of ${cases.length + missing} rows; ${missing} name files that are not here`);
  t.diagnostic(
    Object.entries(counts)
      .map(([what, count]) => `${what}: ${count}`)
      .join(", "),
  );
  for (const [because, names] of [...differences].sort())
    t.diagnostic(`${names.length} × ${because}: ${names.join(" | ")}`);
  assert.deepEqual(unexplained, []);
  assert.deepEqual(
    [...accepted, ...refused].filter((difference) => !used.has(difference)).map(({ because }) => because),
    [],
    "differences that are none",
  );
}

// --- what is no matter of a path

const onPath = ({ answer }: Judged<unknown>): readonly Certificate[] =>
  answer.path.map(({ certificate }) => certificate);

/** RFC 5280 section 4 says what CAs issue; section 6, which decides on paths, does not look at these. */
function breaksProfile(certificate: Certificate, index: number, path: readonly Certificate[]): boolean {
  const {
    serial,
    subject,
    version,
    extensions,
    basicConstraints,
    keyUsage,
    subjectKeyIdentifier,
    authorityKeyIdentifier,
    signatureAlgorithm,
    outerSignatureAlgorithm,
    der,
  } = certificate;
  const isCritical = (oid: string) => extensions.find((extension) => extension.oid === oid)?.critical;
  const isCa = basicConstraints?.value?.ca === true;
  const hasCertSign = keyUsage?.value?.includes("keyCertSign") === true;
  return (
    /^-|^0+$/.test(serial) ||
    serial.length > 40 ||
    (version < 3 && extensions.length > 0) ||
    (isCa && subjectKeyIdentifier === undefined) ||
    ((index < path.length - 1 || !certificate.selfIssued) &&
      authorityKeyIdentifier?.value?.keyIdentifier === undefined) ||
    (subject.isEmpty && isCritical("2.5.29.17") === false) ||
    isCritical("2.5.29.30") === false ||
    isCritical("2.5.29.36") === false ||
    (!isCa && hasCertSign) ||
    (basicConstraints?.value?.pathLength !== undefined && (!isCa || (keyUsage !== undefined && !hasCertSign))) ||
    !isSameAlgorithm(der, signatureAlgorithm, outerSignatureAlgorithm)
  );
}

function isWeak(
  { publicKey, signatureAlgorithm, der }: Certificate,
  index: number,
  path: readonly Certificate[],
): boolean {
  const { kind, bits = 0, curve } = publicKey;
  // A trust anchor's own signature counts for nothing.
  const hash = index < path.length - 1 ? signatureScheme(signatureAlgorithm, der)?.hash : undefined;
  return (
    (hash !== undefined && brokenHashes.has(hash)) ||
    (kind === "rsa" && bits < 1024) ||
    (kind === "ec" && curve === undefined)
  );
}

const isWeakPath = (judged: Judged<unknown>): boolean => onPath(judged).some(isWeak);

/** OpenSSL and BoringSSL multiply names and constraints, and stop at 2²⁰; here they are looked up. */
function hasManyNames(judged: Judged<unknown>): boolean {
  const [client] = onPath(judged);
  const constrained = onPath(judged).flatMap(({ extensions }) =>
    extensions.filter(({ oid }) => oid === "2.5.29.30").map(({ value }) => value.end - value.start),
  );
  return (client?.subjectAltName?.value?.length ?? 0) > 500 && constrained.some((bytes) => bytes > 10_000);
}

// --- x509-limbo

interface Limbo {
  readonly id: string;
  readonly dir: string;
  readonly expected_result: "SUCCESS" | "FAILURE";
  readonly validation_kind: "SERVER" | "CLIENT";
  readonly validation_time: string | null;
  readonly max_chain_depth: number | null;
  readonly expected_peer_name: { readonly kind: string; readonly value: string } | null;
}

/** Certificates there are valid from 1970 or 2020 on for hundreds of years. */
const anyTime = "2025-06-01T00:00:00Z";

function namesPeer({ row, client }: Judged<Limbo>): boolean {
  const { expected_peer_name: peer } = row;
  if (peer === null) return true;
  const names = client.subjectAltName?.value ?? [];
  const parent = peer.value.slice(peer.value.indexOf("."));
  if (peer.kind === "DNS")
    return names.some(({ kind, value }) => kind === "dns" && (value === peer.value || value === `*${parent}`));
  return names.some(({ kind, value }) => kind === "ip" && value === peer.value);
}

function limbo(): Expectation<Limbo> {
  const all = rows<Limbo>("limbo-expected.jsonl");
  const cases = all.flatMap((row): Case<Limbo>[] => {
    const [leaf, intermediates, roots] = ["leaf", "intermediates", "roots"].map(
      (name) => pemOf(join(row.dir.replace(/^certs\//, ""), `${name}.pem`))?.certificates,
    );
    const [client] = leaf ?? [];
    if (client === undefined || roots === undefined) return [];
    const options: Partial<PathOptions> = {
      purpose: row.validation_kind === "CLIENT" ? clientAuth : serverAuth,
      ...(row.max_chain_depth === null ? {} : { bounds: { length: row.max_chain_depth + 2 } }),
    };
    return [
      {
        row,
        name: row.id,
        isAccepted: row.expected_result === "SUCCESS",
        client,
        presented: intermediates ?? [],
        store: roots,
        at: new Date(row.validation_time ?? anyTime),
        options,
      },
    ];
  });
  return {
    cases,
    missing: all.length - cases.length,
    accepted: [
      {
        because: "the name of the peer is another, which RFC 5280 does not ask for",
        holds: (judged) => !namesPeer(judged),
      },
      {
        because: "a rule of the Web PKI's profile (CA/Browser Forum), of which RFC 5280 has none",
        holds: ({ row }) => row.id.startsWith("webpki::"),
      },
      {
        because: "a rule of RFC 5280 section 4 on what CAs issue, at which section 6 does not look",
        holds: (judged) => onPath(judged).some(breaksProfile),
      },
    ],
    refused: [],
  };
}

// --- BoringSSL

interface Boring {
  readonly test: string;
  readonly chain: string;
  readonly last_cert_trust: string;
  readonly utc_time: string;
  readonly key_purpose: string;
  readonly expected_errors: string;
}

function boringTime(text: string): Date {
  const [year, month, day, hour, minute, second] = (text === "DEFAULT" ? "211005120000Z" : text).match(/\d\d/g) ?? [];
  return new Date(`20${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function boring(): Expectation<Boring> {
  const all = rows<Boring>("boringssl-chain-expected.jsonl");
  const cases = all.flatMap((row): Case<Boring>[] => {
    const chain = pemOf(join("boringssl", dirname(row.test), row.chain))?.certificates ?? [];
    const [client] = chain;
    if (client === undefined) return [];
    const [, purpose] = /^(SERVER|CLIENT)_AUTH/.exec(row.key_purpose) ?? [];
    const options = { purpose: purpose === undefined ? undefined : purpose === "SERVER" ? serverAuth : clientAuth };
    const name = `${row.test.replace(/^.*_unittest\/|\.test$/g, "")}`;
    return [
      {
        row,
        name,
        isAccepted: !row.expected_errors.includes("ERROR"),
        client,
        presented: chain.slice(1, -1),
        store: chain.slice(-1),
        at: boringTime(row.utc_time),
        options,
      },
    ];
  });
  return {
    cases,
    missing: all.length - cases.length,
    accepted: [
      {
        because: "the last certificate is not trusted as an anchor: with us all of the bundle is",
        holds: ({ row }) => !row.last_cert_trust.includes("ANCHOR"),
      },
      {
        because: "a key or a hash that is too weak there; RFC 5280 has no measure, each service has its own",
        holds: isWeakPath,
      },
      {
        because: "a limit of that program: names times constraints",
        holds: (judged) =>
          hasManyNames(judged) && judged.row.expected_errors.includes("Too many name constraints checks"),
      },
      {
        because: "a stricter profile of what a certificate is for than its extended key usage",
        holds: ({ row }) => /STRICT|MLS|C2PA/.test(row.key_purpose),
      },
    ],
    refused: [
      {
        because: "a critical extension of a profile of its own (RCS MLS)",
        holds: ({ row, answer }) =>
          row.key_purpose === "MLS_CLIENT_AUTH" && answer.objections.some(({ kind }) => kind === "critical-extension"),
      },
      {
        because: "a DNS name that is outside of those permitted; what the row leaves out is about the limit on names",
        holds: ({ client, answer }) =>
          answer.objections.some(
            ({ kind, index, weight }) => kind === "name-constraints" && index === 0 && weight === "refuses",
          ) &&
          client.subjectAltName?.value?.some(({ kind, value }) => kind === "dns" && value === "t171.test") === true,
      },
    ],
  };
}

// --- OpenSSL

interface OpenSsl {
  readonly desc: string;
  readonly expect: "ok" | "fail";
  readonly cert: string;
  readonly purpose: string;
  readonly trusted: readonly string[];
  readonly untrusted: readonly string[];
  /** With the options of `openssl verify`. */
  readonly raw: string;
}

const opensslPurposes: Readonly<Record<string, string>> = {
  sslserver: serverAuth,
  sslclient: clientAuth,
  codesign: "1.3.6.1.5.5.7.3.3",
  timestampsign: "1.3.6.1.5.5.7.3.8",
};

const opensslFile = (name: string) => pemOf(`openssl/test/certs/${name}.pem`);

/** Another certificate of the same CA that OpenSSL takes first, and does not go back from. */
function hasOtherInStore({ row, answer }: Judged<OpenSsl>): boolean {
  const stored = row.trusted.flatMap((name) => opensslFile(name)?.certificates ?? []);
  return answer.path
    .slice(1)
    .some(
      ({ certificate, from }) =>
        from === "presented" &&
        stored.some((other) => other.subject.key === certificate.subject.key && other !== certificate),
    );
}

function openSsl(): Expectation<OpenSsl> {
  const all = rows<OpenSsl>("openssl-verify-expected.jsonl");
  const cases = all.flatMap((row): Case<OpenSsl>[] => {
    const [client, presented, store] = [[row.cert], row.untrusted, row.trusted].map((names) =>
      names.map((name) => opensslFile(name)?.certificates),
    );
    const first = client?.[0]?.[0];
    if (
      first === undefined ||
      presented === undefined ||
      store === undefined ||
      [...presented, ...store].includes(undefined)
    )
      return [];
    const option = (name: string) => new RegExp(`"-${name}", "(\\d+)"`).exec(row.raw)?.[1];
    const [time, depth] = [option("attime"), option("verify_depth")];
    const options: Partial<PathOptions> = {
      purpose: opensslPurposes[row.purpose],
      isPolicyRequired: row.raw.includes("-explicit_policy"),
      ...(depth === undefined ? {} : { bounds: { length: Number(depth) + 2 } }),
    };
    const of = (lists: readonly (readonly Certificate[] | undefined)[]) => lists.flatMap((list) => list ?? []);
    return [
      {
        row,
        name: row.desc,
        isAccepted: row.expect === "ok",
        client: first,
        presented: of(presented),
        store: of(store),
        at: time === undefined ? new Date(anyTime) : new Date(Number(time) * 1000),
        options,
      },
    ];
  });
  const hasOption =
    (...names: readonly string[]) =>
    ({ row }: Judged<OpenSsl>) =>
      names.some((name) => row.raw.includes(`"-${name}"`));
  return {
    cases,
    missing: all.length - cases.length,
    accepted: [
      {
        because: "settings of trust behind a certificate of the store (TRUSTED CERTIFICATE), which no bundle has",
        holds: ({ row }) => [...row.trusted, ...row.untrusted].some((name) => opensslFile(name)?.hasTrust),
      },
      {
        because:
          "OpenSSL keeps to the CA's other certificate, which is in the store, and does not try the one that holds",
        holds: hasOtherInStore,
      },
      {
        because:
          "a key or a hash that is too weak for its security level; RFC 5280 has no measure, each service has its own",
        holds: (judged) => isWeakPath(judged) || hasOption("auth_level")(judged),
      },
      {
        because: "the profile of another purpose than TLS, beside its extended key usage",
        holds: ({ row }) => row.purpose === "codesign" || row.purpose === "timestampsign",
      },
      {
        because: "a rule of RFC 5280 section 4 on what CAs issue (-x509_strict), at which section 6 does not look",
        holds: (judged) => hasOption("x509_strict")(judged) && onPath(judged).some(breaksProfile),
      },
    ],
    refused: [
      { because: "proxy certificates (RFC 3820), where they are allowed", holds: hasOption("allow_proxy_certs") },
    ],
  };
}

test("acceptance: x509-limbo", { skip }, (t) => compare(t, limbo()));
test("acceptance: BoringSSL's chains", { skip }, (t) => compare(t, boring()));
test("acceptance: OpenSSL's verify", { skip }, (t) => compare(t, openSsl()));
