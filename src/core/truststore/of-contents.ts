import { certificateSelection } from "../x509/bundle/selection.ts";
import { isCertificateAuthority } from "../x509/model.ts";
import { certificateCalled } from "../x509/naming.ts";
import { contentFindings, mayBeDisputed } from "../x509/path/content-faults.ts";
import type { Finding } from "../x509/path/facts.ts";
import { type Judge, judgement, type StoreJudgement } from "./judgement.ts";
import type { StoreLimit } from "./reason.ts";
import type { Profile } from "./targets.ts";

// What a certificate of the store says of itself, as acceptance judges it: a client gets in by none that is never
// valid, and programs do not agree on those that are damaged or have critical extensions that they may not know.

const never = certificateSelection(
  ({ notBefore, notAfter }) => notBefore.at === undefined || notAfter.at === undefined || notAfter.at < notBefore.at,
);

export const judgeValidity: Judge = (bundle, profile) =>
  never(bundle).map(({ index, certificate }) => {
    const isRead = certificate.notBefore.at !== undefined && certificate.notAfter.at !== undefined;
    return judgement(profile, {
      requirement: "validity",
      severity: "warning",
      index,
      found: {
        code: isRead ? "store:never-valid" : "path:validity-unreadable",
        args: { title: certificateCalled(certificate) },
      },
    });
  });

const disputable = certificateSelection(mayBeDisputed);

export const judgeDamage: Judge = (bundle, profile) =>
  disputable(bundle).flatMap(({ index, certificate }) => {
    const finding = contentFindings(certificate).find(isDamage);
    return finding === undefined ? [] : [ofFinding(profile, "damage", index, finding)];
  });

export const judgeContents: Judge = (bundle, profile) =>
  disputable(bundle).flatMap(({ index, certificate }) =>
    (isCertificateAuthority(certificate) ? contentFindings(certificate) : [])
      .filter((finding) => finding.weight !== "told" && !isDamage(finding) && !isOffCurve(finding))
      .map((finding) => ofFinding(profile, "content", index, finding)),
  );

/** What is no certificate as its grammar has it. A point off its curve is a requirement of its own. */
function isDamage({ kind, fact }: Finding): boolean {
  return kind === "repeated-extension" || fact.code === "path:name-constraints-unreadable" || kind === "unreadable";
}

function isOffCurve({ fact }: Finding): boolean {
  return fact.code === "path:damaged" && fact.args.fault.code === "der:not-on-curve";
}

function ofFinding(
  profile: Profile,
  requirement: StoreJudgement["requirement"],
  index: number,
  { fact }: Finding,
): StoreJudgement {
  // Of name constraints that are not as RFC 5280 has them, those of hosts with a period in front are in wide use.
  const severity = fact.code === "path:odd-name-constraints" ? "info" : "warning";
  return judgement(profile, { requirement, severity, index, found: fact, limit: notByAll(profile) });
}

export function notByAll({ name }: Profile): StoreLimit {
  return { code: "store:not-by-all", args: { services: [name] } };
}
