import type { ExtensionPlaces } from "./extensions.ts";

/** Where the parts of a certificate begin. */
export interface Layout {
  readonly tbs: number;
  readonly version: number;
  readonly serial: number;
  readonly signatureAlgorithm: number;
  readonly issuer: number;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly subject: number;
  readonly publicKey: number;
  readonly outerSignatureAlgorithm: number;
  readonly signature: number;
  readonly extensions: ExtensionPlaces | undefined;
  /** Certain that `faults` are none, and that both signature algorithms are the same; `false`: not looked yet. */
  readonly isFaultless: boolean;
  /** Behind all of it. */
  readonly end: number;
}
