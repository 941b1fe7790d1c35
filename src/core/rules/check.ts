import { type Distribution, type Origin, readDistribution } from "../cloudfront/distribution.ts";
import { names } from "../cloudfront/origin-mtls.ts";
import { parseJson } from "../document/json/read.ts";
import type { BundleFacts, ConfigFacts, Facts } from "../facts.ts";
import type { SubjectKind, SubjectOf } from "../subjects.ts";
import { narrowUse, noUse, readUse, type Use } from "../truststore/use.ts";
import type { Bundle } from "../x509/bundle/bundle.ts";
import {
  bundleRules,
  distributionRules,
  domainNameRules,
  domainNamesRules,
  fileRules,
  listenerRules,
  namedCertificateRules,
  pemFileRules,
} from "./catalogue.ts";
import { judgeParts } from "./distribution-parts.ts";
import { movedBy } from "./kept-findings.ts";
import { judgeFor, unsoundIn } from "./piece-findings.ts";
import type { Context, Problem, Rule, RuleCard } from "./rule.ts";
import { type FaultListener, mostFindings, run } from "./run.ts";

/** What the rules find, in document order, of each rule no more than `mostFindings`. Never throws. */
export function check(facts: Facts, context: Context, onFault: FaultListener): Problem[] {
  const problems =
    facts.kind === "config" ? checkConfig(facts, context, onFault) : checkBundle(facts, context, onFault);
  return problems.sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
}

function checkConfig(facts: ConfigFacts, context: Context, onFault: FaultListener): Problem[] {
  const problems: Problem[] = [];
  if (facts.subjects.length > 0) run(fileRules, [facts], context, onFault, problems);
  const judge: Judge = {
    all: (rules, among) => run(rules, among, context, onFault, problems),
    parts: (distribution) => judgeParts(distribution, context, onFault, problems),
  };
  for (const subject of facts.subjects) checkSubject(subject, judge);
  return facts.subjects.length > 1 ? withinBounds(problems) : problems;
}

/** Of each rule no more in a whole file than in one subject. */
function withinBounds(problems: readonly Problem[]): Problem[] {
  const counts = new Map<RuleCard, number>();
  return problems.filter(({ rule }) => {
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    return count <= mostFindings;
  });
}

interface Judge {
  readonly all: <One>(rules: readonly Rule<One>[], among: readonly One[]) => void;
  readonly parts: (distribution: Distribution) => void;
}

/** The rules about each kind of subject, and about what it holds. */
const rulesAbout: { readonly [Kind in SubjectKind]: (subject: SubjectOf<Kind>, judge: Judge) => void } = {
  distribution: ({ distribution }, judge) => {
    judge.parts(distribution);
    judge.all(distributionRules, [distribution]);
  },
  "domain-names": (domainNames, judge) => {
    judge.all(domainNameRules, domainNames.domains);
    judge.all(domainNamesRules, [domainNames]);
  },
  listeners: ({ listeners }, judge) => judge.all(listenerRules, listeners),
};

function checkSubject<Kind extends SubjectKind>(subject: SubjectOf<Kind>, judge: Judge): void {
  const about: (subject: SubjectOf<Kind>, judge: Judge) => void = rulesAbout[subject.kind as Kind];
  about(subject, judge);
}

function checkBundle(facts: BundleFacts, given: Context, onFault: FaultListener): Problem[] {
  const { bundle } = facts;
  const context = { ...given, ...useOf(bundle, given) };
  const problems: Problem[] = [];
  run(pemFileRules, [facts], context, onFault, problems);
  const judge = judgeFor(context, onFault);
  const counts = new Map<RuleCard, number>();
  for (const index of unsoundIn(bundle, context, judge)) {
    const piece = bundle.pieces[index];
    const start = bundle.starts[index] ?? 0;
    for (const problem of piece === undefined ? [] : judge(piece)) {
      const count = (counts.get(problem.rule) ?? 0) + 1;
      counts.set(problem.rule, count);
      if (count <= mostFindings) problems.push(movedBy(problem, start));
    }
  }
  run(bundleRules, [bundle], context, onFault, problems);
  return problems;
}

/** The document itself knows best what it is for. */
export function useOf({ marker }: Bundle, { purpose, targets = [] }: Pick<Context, "purpose" | "targets">): Use {
  return narrowUse(marker === undefined ? noUse : readUse(marker.target), { purpose, targets });
}

/**
 * What the rules say of a certificate that is not in the document yet. The user asks for it: no setting hides it.
 * @param distribution the config it would become a part of
 */
export function checkCertificate(
  certificate: string,
  { members }: Distribution,
  context: Context,
  onFault: FaultListener,
): Problem[] {
  const origin = {
    OriginProtocolPolicy: "https-only",
    [names.block]: { [names.arn]: certificate },
  };
  const { root } = parseJson(JSON.stringify(origin), "json");
  if (root?.kind !== "object") return [];
  const alone = readDistribution(root, {
    whole: false,
    soundUpTo: Number.POSITIVE_INFINITY,
    origins: [{ node: root, custom: root }],
  });
  const within = { ...alone, members: { ...alone.members, partitions: members.partitions } };
  const problems: Problem[] = [];
  const subjects = alone.origins.map((alone): Origin => ({ ...alone, distribution: within }));
  run(
    namedCertificateRules,
    subjects,
    { ...context, settings: { ...context.settings, severities: {} } },
    onFault,
    problems,
  );
  return problems;
}
