import type { Bundle } from "../x509/bundle/bundle.ts";
import { certificateSelection } from "../x509/bundle/selection.ts";
import { isSameKey } from "../x509/identity.ts";
import { type Certificate, isCertificateAuthority } from "../x509/model.ts";
import { certificateCalled } from "../x509/naming.ts";
import { indexOf, isInside, mostCandidates } from "../x509/path/chain.ts";
import { durationOf, secondOf } from "../x509/validity.ts";
import { judgement, type StoreJudgement } from "./judgement.ts";
import type { StoreLimit } from "./reason.ts";
import type { Profile } from "./targets.ts";

/** Reads until when each certificate is valid: it is read once, when it is first asked for. */
export const { prepare: prepareTimes } = certificateSelection(
  ({ notBefore, notAfter }) => notBefore.at === undefined || notAfter.at === undefined,
);

/** The same question for every certificate, asked again only where the time is another. */
function atTime(
  isMeant: (certificate: Certificate, now: number) => boolean,
): (bundle: Bundle, now: Date) => ReturnType<ReturnType<typeof certificateSelection>> {
  let last: { readonly now: number; readonly select: ReturnType<typeof certificateSelection> } | undefined;
  return (bundle, date) => {
    const now = date.getTime();
    if (last?.now !== now) last = { now, select: certificateSelection((certificate) => isMeant(certificate, now)) };
    return last.select(bundle);
  };
}

const past = atTime(
  ({ notBefore, notAfter }, now) =>
    notAfter.at !== undefined &&
    notAfter.at < secondOf(now) &&
    (notBefore.at === undefined || notBefore.at <= notAfter.at),
);

const future = atTime(
  ({ notBefore, notAfter }, now) =>
    notBefore.at !== undefined && notBefore.at > now && notAfter.at !== undefined && notAfter.at >= notBefore.at,
);

export function judgeExpired(bundle: Bundle, profile: Profile, now: Date): readonly StoreJudgement[] {
  const found = past(bundle, now);
  if (found.length === 0) return [];
  const index = indexOf(bundle);
  return found.map(({ index: place, certificate }) => {
    const until = certificate.notAfter.at ?? 0;
    const args = {
      title: certificateCalled(certificate),
      until: new Date(until),
      ago: durationOf(now.getTime() - until),
    };
    const about = { requirement: "expired", index: place } as const;
    if (hasSuccessor(certificate, index.ofSubject(certificate.subject.key), now))
      return judgement(profile, { ...about, severity: "info", found: { code: "store:expired-with-successor", args } });
    if (!isCertificateAuthority(certificate))
      return judgement(profile, { ...about, severity: "warning", found: { code: "store:expired", args } });
    return judgement(profile, {
      ...about,
      severity: "warning",
      found: { code: "store:expired-authority", args },
      limit: belowExpired(profile),
    });
  });
}

/** CloudFront and Application Load Balancer can be told to ignore it; no page on Network Load Balancers mentions it. */
function belowExpired({ target, name }: Profile): StoreLimit | undefined {
  if (target === "nlb") return undefined;
  const code = target === "apigateway" ? "store:rejects-below-expired" : "store:rejects-below-expired-unless-ignored";
  return { code, args: { services: [name] } };
}

/** Whether another certificate of its subject and its key is valid: then clients get in by that one. */
function hasSuccessor(certificate: Certificate, alike: readonly Certificate[], now: Date): boolean {
  return alike
    .slice(0, mostCandidates)
    .some((other) => other !== certificate && isInside(other, now.getTime()) && isSameKey(certificate, other));
}

export function judgeNotYetValid(bundle: Bundle, profile: Profile, now: Date): readonly StoreJudgement[] {
  return future(bundle, now).map(({ index, certificate }) => {
    const from = certificate.notBefore.at ?? 0;
    return judgement(profile, {
      requirement: "not-yet-valid",
      severity: "warning",
      index,
      found: {
        code: "store:not-yet-valid",
        args: {
          title: certificateCalled(certificate),
          from: new Date(from),
          wait: durationOf(from - now.getTime()),
        },
      },
    });
  });
}
