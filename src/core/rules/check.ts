import { type Distribution, type Origin, readDistribution } from "../cloudfront/distribution.ts";
import { names } from "../cloudfront/origin-mtls.ts";
import { seen } from "../dialect/view.ts";
import { parseJson } from "../document/json/read.ts";
import type { BundleFacts, ConfigFacts, Facts } from "../facts.ts";
import { kindOf } from "../kinds.ts";
import { finish, perStep, type Steps, sortedInSteps } from "../steps.ts";
import type { Subject, SubjectKind, SubjectOf } from "../subjects.ts";
import type { Template } from "../template/template.ts";
import { judgeStoreInSteps } from "../truststore/fitness.ts";
import { prepareStore } from "../truststore/prepare.ts";
import { documentedTargets, type Target } from "../truststore/targets.ts";
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
import { isSameContext, keepFindings, movedBy } from "./kept-findings.ts";
import { judgeFor, unsoundIn } from "./piece-findings.ts";
import type { Context, Problem, Rule, RuleCard } from "./rule.ts";
import { type FaultListener, type Judging, mostFindings, run, withinBounds } from "./run.ts";
import { inTemplate } from "./template-problems.ts";

/** What the rules find, in document order, of each rule no more than `mostFindings`. Never throws. */
export function check(facts: Facts, context: Context, onFault: FaultListener): Problem[] {
  return finish(checkInSteps(facts, context, onFault));
}

/**
 * The same, for a large document. What is found in a part is kept with it, and is right by itself: whoever stops has
 * spoilt nothing.
 * @param most findings of one rule
 */
export function* checkInSteps(
  facts: Facts,
  context: Context,
  onFault: FaultListener,
  most = mostFindings,
): Steps<Problem[]> {
  const judging = { context, onFault, most };
  const problems = yield* facts.kind === "config" ? checkConfig(facts, judging) : checkBundle(facts, judging);
  return yield* sortedInSteps(problems, ({ at: a }, { at: b }) => a.start - b.start || a.end - b.end);
}

function* checkConfig(facts: ConfigFacts, judging: Judging): Steps<Problem[]> {
  if (facts.template !== undefined) return yield* checkTemplate(facts, facts.template, judging);
  const problems: Problem[] = [];
  if (facts.subjects.length > 0) yield* run(fileRules, [facts], judging, problems);
  const judge: Judge = {
    all: (rules, among) => run(rules, among, judging, problems),
    parts: (distribution) => judgeParts(distribution, judging, problems),
  };
  for (const subject of facts.subjects) yield* checkSubject(subject, judge);
  // Of each rule no more in a whole file than in one subject.
  return facts.subjects.length > 1 ? withinBounds(problems, judging.most) : problems;
}

function* checkTemplate(facts: ConfigFacts, template: Template, judging: Judging): Steps<Problem[]> {
  const problems: Problem[] = [];
  if (facts.subjects.length > 0) yield* run(fileRules, [facts], judging, problems);
  for (const subject of facts.subjects) for (const problem of yield* foundIn(subject, judging)) problems.push(problem);
  yield* checkAlternatives(facts, judging, problems);
  return inTemplate(withinBounds(problems, judging.most), template, facts);
}

interface JudgedBy {
  readonly subject: Subject;
  readonly context: Context;
  readonly most: number;
}

/** A resource that is as it was, with all that it asks of its template, has the same subjects. */
const inSubjects = keepFindings<JudgedBy, Problem>(
  (before, now) =>
    before.subject === now.subject && before.most === now.most && isSameContext(before.context, now.context),
);

/** What is found in one subject of a template. After an edit only those are looked at that it concerns. */
function* foundIn(subject: Subject, judging: Judging): Steps<readonly Problem[]> {
  const { context, most } = judging;
  const node = kindOf(subject).nodeOf(subject);
  const by = { subject, context, most };
  const known = node.kind === "object" ? inSubjects.of(node, by) : undefined;
  if (known !== undefined) return known;
  const found: Problem[] = [];
  let isSound = true;
  const onFault: FaultListener = (rule, error) => {
    isSound = false;
    judging.onFault(rule, error);
  };
  yield* checkSubject(subject, {
    all: (rules, among) => run(rules, among, { context, most, onFault }, found),
    parts: (distribution) => judgeParts(distribution, { context, most, onFault }, found),
  });
  if (isSound && node.kind === "object") inSubjects.keep(node, by, found);
  return found;
}

/** Adds what is found only under other conditions, or only by the defaults of parameters. */
function* checkAlternatives({ alternatives }: ConfigFacts, judging: Judging, problems: Problem[]): Steps<void> {
  const known = new Set(problems.map(markOf));
  for (const { subject, isAssumed } of alternatives) {
    for (const problem of yield* foundIn(subject, judging)) {
      const mark = markOf(problem);
      if (known.has(mark)) continue;
      known.add(mark);
      problems.push(isAssumed ? assumed(problem) : problem);
    }
  }
}

/** Another value may be given: it is no error, and nothing that is known may be changed for it. */
function assumed({ fixes: _, ...problem }: Problem): Problem {
  const { at, severity, related = [] } = problem;
  const given = seen(at)?.raw;
  const isElsewhere = given !== undefined && given.start !== at.start;
  return {
    ...problem,
    severity: severity === "error" ? "warning" : severity,
    ...(isElsewhere ? { related: [...related, { at: given, reason: { code: "related:default" } }] } : {}),
  };
}

function markOf({ rule, at, reason }: Problem): string {
  return [rule.id, at.start, at.end, JSON.stringify(reason)].join(" ");
}

interface Judge {
  readonly all: <One>(rules: readonly Rule<One>[], among: readonly One[]) => Steps<void>;
  readonly parts: (distribution: Distribution) => Steps<void>;
}

/** The rules about each kind of subject, and about what it holds. */
const rulesAbout: { readonly [Kind in SubjectKind]: (subject: SubjectOf<Kind>, judge: Judge) => Steps<void> } = {
  *distribution({ distribution }, judge) {
    yield* judge.parts(distribution);
    yield* judge.all(distributionRules, [distribution]);
  },
  *"domain-names"(domainNames, judge) {
    yield* judge.all(domainNameRules, domainNames.domains);
    yield* judge.all(domainNamesRules, [domainNames]);
  },
  listeners: ({ listeners }, judge) => judge.all(listenerRules, listeners),
};

function checkSubject<Kind extends SubjectKind>(subject: SubjectOf<Kind>, judge: Judge): Steps<void> {
  const about: (subject: SubjectOf<Kind>, judge: Judge) => Steps<void> = rulesAbout[subject.kind as Kind];
  return about(subject, judge);
}

function* checkBundle(facts: BundleFacts, given: Judging): Steps<Problem[]> {
  const { bundle } = facts;
  const { most, onFault } = given;
  const context = { ...given.context, ...useOf(bundle, given.context) };
  const judging = { ...given, context };
  const problems: Problem[] = [];
  const { purpose, targets = [] } = context;
  if (purpose === "trust-store") yield* prepareRules(bundle, targets.length > 0 ? targets : documentedTargets, context);
  yield* run(pemFileRules, [facts], judging, problems);
  const judges = judgeFor(context, onFault);
  const counts = new Map<RuleCard, number>();
  let looked = 0;
  for (const index of yield* unsoundIn(bundle, context, judges)) {
    if (++looked % perStep === 0) yield;
    const piece = bundle.pieces[index];
    const start = bundle.starts[index] ?? 0;
    if (piece === undefined || judges.rulesAgainst(piece).every((rule) => (counts.get(rule) ?? 0) >= most)) continue;
    for (const problem of judges.foundIn(piece)) {
      const count = (counts.get(problem.rule) ?? 0) + 1;
      counts.set(problem.rule, count);
      if (count <= most) problems.push(movedBy(problem, start));
    }
  }
  yield* run(bundleRules, [bundle], judging, problems);
  return problems;
}

/** What rules about a large trust store ask of all that is in it. */
function* prepareRules(bundle: Bundle, concerned: readonly Target[], { now, fingerprint }: Context): Steps<void> {
  yield* prepareStore(bundle, concerned);
  for (const target of concerned) yield* judgeStoreInSteps(bundle, target, "root", now, { fingerprint });
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
  const alone = finish(
    readDistribution(root, {
      whole: false,
      soundUpTo: Number.POSITIVE_INFINITY,
      origins: [{ node: root, custom: root }],
    }),
  );
  const within = { ...alone, members: { ...alone.members, partitions: members.partitions } };
  const problems: Problem[] = [];
  const subjects = alone.origins.map((alone): Origin => ({ ...alone, distribution: within }));
  const shownAll = { ...context, settings: { ...context.settings, severities: {} } };
  finish(run(namedCertificateRules, subjects, { context: shownAll, onFault, most: mostFindings }, problems));
  return problems;
}
