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
}
