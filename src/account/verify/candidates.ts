import * as l10n from "@vscode/l10n";
import { parseArn } from "../../core/arn.ts";
import type { Config } from "../../core/cloudfront/config.ts";
import { siteOf } from "../../core/dialect/view.ts";
import { stringOf } from "../../core/document/tree.ts";
import type { Listener } from "../../core/elb/listener.ts";
import { type Facts, subjectsOf } from "../../core/facts.ts";
import { domainNameTarget, listenerTarget, viewersTarget } from "../../core/probe/endpoint-target.ts";
import { originTarget } from "../../core/probe/origin-target.ts";
import type { LiveSubject } from "../../core/probe/proof.ts";
import type { NoTarget, ProbeTarget } from "../../core/probe/target.ts";
import type { Span } from "../../core/text.ts";
import { originLabel } from "../origin-mtls-words.ts";

/** Something of a configuration whose server can be verified, or why it cannot. */
export interface Candidate {
  /** By its place in its document. */
  readonly key: string;
  readonly role: Role;
  readonly label: string;
  readonly description: string;
  readonly target: ProbeTarget | NoTarget;
  /** Where it stands in its document. */
  readonly at: Span;
  /** Of the account. */
  readonly live?: LiveSubject;
}

/** What is verified: how CloudFront connects, or clients themselves. */
export type Role = ProbeTarget["role"];

/** In document order of each service. */
export function candidatesIn(facts: Facts | undefined): readonly Candidate[] {
  return [
    ...subjectsOf(facts, "distribution").flatMap((config, place) => candidatesOf(config, place)),
    ...subjectsOf(facts, "domain-names")
      .flatMap(({ domains }) => domains)
      .map(
        (domain, index): Candidate => ({
          key: payloadKey("domain-names", index),
          role: "endpoint",
          label: domain.name ?? siteOf(domain.node)?.resource.id ?? l10n.t("Domain name"),
          description: l10n.t("domain name"),
          target: domainNameTarget(domain),
          at: domain.node,
        }),
      ),
    ...subjectsOf(facts, "listeners")
      .flatMap(({ listeners }) => listeners)
      .map(
        (listener, index): Candidate => ({
          key: payloadKey("listeners", index),
          role: "endpoint",
          label: listenerLabel(listener),
          description: l10n.t("listener"),
          target: listenerTarget(listener),
          at: listener.node,
        }),
      ),
  ];
}

/**
 * Of one distribution.
 * @param live of the account: what it is called there, and its own domain name where that is known
 */
export function candidatesOf(
  { distribution, wrapper }: Config,
  place: number,
  live?: { readonly id: string; readonly version: string; readonly domainName: string | undefined },
): readonly Candidate[] {
  const of = live?.id ?? siteOf(distribution.node)?.resource.id ?? wrapper?.id;
  const viewers = distribution.viewerMtls;
  const subject = (origin?: string): Pick<Candidate, "live"> =>
    live === undefined
      ? {}
      : {
          live: {
            distribution: live.id,
            version: live.version,
            ...(origin === undefined ? {} : { origin }),
          },
        };
  return [
    ...distribution.origins.map(
      (origin, index): Candidate => ({
        key: originKey(place, index),
        role: "origin",
        label: originLabel(origin),
        description: stringOf(origin.domainName) ?? l10n.t("origin"),
        target: originTarget(origin, distribution, live?.domainName),
        at: origin.node,
        ...subject(origin.id),
      }),
    ),
    ...(viewers?.on !== true
      ? []
      : [
          {
            key: viewersKey(place),
            role: "endpoint" as const,
            label: of === undefined ? l10n.t("Viewers") : l10n.t("Viewers of {0}", of),
            description: l10n.t("viewer mTLS"),
            target: viewersTarget(distribution, live?.domainName),
            at: viewers.object ?? viewers.at,
            ...subject(),
          },
        ]),
  ];
}

export function originKey(place: number, index: number): string {
  return `origin ${place} ${index}`;
}

export function viewersKey(place: number): string {
  return `viewers ${place}`;
}

export function payloadKey(kind: "domain-names" | "listeners", index: number): string {
  return `${kind} ${index}`;
}

function listenerLabel({ arn, node, port }: Listener): string {
  const place = siteOf(node)?.resource.id ?? parseArn(arn ?? "")?.resource.split("/")[2];
  if (place !== undefined) return place;
  const number = port?.kind === "scalar" ? String(port.value) : undefined;
  return number === undefined ? l10n.t("Listener") : l10n.t("Listener on port {0}", number);
}
