import * as assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Certificate } from "../../../../src/core/x509/model.ts";
import { searchPaths } from "../../../../src/core/x509/path/path.ts";
import {
  bounds,
  type CandidatePath,
  type PathOptions,
  type PathQuestion,
  type PathSearch,
} from "../../../../src/core/x509/path/search.ts";
import type { SignaturePair, Verdict } from "../../../../src/core/x509/path/verdicts.ts";
import {
  ascii,
  authorityKeyIdentifier,
  type Bytes,
  basicConstraints,
  certificate,
  dnsName,
  ecdsaWithSha256,
  ecKey,
  explicit,
  extension,
  implicit,
  keyUsage,
  sequence,
  subjectAltName,
  subjectKeyIdentifier,
} from "../der-writer.ts";
import { read } from "../pki.ts";

const at = Date.parse("2026-06-01T00:00:00Z");

// Certificates whose signatures are claimed, not made: the search is told whose they are, and thousands of graphs take
// a second.

interface Claimed {
  readonly certificate: Certificate;
  /** Which key it has, and whose signed it. */
  readonly key: number;
  readonly signer: number;
}

interface Described {
  readonly subject: string;
  readonly issuer: string;
  readonly key: number;
  readonly signer: number;
  readonly ca?: boolean;
  readonly pathLength?: number | undefined;
  readonly isExpired?: boolean;
  readonly usage?: boolean;
  readonly identifiers?: boolean;
  readonly names?: readonly string[];
  readonly permitted?: string | undefined;
  readonly excluded?: string | undefined;
}

const publicKeys = new Map<number, Bytes>();

function publicKey(index: number): Bytes {
  const known = publicKeys.get(index);
  if (known !== undefined) return known;
  // Of a curve whose points nobody looks at; the last octets are those of the point.
  const key = ecKey("1.3.132.0.10");
  const own = Uint8Array.from(key, (octet, place) =>
    place >= key.length - 4 ? (index >> ((key.length - 1 - place) * 8)) & 255 : octet,
  );
  publicKeys.set(index, own);
  return own;
}

let serials = 0;

function claim(one: Described): Claimed {
  const {
    subject,
    issuer,
    key,
    signer,
    ca = true,
    pathLength,
    isExpired = false,
    usage = true,
    identifiers = false,
    names = [],
    permitted,
    excluded,
  } = one;
  const trees = (number: number, name: string | undefined) =>
    name === undefined ? [] : [explicit(number, sequence(implicit(2, ascii(name))))];
  const der = certificate({
    serial: ++serials,
    subject: `CN=${subject}`,
    issuer: `CN=${issuer}`,
    signatureAlgorithm: ecdsaWithSha256,
    publicKey: publicKey(key),
    notAfter: isExpired ? "20250101000000Z" : "20340101000000Z",
    extensions: [
      basicConstraints(ca, pathLength),
      ...(ca ? [keyUsage(...(usage ? (["keyCertSign"] as const) : (["cRLSign"] as const)))] : []),
      ...(names.length === 0 ? [] : [subjectAltName(...names.map(dnsName))]),
      ...(permitted === undefined && excluded === undefined
        ? []
        : [extension("2.5.29.30", sequence(...trees(0, permitted), ...trees(1, excluded)), true)]),
      ...(identifiers ? [subjectKeyIdentifier([key & 255, 7]), authorityKeyIdentifier([signer & 255, 7])] : []),
    ],
  });
  return { certificate: read(der), key, signer };
}

interface Searched {
  readonly search: PathSearch;
  readonly found: readonly CandidatePath[];
  /** Asked for, in order. */
  readonly pairs: readonly SignaturePair[];
  readonly steps: number;
}

function run(
  client: Claimed,
  presented: readonly Claimed[],
  store: readonly Claimed[],
  options: Partial<PathOptions> = {},
  isEnough: (path: CandidatePath) => boolean = () => false,
): Searched {
  const claimed = new Map([client, ...presented, ...store].map((one) => [one.certificate, one]));
  const of = (all: readonly Claimed[]) => all.map((one) => one.certificate);
  const question: PathQuestion = { client: client.certificate, presented: of(presented), store: of(store) };
  const found: CandidatePath[] = [];
  const search = searchPaths(question, { at, purpose: undefined, ...options }, (path) => {
    found.push(path);
    return isEnough(path);
  });
  const pairs: SignaturePair[] = [];
  let verdict: Verdict | undefined;
  for (let steps = 1; ; steps++) {
    const step = search.next(verdict);
    if (step.done === true) return { search: step.value, found, pairs, steps };
    if (step.value !== undefined) pairs.push(step.value);
    verdict =
      step.value &&
      (claimed.get(step.value.subject)?.signer === claimed.get(step.value.issuer)?.key ? "valid" : "invalid");
  }
}

const titles = ({ certificates }: CandidatePath) =>
  certificates.map((one) => one.subject.rdns[0]?.[0]?.value).join(" < ");

suite("the search", () => {
  const root = claim({ subject: "Root", issuer: "Root", key: 1, signer: 1 });

  test("asks first for whom the authority key identifier names, then for who is valid, then for what is presented", () => {
    const client = claim({ subject: "client", issuer: "CA", key: 9, signer: 2, ca: false, identifiers: true });
    const named = claim({ subject: "CA", issuer: "Root", key: 2, signer: 1, identifiers: true });
    const expired = claim({ subject: "CA", issuer: "Root", key: 3, signer: 1, isExpired: true });
    const presented = claim({ subject: "CA", issuer: "Root", key: 4, signer: 1 });
    const stored = claim({ subject: "CA", issuer: "Root", key: 5, signer: 1 });
    const { pairs } = run(client, [expired, presented, named], [stored, root]);
    const asked = pairs.filter(({ subject }) => subject === client.certificate).map(({ issuer }) => issuer);
    assert.deepEqual(
      asked,
      [named, presented, stored, expired].map((one) => one.certificate),
    );
  });

  test("comes back from a way that leads nowhere", () => {
    const client = claim({ subject: "client", issuer: "CA", key: 9, signer: 2, ca: false });
    const lost = claim({ subject: "CA", issuer: "Gone", key: 2, signer: 7 });
    const good = claim({ subject: "CA", issuer: "Root", key: 2, signer: 1 });
    const { found } = run(client, [lost, good], [root]);
    assert.deepEqual(found.map(titles), ["client < CA < Root"]);
  });

  test("tells of all paths where none is enough, and looks at few more where one is", () => {
    const client = claim({ subject: "client", issuer: "CA", key: 9, signer: 2, ca: false });
    const ways = Array.from({ length: 400 }, () => claim({ subject: "CA", issuer: "Root", key: 2, signer: 1 }));
    assert.equal(run(client, ways, [root]).found.length, 400);
    const few = run(client, ways, [root], {}, () => true);
    assert.ok(few.search.work.paths <= 102, `${few.search.work.paths}`);
    assert.equal(few.search.bound, undefined);
  });

  test("tells of issuers from where no path leads on, but not of those that are outdated, nor of an anchor's", () => {
    const client = claim({ subject: "client", issuer: "CA", key: 9, signer: 2, ca: false });
    const ca = claim({ subject: "CA", issuer: "Root", key: 2, signer: 1 });
    const lost = claim({ subject: "CA", issuer: "Gone", key: 2, signer: 7 });
    const expired = claim({ subject: "CA", issuer: "Gone", key: 2, signer: 7, isExpired: true });
    const crossed = claim({ subject: "Root", issuer: "Older", key: 1, signer: 8 });
    const { search } = run(client, [lost, expired, crossed, ca], [root], {}, () => true);
    assert.deepEqual(
      search.lost.map(({ issuer }) => issuer),
      [lost.certificate],
    );
  });

  test("takes the same certificate once, however often it is there", () => {
    const client = claim({ subject: "client", issuer: "CA", key: 9, signer: 2, ca: false });
    const ca = claim({ subject: "CA", issuer: "Root", key: 2, signer: 1 });
    const copies = Array.from({ length: 5 }, () => ({ ...ca, certificate: read(Uint8Array.from(ca.certificate.der)) }));
    const { found, search } = run(client, [ca, ...copies], [root, ...copies]);
    // The CA is an anchor too, and the way from it to the root goes on.
    assert.deepEqual(found.map(titles), ["client < CA", "client < CA < Root"]);
    assert.equal(search.work.signatures, 3, "the root's own among them");
  });

  test("of a path that fails, shows the one that comes closest: with an anchor, with least against it, the longest", () => {
    const client = claim({ subject: "client", issuer: "CA", key: 9, signer: 2, ca: false });
    const expired = claim({ subject: "CA", issuer: "Root", key: 2, signer: 1, isExpired: true });
    const worse = claim({ subject: "CA", issuer: "Root", key: 2, signer: 1, isExpired: true, usage: false });
    const { attempt } = run(client, [worse, expired], [root]).search;
    assert.deepEqual(
      attempt?.certificates,
      [client, expired, root].map((one) => one.certificate),
    );
    assert.deepEqual(
      attempt?.faults.map(({ kind }) => kind),
      ["expired"],
    );
    const lost = run(client, [worse, expired], []).search;
    assert.equal(lost.attempt?.certificates.length, 2);
    assert.equal(lost.end?.why, "no-issuer");
  });
});

suite("hostile graphs are bounded, and it is told where the search stopped", () => {
  const client = claim({ subject: "client", issuer: "CA", key: 9, signer: 2, ca: false });

  test("1,000 CAs of one name and one key: one signature, and each one's own", () => {
    const store = Array.from({ length: 1000 }, () =>
      claim({ subject: "CA", issuer: "CA", key: 2, signer: 2, isExpired: true }),
    );
    const { search, found } = run(client, [], store);
    assert.equal(search.work.signatures, 1001);
    assert.equal(found.length, 1000);
    assert.equal(search.bound, undefined);
    assert.equal(search.work.paths, 1000);
  });

  test("1,000 CAs of one name and 1,000 keys: each once, and the one is found", () => {
    const others = Array.from({ length: 999 }, (_, index) =>
      claim({ subject: "CA", issuer: "CA", key: 1000 + index, signer: 1000 + index }),
    );
    const { search, found } = run(
      client,
      [],
      [...others, claim({ subject: "CA", issuer: "CA", key: 2, signer: 2 })],
      {},
      () => true,
    );
    assert.equal(found.length, 1);
    assert.ok(search.work.signatures <= 1009, `${search.work.signatures}`);
    assert.equal(search.bound, undefined);
    const none = run(client, [], others).search;
    assert.equal(none.work.signatures, 999);
    assert.equal(none.bound, undefined);
    assert.equal(none.end?.why, "signature");
  });

  test("3,000 of them: the bound on signatures", () => {
    const others = Array.from({ length: 3000 }, (_, index) =>
      claim({ subject: "CA", issuer: "CA", key: 1000 + index, signer: 1000 + index }),
    );
    const { search } = run(client, [], others);
    assert.equal(search.bound, "signatures");
    assert.equal(search.work.signatures, bounds.signatures);
  });

  test("CAs that all certify each other", () => {
    const names = Array.from({ length: 12 }, (_, index) => (index === 0 ? "CA" : `CA ${index}`));
    const crossed = names.flatMap((subject, to) =>
      names.flatMap((issuer, from) =>
        to === from ? [] : [claim({ subject, issuer, key: 2 + to * 3, signer: 2 + from * 3 })],
      ),
    );
    const { search, found, steps } = run(client, crossed, []);
    assert.deepEqual(found, []);
    assert.equal(search.bound, "paths");
    assert.ok(search.work.signatures <= crossed.length * names.length);
    assert.ok(steps < bounds.paths + 2000);
  });

  test("layers of CAs, each certified by all of the next, with no root: told without counting all ways", () => {
    const layers = Array.from({ length: 12 }, (_, layer) =>
      Array.from({ length: 6 }, (_ignored, index) => ({
        name: layer === 0 ? "CA" : `Layer ${layer}`,
        key: 2 + layer * 10 + (layer === 0 ? 0 : index),
      })),
    );
    const certificates = layers
      .slice(0, -1)
      .flatMap((layer, depth) =>
        layer.flatMap(({ name, key }) =>
          (layers[depth + 1] ?? []).map((above) =>
            claim({ subject: name, issuer: above.name, key, signer: above.key }),
          ),
        ),
      );
    const { search } = run(client, certificates, []);
    assert.equal(search.bound, undefined, "6¹¹ ways, of which each certificate is tried once");
    assert.ok(search.work.paths < 15_000, `${search.work.paths}`);
  });

  test("a path longer than any in use", () => {
    const links = Array.from({ length: 99 }, (_, index) =>
      claim({ subject: index === 0 ? "CA" : `CA ${index}`, issuer: `CA ${index + 1}`, key: 2, signer: 2 }),
    );
    const { search } = run(client, links, []);
    assert.equal(search.bound, "length");
    assert.equal(search.attempt?.certificates.length, bounds.length);
  });

  test("names without end under constraints without end: looked up, not multiplied", () => {
    const many = claim({
      subject: "client",
      issuer: "CA",
      key: 9,
      signer: 2,
      ca: false,
      names: Array.from({ length: 5000 }, (_, index) => `n${index}.example.com`),
    });
    const strict = Array.from({ length: 100 }, (_, index) =>
      claim({ subject: "CA", issuer: "CA", key: 2, signer: 2, permitted: `${index}.example.org` }),
    );
    const { search, found } = run(many, strict, []);
    assert.deepEqual(found, []);
    assert.equal(search.bound, "names");
    assert.equal(run(many, strict.slice(0, 30), []).search.bound, undefined);
  });
});

// --- random graphs, and what a search without any thought says of them

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 8) / 0x1000000;
  };
}

interface Made extends Claimed {
  readonly described: Described;
}

function isWithin(name: string, tree: string): boolean {
  return name === tree || name.endsWith(`.${tree}`);
}

/** All that is there, and what of it is an anchor. */
interface World {
  readonly all: readonly Made[];
  readonly store: ReadonlySet<Made>;
}

/** Whether a program that does not try signatures could take another for the issuer. */
function isAmbiguous(one: Made, issuer: Made, { all, store }: World): boolean {
  return all.some(
    (other) =>
      other !== one &&
      other.key !== issuer.key &&
      other.described.subject === one.described.issuer &&
      !(one.described.identifiers === true && other.described.identifiers === true && other.key !== one.signer) &&
      !(other.described.ca === true && other.described.usage === false) &&
      !(store.has(issuer) && !store.has(other)) &&
      !(issuer.described.isExpired !== true && other.described.isExpired === true),
  );
}

/**
 * RFC 5280 section 6.1 with the whole path at hand, from the anchor down.
 * @param strictly where all programs are to say the same: also of the anchor, and of others of an issuer's name
 */
function holds(path: readonly Made[], strictly?: World): boolean {
  const isAnchorJudged = strictly !== undefined;
  const [client, ...above] = path;
  if (client === undefined || client.described.isExpired === true) return false;
  const judged = isAnchorJudged ? above : above.slice(0, -1);
  for (const ca of judged) {
    const { ca: isCa = true, isExpired = false, usage = true, pathLength, permitted, excluded } = ca.described;
    if (!isCa || isExpired || !usage) return false;
    const below = path.slice(0, path.indexOf(ca));
    const counted = below.filter((one, index) => index > 0 && one.described.subject !== one.described.issuer);
    if (pathLength !== undefined && counted.length > pathLength) return false;
    const named = below
      .filter((one, index) => index === 0 || one.described.subject !== one.described.issuer)
      .flatMap(({ described }) => described.names ?? []);
    if (permitted !== undefined && !named.every((name) => isWithin(name, permitted))) return false;
    if (excluded !== undefined && named.some((name) => isWithin(name, excluded))) return false;
  }
  const anchor = path.at(-1);
  if (strictly === undefined || anchor === undefined) return true;
  const isRoot = anchor.described.subject === anchor.described.issuer && anchor.key === anchor.signer;
  return isRoot && !path.slice(1).some((issuer, below) => isAmbiguous(path[below] ?? client, issuer, strictly));
}

function* everyPath(client: Made, all: readonly Made[], store: ReadonlySet<Made>): Iterable<readonly Made[]> {
  const path = [client];
  function* further(): Iterable<readonly Made[]> {
    const top = path.at(-1);
    for (const issuer of all) {
      if (
        top === undefined ||
        path.includes(issuer) ||
        issuer.described.subject !== top.described.issuer ||
        issuer.key !== top.signer
      )
        continue;
      path.push(issuer);
      if (store.has(issuer)) yield [...path];
      yield* further();
      path.pop();
    }
  }
  yield* further();
}

test("random graphs: a path is found where there is one, and none where there is none", (t) => {
  const counts = { found: 0, clean: 0, none: 0, paths: 0 };
  for (let seed = 1; seed <= 600; seed++) {
    const next = random(seed * 7919);
    const below = (most: number) => Math.floor(next() * most);
    const [nameCount, count] = [2 + below(3), 3 + below(6)];
    const hosts = ["a.example.com", "b.example.com", "example.org"];
    const describe = (isClient: boolean): Described => {
      const name = below(nameCount);
      const issuer = below(nameCount);
      return {
        subject: isClient ? "client" : `CA ${name}`,
        issuer: `CA ${issuer}`,
        // Most keys are those that names have.
        key: isClient ? 99 : next() < 0.8 ? name : below(6),
        signer: next() < 0.85 ? issuer : below(6),
        ca: !isClient && next() < 0.92,
        usage: next() < 0.94,
        isExpired: next() < (isClient ? 0.03 : 0.12),
        pathLength: next() < 0.3 ? below(3) : undefined,
        identifiers: next() < 0.3,
        names: next() < 0.5 ? [hosts[below(3)] ?? ""] : [],
        permitted: !isClient && next() < 0.12 ? ["example.com", "a.example.com", "example.org"][below(3)] : undefined,
        excluded: !isClient && next() < 0.1 ? hosts[below(3)] : undefined,
      };
    };
    const make = (described: Described): Made => ({
      ...claim(described.ca === true ? described : { ...described, pathLength: undefined }),
      described: described.ca === true ? described : { ...described, pathLength: undefined },
    });
    const client = make(describe(true));
    const all = Array.from({ length: count }, () => make(describe(false)));
    const store = all.filter(() => next() < 0.3);
    const presented = all.filter((one) => !store.includes(one) || next() < 0.3);
    const paths = [...everyPath(client, all, new Set(store))];
    counts.paths += paths.length;
    const world = { all, store: new Set(store) };
    const distinct = paths.filter(
      (path) => new Set(path.map(({ key, described }) => `${key} ${described.subject}`)).size === path.length,
    );
    const [isThere, isClean] = [paths.some((path) => holds(path)), distinct.some((path) => holds(path, world))];
    const { search, found } = run(client, presented, store);
    const sound = found.filter(({ faults }) => !faults.some(({ weight }) => weight === "refused"));
    const clean = found.filter(({ faults }) => faults.every(({ weight }) => weight === "told"));
    const of = (path: CandidatePath) =>
      path.certificates
        .map((one) => [client, ...all].find((made) => made.certificate === one))
        .filter((one) => one !== undefined);
    for (const path of sound) assert.ok(holds(of(path)), `seed ${seed}: a path that does not hold`);
    for (const path of clean) assert.ok(holds(of(path), world), `seed ${seed}: a path with something against it`);
    assert.equal(sound.length > 0, isThere, `seed ${seed}: a path`);
    assert.equal(clean.length > 0, isClean, `seed ${seed}: a path with nothing against it`);
    // What is against it as a CA keeps a path from going on above an anchor, and nothing else does.
    const passing = distinct.filter((path) => holds(path));
    assert.equal(sound.length, passing.length, `seed ${seed}: all paths`);
    assert.equal(
      clean.length,
      distinct.filter((path) => holds(path, world)).length,
      `seed ${seed}: all paths with nothing against them`,
    );
    assert.equal(search.bound, undefined);
    if (!isThere && found.length === 0) assert.ok(search.attempt !== undefined);
    counts.found += isThere ? 1 : 0;
    counts.clean += isClean ? 1 : 0;
    counts.none += isThere ? 0 : 1;
  }
  t.diagnostic(JSON.stringify(counts));
  assert.ok(counts.found > 150 && counts.none > 150 && counts.clean > 60);
});
