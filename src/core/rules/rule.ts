import type { Change } from "../document/change.ts";
import type { Inventory } from "../inventory.ts";
import type { Reason, ReasonOf, Says, SharedReason } from "../reason.ts";
import type { Span } from "../text.ts";
import type { Target } from "../truststore/targets.ts";
import type { Purpose } from "../truststore/use.ts";
import type { Content, Piece } from "../x509/bundle/bundle.ts";
import type { SignatureVerdicts } from "../x509/path/verdicts.ts";

/**
 * `error`: AWS refuses it or it cannot work. `warning`: works today, should not be relied on. `info`: worth knowing.
 */
export type Severity = "error" | "warning" | "info";

export interface RuleCard {
  /** `subject/name`: its path below `core/rules/`, its folder below `test/rules/`, the diagnostic's code. */
  readonly id: string;
  /** The highest a finding of this rule may have. */
  readonly severity: Severity;
  /** What must hold, in one sentence. */
  readonly requires: string;
  readonly source: Source;
  /** Its sentences, by the codes of its reasons; those that it shares with others stand in core/messages. */
  readonly says?: Says;
}

export interface Source {
  readonly title: string;
  readonly url: string;
}

export interface Rule<Subject, Sentences extends Says = Says> extends RuleCard {
  /** Spelled out for the compiler: a rule with sentences of its own counts as one of any. */
  readonly says?: { readonly [Code in keyof Sentences]: Sentences[Code] };
  /** False where it is plain that `check` finds nothing: asked of thousands of subjects, most of which pass. */
  concerns?(subject: Subject, context: Context): boolean;
  /** Yields what is wrong; nothing yielded means that the subject passes, or that the rule does not concern it. */
  check(subject: Subject, context: Context): Iterable<Finding<ReasonFor<Sentences>>>;
}

export interface Context {
  readonly now: Date;
  readonly settings: RuleSettings;
  /** What the file is for, as set outside of it; a marker in the document itself wins. */
  readonly purpose: Purpose;
  /** The services that a trust store is for, likewise; none: not set. */
  readonly targets?: readonly Target[];
  /** SHA-256 in upper-case hex, of which core has none: without it, public roots cannot be told from others. */
  readonly fingerprint?: (der: Uint8Array) => string;
  /** Worked out off the critical path: rules run again when there are more. */
  readonly signatures?: SignatureVerdicts;
  /** What is known of the account that the user is connected to. */
  readonly inventory?: Inventory;
  /** The config is about to replace another one, which the document itself need not say. */
  readonly isUpdate?: boolean;
  /** Names of members that the service itself sent: unknown to us, and not a mistake of the user. */
  readonly servedMembers?: ReadonlySet<string>;
}

/** A block that holds a certificate. */
export type CertificatePiece = Piece & { readonly content: Extract<Content, { readonly kind: "certificate" }> };

export interface RuleSettings {
  /** A certificate that expires sooner is reported. */
  readonly expiryWarningDays: number;
  /** By rule id: another severity, or none of its findings. */
  readonly severities: Readonly<Record<string, Severity | "off">>;
}

export interface Finding<Given = Reason> {
  readonly at: Span;
  readonly reason: Given;
  /** Lower than the card's, never higher. */
  readonly severity?: Severity;
  /** The page that says it, where that is another than the card's. */
  readonly source?: Source;
  /** The origin it is about, by its id: what a suppression names. */
  readonly origin?: string | undefined;
  /** The certificate it is about, as `certificateMark` names it: what a suppression names. */
  readonly certificate?: string | undefined;
  readonly related?: readonly Related<Given>[];
  readonly fixes?: readonly Fix<Given>[];
}

export interface Related<Given = Reason> {
  readonly at: Span;
  readonly reason: Given;
}

/** What a rule may say: its own reasons, and those that others share. */
type ReasonFor<Sentences extends Says> = string extends keyof Sentences ? Reason : ReasonOf<Sentences> | SharedReason;

export interface Fix<Given = Reason> {
  /** What it is called. */
  readonly reason: Given;
  /** May run unseen in "fix all": there is no guess in it. */
  readonly safe: boolean;
  readonly changes: readonly Change[];
}

/** A finding with the rule that made it, ready to be shown. */
export interface Problem extends Finding {
  readonly rule: RuleCard;
  readonly severity: Severity;
}

/** Where it is written. */
export function sourceOf({ source, rule }: Pick<Problem, "source" | "rule">): Source {
  return source ?? rule.source;
}
