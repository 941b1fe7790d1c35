/** A certificate and its chain as ACM has them, in PEM. */
export interface AcmText {
  readonly name: string;
  readonly text: string;
}
