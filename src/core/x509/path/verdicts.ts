import type { Certificate } from "../model.ts";

export type Verdict = "valid" | "invalid" | "unsupported";

export interface SignatureVerdicts {
  /** `undefined`: not known yet. */
  of(issuer: Certificate, subject: Certificate): Verdict | undefined;
}

export const noVerdicts: SignatureVerdicts = { of: () => undefined };

export interface SignaturePair {
  readonly issuer: Certificate;
  readonly subject: Certificate;
  /** Likelier issuers: where one of them signed it, this one need not be looked at. */
  readonly before?: readonly Certificate[];
}

/** Whether the verdict on it is not known, and would tell something. */
export function isOpenPair({ issuer, subject, before = [] }: SignaturePair, verdicts: SignatureVerdicts): boolean {
  return (
    verdicts.of(issuer, subject) === undefined && !before.some((likelier) => verdicts.of(likelier, subject) === "valid")
  );
}
