import * as l10n from "@vscode/l10n";
import type { Bundle } from "../x509/bundle/bundle.ts";
import { certificateSelection } from "../x509/bundle/selection.ts";
import { type Certificate, isCertificateAuthority } from "../x509/model.ts";
import { indexOf, isInside, mostCandidates } from "../x509/path/chain.ts";
import { certificateTitle, dateText, validityInWords } from "../x509/words/describe.ts";
import { reason, type StoreReason } from "./reason.ts";
import type { Profile } from "./targets.ts";

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
    notAfter.at !== undefined && notAfter.at < now && (notBefore.at === undefined || notBefore.at <= notAfter.at),
);

const future = atTime(
  ({ notBefore, notAfter }, now) =>
    notBefore.at !== undefined && notBefore.at > now && notAfter.at !== undefined && notAfter.at >= notBefore.at,
);

export function expiredReasons(bundle: Bundle, profile: Profile, now: Date): readonly StoreReason[] {
  const found = past(bundle, now);
  if (found.length === 0) return [];
  const index = indexOf(bundle);
  return found.map(({ index: place, certificate }) => {
    const until = certificate.notAfter.at ?? 0;
    const said = [certificateTitle(certificate), dateText(until), validityInWords(certificate, now)] as const;
    const about = { requirement: "expired", index: place } as const;
    if (hasSuccessor(certificate, index.ofSubject(certificate.subject.key), now)) {
      return reason(profile, {
        ...about,
        severity: "info",
        finds: l10n.t(
          "“{0}” was valid until {1}, it {2}; another certificate of the same key in this bundle is valid",
          ...said,
        ),
      });
    }
    if (!isCertificateAuthority(certificate))
      return reason(profile, {
        ...about,
        severity: "warning",
        finds: l10n.t("“{0}” was valid until {1}: it {2}", ...said),
      });
    // CloudFront and Application Load Balancer can be told to ignore it.
    const finds =
      profile.target === "apigateway"
        ? l10n.t("“{0}” was valid until {1}, it {2}: clients below it are kept out, and nobody is told", ...said)
        : l10n.t(
            "“{0}” was valid until {1}, it {2}: clients below it are kept out unless expiry is ignored, and nobody is told",
            ...said,
          );
    return reason(profile, { ...about, severity: "warning", finds });
  });
}

/** Whether another certificate of its subject and its key is valid: then clients get in by that one. */
function hasSuccessor(certificate: Certificate, alike: readonly Certificate[], now: Date): boolean {
  return alike
    .slice(0, mostCandidates)
    .some((other) => other !== certificate && isInside(other, now.getTime()) && isSameKey(certificate, other));
}

function isSameKey(one: Certificate, other: Certificate): boolean {
  const [a, b] = [one.publicKey.spki, other.publicKey.spki];
  if (a.end - a.start !== b.end - b.start) return false;
  for (let at = 0; at < a.end - a.start; at++) if (one.der[a.start + at] !== other.der[b.start + at]) return false;
  return true;
}

export function notYetValidReasons(bundle: Bundle, profile: Profile, now: Date): readonly StoreReason[] {
  return future(bundle, now).map(({ index, certificate }) =>
    reason(profile, {
      requirement: "not-yet-valid",
      severity: "warning",
      index,
      finds: l10n.t("“{0}” is {1}", certificateTitle(certificate), validityInWords(certificate, now)),
    }),
  );
}
