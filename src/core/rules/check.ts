import { type Distribution, type Origin, readDistribution } from "../cloudfront/distribution.ts";
import { parseJson } from "../document/json.ts";
import type { BundleFacts, ConfigFacts, Facts, Payload } from "../facts.ts";
import { narrowUse, noUse, readUse, type Use } from "../truststore/use.ts";
import type { Bundle } from "../x509/bundle/bundle.ts";
import {
  behaviorRules,
  bundleRules,
  distributionRules,
  domainNameRules,
  domainNamesRules,
  fileRules,
  listenerRules,
  namedCertificateRules,
  originRules,
  pemFileRules,
} from "./catalogue.ts";
import { judgeFor, shifted, unsoundIn } from "./piece-findings.ts";
import type { Context, Problem, RuleCard } from "./rule.ts";
import { type FaultListener, mostFindings, run } from "./run.ts";

/** What the rules find, in document order, of each rule no more than `mostFindings`. Never throws. */
export function check(facts: Facts, context: Context, onFault: FaultListener): Problem[] {
  const problems =
    facts.kind === "config" ? checkConfig(facts, context, onFault) : checkBundle(facts, context, onFault);
  return problems.sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
}

function checkConfig(facts: ConfigFacts, context: Context, onFault: FaultListener): Problem[] {
  if (facts.payload !== undefined) return checkPayload(facts, facts.payload, context, onFault);
  if (facts.config === undefined) return [];
  const { distribution } = facts.config;
  const problems: Problem[] = [];
  run(fileRules, [facts], context, onFault, problems);
  run(originRules, distribution.origins, context, onFault, problems);
  run(behaviorRules, distribution.behaviors, context, onFault, problems);
  run(distributionRules, [distribution], context, onFault, problems);
  return problems;
}

function checkPayload(facts: ConfigFacts, payload: Payload, context: Context, onFault: FaultListener): Problem[] {
  const problems: Problem[] = [];
  run(fileRules, [facts], context, onFault, problems);
  if (payload.kind === "domain-names") {
    run(domainNameRules, payload.domainNames.domains, context, onFault, problems);
    run(domainNamesRules, [payload.domainNames], context, onFault, problems);
  } else run(listenerRules, payload.listeners.listeners, context, onFault, problems);
  return problems;
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
      if (count <= mostFindings) problems.push(shifted(problem, start));
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
  { dialect, members }: Distribution,
  context: Context,
  onFault: FaultListener,
): Problem[] {
  const origin = {
    OriginProtocolPolicy: "https-only",
    [dialect.originMtlsConfig]: { [dialect.clientCertificateArn]: certificate },
  };
  const { root } = parseJson(JSON.stringify(origin), "json");
  if (root?.kind !== "object") return [];
  const alone = readDistribution(root, dialect, {
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
