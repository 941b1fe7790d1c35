// What the page of a live change shows: plain data, in whole sentences, with what is secret masked. Nothing in it is
// markup.

/**
 * `review`: it waits for a decision. `sending`, `deploying`, `reading`: a call is under way. `left`: nothing more
 * happens here; whether something was changed, the messages say.
 */
export type Phase = "planning" | "review" | "sending" | "deploying" | "reading" | "done" | "failed" | "left";

export type Tone = "ok" | "info" | "warning" | "error";

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface PageLine {
  readonly tone: Tone | undefined;
  /** Its number, in an order that has to be kept. */
  readonly step?: string | undefined;
  readonly text: string;
  readonly detail: string | undefined;
}

/** `undefined` before: it is added; after: it is removed. */
export interface ChangedMember {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Said in place of values that are not shown. */
  readonly note: string | undefined;
}

export interface Changes {
  readonly members: readonly ChangedMember[];
  /** How many more there are, in the diff alone. */
  readonly left: number;
}

export interface PageProblem {
  readonly severity: "error" | "warning" | "info";
  readonly rule: string;
  readonly message: string;
  readonly url: string;
}

export interface PageProblems {
  readonly problems: readonly PageProblem[];
  /** How many more there are, in the diff alone. */
  readonly left: number;
}

/** A tool that owns the resource, and the change as its template says it. */
export interface PageOwner {
  readonly text: string;
  /** `undefined`: the change cannot be said so. */
  readonly template: { readonly format: string; readonly text: string } | undefined;
}

/** What was planned, and is to be decided on. */
export interface PagePlan {
  /** What will happen, in one sentence. */
  readonly sentence: string;
  /** The version that it was planned on. */
  readonly version: Fact;
  /** What another update changed since the change was planned last. */
  readonly meanwhile: { readonly text: string; readonly changes: Changes } | undefined;
  readonly changes: Changes;
  /** Who is cut off, and who gets in. */
  readonly clients: readonly PageLine[];
  /** What has to be done outside, in order. */
  readonly required: readonly PageLine[];
  /** What else to know before. */
  readonly notes: readonly PageLine[];
  readonly introduced: PageProblems;
  readonly standing: PageProblems;
  /** Plans and prices that it needs, each a sentence. */
  readonly plans: readonly string[];
  readonly owner: PageOwner | undefined;
}

export interface PageStep {
  readonly label: string;
  readonly state: "next" | "sending" | "deploying" | "reading" | "done" | "failed" | "unknown" | "refused";
  /** What there is to say of the state. */
  readonly text: string;
}

export interface PageMessage {
  readonly id: number;
  readonly tone: Tone;
  readonly text: string;
  /** In AWS's own words. */
  readonly said: { readonly code: string; readonly message: string } | undefined;
  readonly diagnosis: string | undefined;
  readonly standing: string | undefined;
  readonly answers: readonly string[];
}

/** What a button of the page does. */
export type PageActionId = "apply" | "file" | "commands" | "template" | "change" | "diff" | "discard" | "stop";

export interface PageAction {
  readonly action: PageActionId;
  readonly label: string;
  readonly isEnabled: boolean;
  /** The one that the page is about. */
  readonly isMain: boolean;
}

export interface ReviewPage {
  readonly title: string;
  readonly phase: Phase;
  /** How it stands, in a sentence. */
  readonly status: string;
  readonly tone: Tone;
  /** To what: profile, account, region, resource, version. */
  readonly facts: readonly Fact[];
  readonly plan: PagePlan | undefined;
  /** What is confirmed before it can be applied, each a sentence; none: nothing is to be confirmed. */
  readonly consequences: readonly string[];
  readonly isConfirmed: boolean;
  /** Why it cannot be applied. */
  readonly blocked: string | undefined;
  /** Which plan it shows: each is decided on by itself. */
  readonly round: number;
  readonly steps: readonly PageStep[];
  /** The latest first. */
  readonly messages: readonly PageMessage[];
  readonly actions: readonly PageAction[];
}

/** What a person does on the page. */
export type Act =
  | {
      readonly kind: "press";
      readonly action: PageActionId /** Of the page that it was pressed on. */;
      readonly round: number;
    }
  | { readonly kind: "confirm"; readonly isConfirmed: boolean; readonly round: number }
  | { readonly kind: "answer"; readonly message: number; readonly answer: string };
