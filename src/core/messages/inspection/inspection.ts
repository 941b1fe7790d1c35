import type { Field } from "../x509/field.ts";

/** What the inspector shows, as plain data that survives a structured clone. */
export interface Inspection {
  readonly name: string;
  /**
   * What is said above everything else: that there is nothing to show, or what to do with a file that cannot be read
   * here.
   */
  readonly note: { readonly tone: Tone; readonly text: string; readonly steps: readonly string[] } | undefined;
  /** Whether a client would be accepted. `undefined`: not requested. */
  readonly acceptance?: AcceptanceAnswers | undefined;
  /** Leaf first; only chains of two or more; at most 20. */
  readonly chains: readonly (readonly ChainNode[])[];
  /** In the file's order. */
  readonly cards: readonly Card[];
}

/** Would this client be accepted? One answer for each that could be asked. */
export interface AcceptanceAnswers {
  /** The question, with the names of both sides. */
  readonly question: string;
  /** The time that it is answered for, and whether that is now. */
  readonly at: string;
  readonly answers: readonly {
    /** The service, or the standard. */
    readonly name: string;
    readonly tone: Tone;
    /** In a few words. */
    readonly answer: string;
    readonly reasons: readonly string[];
  }[];
}

export type Tone = "ok" | "info" | "warning" | "error";

export interface ChainNode {
  /** The id of its card. `undefined`: the issuer is not here, only its name is known. */
  readonly card: string | undefined;
  readonly title: string;
  readonly role: "leaf" | "intermediate" | "root" | "missing";
  /** To the next node, its issuer; absent at the end. */
  readonly link?: {
    readonly state: "valid" | "broken" | "unchecked" | "unsupported" | "missing";
    readonly text: string;
  };
}

export interface Card {
  /** Place in the file: "0", "1" …; a PKCS#7's certificates are "3.0", "3.1". */
  readonly id: string;
  readonly kind: "certificate" | "request" | "private-key" | "damaged" | "other";
  readonly title: string;
  readonly subtitle: string;
  readonly badges: readonly { readonly tone: Tone; readonly text: string }[];
  /** Zero-based. `undefined`: the file has no text to show it in. */
  readonly line: number | undefined;
  readonly fields: readonly Field[];
  readonly extensions: readonly ExtensionCard[];
  readonly problems: readonly {
    readonly severity: "error" | "warning" | "info";
    readonly rule: string;
    readonly message: string;
    readonly url: string;
  }[];
  /** Would CloudFront take this as an origin client certificate? `undefined`: the question does not arise. */
  readonly fitness:
    | { readonly fit: boolean; readonly reasons: readonly { readonly holds: boolean; readonly message: string }[] }
    | undefined;
  /** What a search looks through, in lower case. */
  readonly search: string;
}

export interface ExtensionCard {
  readonly oid: string;
  readonly name: string;
  readonly critical: boolean;
  readonly fields: readonly Field[];
  /** The bytes of its value. */
  readonly hex: string;
  readonly fault?: string;
}
