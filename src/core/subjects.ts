import type { DomainNames } from "./apigateway/domain-name.ts";
import type { Config } from "./cloudfront/config.ts";
import type { Listeners } from "./elb/listener.ts";

/** What a document with a tree may hold, by service: rules are written about each, and a document may hold several. */
export type Subject = Config | DomainNames | Listeners;

export type SubjectKind = Subject["kind"];

export type SubjectOf<Kind extends SubjectKind> = Extract<Subject, { readonly kind: Kind }>;

/** Of which service something is whose mutual TLS stands in a document by itself. */
export type PayloadKind = Exclude<SubjectKind, "distribution">;

/** A subject of a template as it is under other conditions, or by the defaults of parameters. */
export interface Alternative {
  readonly subject: Subject;
  /** A parameter may have another value than the default that it is judged by. */
  readonly isAssumed: boolean;
}
