import { X509Certificate } from "node:crypto";
import { type AcceptanceAnswer, type AcceptanceQuestion, acceptance } from "../../src/core/truststore/acceptance.ts";
import type { Certificate } from "../../src/core/x509/model.ts";
import type { SignaturePair, Verdict } from "../../src/core/x509/path/verdicts.ts";
import { SignatureChecker } from "../../src/platform/node/crypto.ts";
import { basicConstraints } from "../core/x509/der-writer.ts";
import { createCa, createLeaf, type Issued, keysOf, read } from "../core/x509/pki.ts";
import { compare, type Ratio } from "./measure.ts";

interface Fixture {
  readonly id: string;
  readonly name: string;
  readonly question: AcceptanceQuestion;
  readonly verdict: AcceptanceAnswer["rfc5280"]["verdict"];
  readonly target: number;
}

const at = new Date("2026-06-01T00:00:00Z");

function question(client: Issued, presented: readonly Issued[], store: readonly Issued[]): AcceptanceQuestion {
  const of = (issued: readonly Issued[]) => issued.map(({ certificate }) => certificate);
  return { client: client.certificate, presented: of(presented), store: of(store), at };
}

/** Two intermediates, and a root among those of everybody else. */
function ordinary(): AcceptanceQuestion {
  const roots = Array.from({ length: 144 }, (_, index) =>
    createCa({ subject: `CN=Root ${index},O=Example,C=US`, keys: keysOf("p256", index) }),
  );
  const [root = createCa()] = roots;
  const upper = createCa({ subject: "CN=Upper", issuer: root, keys: keysOf("p256", 200) });
  const lower = createCa({ subject: "CN=Lower", issuer: upper, keys: keysOf("p256", 201) });
  return question(createLeaf({ issuer: lower }), [lower, upper], roots);
}

/**
 * As many CAs of one name as API Gateway takes; the one that signed is the last, and nothing else tells which it is.
 */
function sameName(keys: number, notAfter: string): AcceptanceQuestion {
  const store = Array.from({ length: 1000 }, (_, index) =>
    createCa({
      subject: "CN=CA",
      keys: keysOf("p256", index % keys),
      only: [basicConstraints(true)],
      parts: { notAfter },
    }),
  );
  const issuer = store.at(-1) ?? createCa();
  return question(createLeaf({ issuer, only: [] }), [], store);
}

/** CAs that all certify each other, and none that is trusted. */
function crossed(): AcceptanceQuestion {
  const selves = Array.from({ length: 10 }, (_, index) =>
    createCa({ subject: `CN=Crossed ${index}`, keys: keysOf("p256", 300 + index) }),
  );
  const certificates = selves.flatMap((to) =>
    selves.flatMap((from) => (to === from ? [] : [createCa({ subject: to.subject, keys: to.keys, issuer: from })])),
  );
  const [first = createCa()] = selves;
  return question(createLeaf({ issuer: first }), certificates, [createCa({ subject: "CN=Nobody's" })]);
}

function answer(asked: AcceptanceQuestion): {
  readonly answer: AcceptanceAnswer;
  readonly pairs: readonly SignaturePair[];
} {
  const checker = new SignatureChecker();
  const search = acceptance(asked);
  const pairs: SignaturePair[] = [];
  let verdict: Verdict | undefined;
  for (;;) {
    const step = search.next(verdict);
    if (step.done === true) return { answer: step.value, pairs };
    if (step.value !== undefined) pairs.push(step.value);
    verdict = step.value && checker.check(step.value.issuer, step.value.subject);
  }
}

export function pathRatios(): Ratio[] {
  const fixtures: readonly Fixture[] = [
    {
      id: "path-ordinary",
      name: "a client three below one of 144 roots",
      question: ordinary(),
      verdict: "accepted",
      target: 1.5,
    },
    {
      id: "path-same-name",
      name: "1,000 CAs of one name, each with its key",
      question: sameName(1000, "20340101000000Z"),
      // OpenSSL takes the first of them and does not come back.
      verdict: "undocumented",
      target: 2.5,
    },
    {
      id: "path-expired",
      name: "1,000 expired CAs of one name and one key",
      question: sameName(1, "20250101000000Z"),
      verdict: "undocumented",
      target: 2.5,
    },
    {
      id: "path-crossed",
      name: "90 CAs that certify each other: given up",
      question: crossed(),
      verdict: "gave-up",
      target: 10,
    },
  ];
  return fixtures.flatMap(({ id, name, question: asked, verdict, target }) => {
    const { answer: found, pairs } = answer(asked);
    const { rfc5280 } = found;
    if (rfc5280.verdict !== verdict) throw new Error(`${name}: ${rfc5280.verdict}`);
    const all = new Set([asked.client, ...asked.presented, ...asked.store]);
    // Whoever asks node:crypto reads all certificates too, and is told here which pairs are worth a look.
    const checkAll = (): number => {
      const nodes = new Map<Certificate, X509Certificate>();
      for (const certificate of all) nodes.set(certificate, new X509Certificate(certificate.der));
      const isValid = ({ issuer, subject }: SignaturePair): boolean => {
        const [above, below] = [nodes.get(issuer), nodes.get(subject)];
        return above !== undefined && below !== undefined && below.checkIssued(above) && below.verify(above.publicKey);
      };
      return pairs.filter(isValid).length;
    };
    const again = ({ der }: Certificate): Certificate => read(der);
    const answerAll = () =>
      answer({ client: again(asked.client), presented: asked.presented.map(again), store: asked.store.map(again), at })
        .answer;
    const described = `${name} (${rfc5280.work.signatures} signatures, ${rfc5280.work.paths} ways)`;
    return compare(
      { id, name: `${described}: read, and all answers / node:crypto constructs, checkIssued and verify`, target },
      answerAll,
      checkAll,
      11,
    );
  });
}
