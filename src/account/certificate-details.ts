import type { CertificateDescription, CertificatePem } from "../aws/certificates.ts";
import type { Urgency } from "../aws/connection.ts";
import { unmetOf } from "../core/acm/fitness.ts";
import { type Failure, isFailure } from "../core/failure.ts";
import type { AcmCertificate } from "../core/inventory.ts";

export interface DetailsOptions {
  readonly describe: (arn: string, urgency: Urgency) => Promise<CertificateDescription | Failure>;
  readonly get: (arn: string, urgency: Urgency) => Promise<CertificatePem | Failure>;
  /** Something became known of a certificate: its details, or that there is none. */
  readonly changed: (arn: string) => void;
  readonly fault: (error: unknown) => Failure;
  readonly now: () => Date;
}

/** How many are asked for at a time; the ring that asks keeps the rate. */
const width = 4;
/** These would meet every other request as well. */
const general = new Set<Failure["failure"]>([
  "signed-out",
  "expired",
  "denied",
  "throttled",
  "offline",
  "wrong-endpoint",
]);
/** ACM has nothing to read of these. */
const withoutBody = new Set(["PENDING_VALIDATION", "VALIDATION_TIMED_OUT", "FAILED"]);

/** Details that take a call for each certificate: loaded once, and only for certificates that are looked at. */
export class CertificateDetails {
  readonly #options: DetailsOptions;
  /** By ARN. */
  readonly known = new Map<string, AcmCertificate>();
  /** ACM has none, or not any more. */
  readonly absent = new Set<string>();
  /** Of both, what was found some time ago: it holds until the next answer, which the next request asks for. */
  readonly #doubted = new Set<string>();
  readonly #failures = new Map<string, Failure>();
  readonly #underWay = new Map<string, Promise<AcmCertificate | Failure>>();
  /** In the order in which they are asked for. */
  #waiting: string[] = [];
  #isStopped = false;
  #workers = 0;

  constructor(options: DetailsOptions) {
    this.#options = options;
  }

  failureOf(arn: string): Failure | undefined {
    return this.#failures.get(arn);
  }

  /** Now, before all that waits. What failed is asked for again. */
  async one(arn: string): Promise<AcmCertificate | Failure> {
    this.#isStopped = false;
    const known = this.#doubted.has(arn) ? undefined : this.known.get(arn);
    return this.#underWay.get(arn) ?? known ?? this.#ask(arn, "awaited");
  }

  /** In the background; `soon` goes before what already waits. */
  want(arns: readonly string[], when: "soon" | "later"): void {
    if (this.#isStopped) return;
    const wanted = new Set(
      arns.filter((arn) => !this.#isSettled(arn) && !this.#failures.has(arn) && !this.#underWay.has(arn)),
    );
    if (wanted.size === 0) return;
    if (when === "soon") this.#waiting = [...wanted, ...this.#waiting.filter((arn) => !wanted.has(arn))];
    else this.#waiting = [...new Set([...this.#waiting, ...wanted])];
    this.#work();
  }

  forget(arn: string): void {
    this.known.delete(arn);
    this.absent.delete(arn);
    this.#failures.delete(arn);
    this.#doubted.delete(arn);
  }

  /** What is known of these may not be true any more: it stays until ACM was asked again, whatever becomes of that. */
  doubt(arns: Iterable<string>): void {
    for (const arn of arns) {
      this.#failures.delete(arn);
      this.#doubted.add(arn);
    }
  }

  /** A list that had it has it no more. */
  lost(arn: string): void {
    this.forget(arn);
    this.absent.add(arn);
    this.#doubted.add(arn);
  }

  /** What could not be loaded before may be available by now: the next request for it is sent again. */
  doubtFailures(): void {
    this.#failures.clear();
    this.doubt(this.absent);
    this.#isStopped = false;
  }

  /** Nothing more in the background; what is under way comes to its end. */
  stop(): void {
    this.#waiting = [];
  }

  #isSettled(arn: string): boolean {
    return (this.known.has(arn) || this.absent.has(arn)) && !this.#doubted.has(arn);
  }

  #work(): void {
    while (this.#workers < width && this.#waiting.length > 0) {
      this.#workers += 1;
      void this.#workOn().finally(() => {
        this.#workers -= 1;
      });
    }
  }

  async #workOn(): Promise<void> {
    for (let arn = this.#waiting.shift(); arn !== undefined; arn = this.#waiting.shift()) {
      if (this.#isSettled(arn) || this.#underWay.has(arn)) continue;
      const answer = await this.#ask(arn, "background");
      if (isFailure(answer) && general.has(answer.failure)) {
        this.#isStopped = true;
        this.#waiting = [];
      }
    }
  }

  #ask(arn: string, urgency: Urgency): Promise<AcmCertificate | Failure> {
    const wasDoubted = this.#doubted.delete(arn);
    const asking = this.#read(arn, urgency)
      .catch(this.#options.fault)
      .then((answer) => {
        this.#underWay.delete(arn);
        const isAnswered = !isFailure(answer) || answer.failure === "not-found";
        // What came to be doubted meanwhile is asked for anew: the answer may be from before.
        const isFromBefore = isAnswered && this.#doubted.has(arn);
        if (wasDoubted && !isAnswered) this.#doubted.add(arn);
        if (!isFailure(answer)) {
          this.#failures.delete(arn);
          this.absent.delete(arn);
          this.known.set(arn, answer);
        } else if (answer.failure === "not-found") {
          this.known.delete(arn);
          this.#failures.delete(arn);
          this.absent.add(arn);
        } else if (answer.failure !== "cancelled") this.#failures.set(arn, answer);
        else return answer;
        this.#options.changed(arn);
        if (isFromBefore) this.want([arn], "soon");
        return answer;
      });
    this.#underWay.set(arn, asking);
    return asking;
  }

  async #read(arn: string, urgency: Urgency): Promise<AcmCertificate | Failure> {
    const description = await this.#options.describe(arn, urgency);
    if (isFailure(description)) return description;
    const { certificate, subject, issuer, serial, inUseBy, failureReason } = description;
    const details = { subject, issuer, serial, inUseBy, failureReason };
    if (withoutBody.has(certificate.status ?? "")) return { ...certificate, details: { unmet: [], ...details } };
    const pem = await this.#options.get(arn, urgency);
    if (isFailure(pem)) return pem.failure === "not-found" ? { ...pem, failure: "unknown" } : pem;
    return { ...certificate, details: { unmet: unmetOf(pem.body, pem.chain, this.#options.now()), ...details } };
  }
}
