import * as l10n from "@vscode/l10n";
import type { Explanation } from "../core/dialect/assist.ts";
import type { LiveDistribution } from "../core/inventory.ts";
import { momentText } from "../core/messages/format.ts";
import { tell } from "../core/messages/tell.ts";
import { describeExpiry, verdictSentences } from "../core/messages/verdict.ts";
import { listed, shown } from "../core/messages/x509/describe.ts";
import type { Reason } from "../core/reason.ts";
import type { Judged, JudgedDistribution, JudgedOrigin } from "./judged.ts";
import { colours, count, facts, type Icon, joined, type Words } from "./row-words.ts";

export function distributionWords(judged: JudgedDistribution): Words {
  const { distribution, name, origins, broken, expiring } = judged;
  const { id } = distribution;
  return {
    kind: l10n.t("Distribution"),
    label: name,
    description: joined([
      problemsInShort(judged),
      deployment(distribution),
      distribution.enabled ? undefined : l10n.t("disabled"),
      origins.length === 1 && broken + expiring > 0 ? undefined : originMtlsInShort(origins),
      viewerMtls(distribution),
      ...kinds(distribution),
      name === id ? undefined : id,
    ]),
    icon:
      broken > 0
        ? { id: "error", colour: colours.bad }
        : expiring > 0
          ? { id: "warning", colour: colours.warning }
          : distributionIcon(judged),
  };
}

function distributionIcon({ distribution, origins }: JudgedDistribution): Icon {
  if (!distribution.enabled) return { id: "circle-slash", colour: colours.quiet };
  if (origins.some(({ state }) => state.state === "on")) return { id: "shield", colour: colours.good };
  return { id: origins.some(({ state }) => state.state === "unverified") ? "shield" : "globe" };
}

function problemsInShort({ broken, expiring }: JudgedDistribution): string {
  return joined([
    broken === 0
      ? undefined
      : broken === 1
        ? l10n.t("origin mTLS broken")
        : l10n.t("origin mTLS broken for {0} origins", count(broken)),
    expiring === 0
      ? undefined
      : expiring === 1
        ? l10n.t("client certificate expires soon")
        : l10n.t("{0} client certificates expire soon", count(expiring)),
  ]);
}

function deployment({ status }: LiveDistribution): string | undefined {
  if (status === "Deployed") return undefined;
  return status === "InProgress" ? l10n.t("deploying") : l10n.t("status {0}", shown(status, 40) || "?");
}

function originMtlsInShort(origins: readonly JudgedOrigin[]): string | undefined {
  const on = origins.filter(({ state }) => state.state !== "off" && state.state !== "cannot").length;
  if (on === 0) return undefined;
  return origins.length === 1
    ? l10n.t("origin mTLS")
    : l10n.t("mTLS for {0} of {1} origins", count(on), count(origins.length));
}

function viewerMtls({ viewerMtls: viewers }: LiveDistribution): string | undefined {
  if (viewers === undefined) return undefined;
  return viewers.mode === undefined ? l10n.t("viewer mTLS") : l10n.t("viewer mTLS {0}", shown(viewers.mode, 40));
}

function kinds({ staging, connectionMode }: LiveDistribution): readonly (string | undefined)[] {
  return [
    staging ? l10n.t("staging") : undefined,
    connectionMode === "tenant-only" ? l10n.t("tenants only") : undefined,
  ];
}

export function explainDistribution(judged: JudgedDistribution): Explanation {
  const { distribution, name, origins } = judged;
  const {
    id,
    arn,
    domainName,
    aliases,
    comment,
    status,
    enabled,
    lastModified,
    etag,
    httpVersion,
    viewerCertificate,
    viewerMtls: viewers,
  } = distribution;
  const wrong = origins.flatMap(({ origin, state }) =>
    state.state === "broken" ? [l10n.t("{0}: {1}", shown(origin.id, 100), inSentences(state.reasons))] : [],
  );
  const soon = origins.flatMap(({ origin, expiring }) =>
    expiring === undefined ? [] : [l10n.t("{0}: the client certificate expires soon.", shown(origin.id, 100))],
  );
  return {
    title: name,
    link: undefined,
    text: firstOf([...wrong, ...soon]),
    facts: facts([
      [l10n.t("ID"), id],
      [l10n.t("ARN"), arn],
      [l10n.t("Domain name"), domainName],
      [l10n.t("Alternate domain names"), listed(aliases)],
      [l10n.t("Comment"), comment],
      [
        l10n.t("Status"),
        joined([
          status === "InProgress" ? l10n.t("deploying (InProgress)") : status,
          enabled ? l10n.t("enabled") : l10n.t("disabled"),
          ...kinds(distribution),
        ]),
      ],
      [
        l10n.t("Origins"),
        l10n.t(
          "{0}, {1} with mTLS",
          count(origins.length),
          count(origins.filter(({ state }) => state.state !== "off" && state.state !== "cannot").length),
        ),
      ],
      [
        l10n.t("Viewer mTLS"),
        viewers === undefined
          ? l10n.t("off")
          : joined([
              viewers.mode ?? l10n.t("on"),
              viewers.trustStore === undefined ? undefined : l10n.t("trust store {0}", viewers.trustStore),
            ]),
      ],
      [l10n.t("Viewer certificate"), viewerCertificate],
      [l10n.t("HTTP version"), httpVersion],
      [l10n.t("Last modified"), lastModified === undefined ? undefined : momentText(lastModified)],
      ["ETag", etag],
    ]),
  };
}

const mostSentences = 5;

function firstOf(sentences: readonly string[]): readonly string[] {
  const left = sentences.length - mostSentences;
  return left > 0 ? [...sentences.slice(0, mostSentences), l10n.t("And {0} more.", left)] : sentences;
}

export function searchedInDistribution(judged: JudgedDistribution): string {
  const { distribution } = judged;
  const { id, arn, domainName, aliases, comment, status, enabled, etag } = distribution;
  return [
    id,
    arn,
    domainName,
    ...aliases,
    comment,
    status,
    etag,
    deployment(distribution),
    enabled ? l10n.t("enabled") : l10n.t("disabled"),
    viewerMtls(distribution),
    ...kinds(distribution),
  ].join("\n");
}

// --- origins

export function originWords(judged: JudgedOrigin, now: Date): Words {
  const { origin } = judged;
  const { state, icon } = originLook(judged, now);
  return {
    kind: l10n.t("Origin"),
    label: shown(origin.id, 200),
    description: joined([state, origin.domainName === origin.id ? undefined : shown(origin.domainName, 200)]),
    icon,
  };
}

function originLook({ state, expiring }: JudgedOrigin, now: Date): { readonly state: string; readonly icon: Icon } {
  if (expiring !== undefined)
    return {
      state: l10n.t("mTLS on, certificate {0}", describeExpiry(expiring.certificate, now)),
      icon: { id: "warning", colour: colours.warning },
    };
  switch (state.state) {
    case "on":
      return { state: l10n.t("mTLS on"), icon: { id: "shield", colour: colours.good } };
    case "broken":
      return {
        state: l10n.t("mTLS broken: {0}", inSentences(state.reasons)),
        icon: { id: "error", colour: colours.bad },
      };
    case "off":
      return { state: l10n.t("mTLS off"), icon: { id: "circle-large-outline" } };
    case "cannot":
      return {
        state: l10n.t("mTLS not possible: {0}", tell(state.reason)),
        icon: { id: "circle-slash", colour: colours.quiet },
      };
    case "unverified":
      return { state: l10n.t("mTLS on, certificate details not available"), icon: { id: "shield" } };
  }
}

function inSentences(reasons: readonly Reason[]): string {
  return reasons.map((reason) => tell(reason)).join(" ");
}

export function explainOrigin(judged: JudgedOrigin, client: Judged | undefined, now: Date): Explanation {
  const { origin } = judged;
  const { id, domainName, kind, protocolPolicy, clientCertificate } = origin;
  return {
    title: shown(id, 200),
    link: undefined,
    text: [...stateSentences(judged, now), ...(client === undefined ? [] : verdictSentences(client.verdict))],
    facts: facts([
      [l10n.t("Domain name"), domainName],
      [l10n.t("Type"), originKind(kind)],
      [l10n.t("Protocol policy"), protocolPolicy],
      [l10n.t("Client certificate"), clientCertificate],
      [l10n.t("Client certificate name"), client?.name],
      [
        l10n.t("Client certificate validity"),
        client === undefined ? undefined : describeExpiry(client.certificate, now),
      ],
    ]),
  };
}

function stateSentences(judged: JudgedOrigin, now: Date): readonly string[] {
  const { state, expiring } = judged;
  if (state.state === "broken" && expiring === undefined)
    return [l10n.t("Origin mTLS is broken."), ...state.reasons.map((reason) => tell(reason))];
  const words = originLook(judged, now).state;
  // What is not possible ends in a sentence already.
  return [state.state === "cannot" && expiring === undefined ? words : l10n.t("{0}.", words)];
}

function originKind(kind: JudgedOrigin["origin"]["kind"]): string {
  switch (kind) {
    case "custom":
      return l10n.t("custom origin");
    case "s3":
      return l10n.t("S3 bucket");
    case "vpc":
      return l10n.t("VPC origin");
    case "unknown":
      return l10n.t("unknown");
  }
}

export function searchedInOrigin({ origin, state, expiring }: JudgedOrigin): string {
  const words = expiring !== undefined ? l10n.t("mTLS on, expires soon") : stateInWord(state.state);
  const why = state.state === "broken" ? state.reasons : state.state === "cannot" ? [state.reason] : [];
  return [origin.id, origin.domainName, origin.clientCertificate, words, ...why.map((reason) => tell(reason))].join(
    "\n",
  );
}

function stateInWord(state: JudgedOrigin["state"]["state"]): string {
  switch (state) {
    case "on":
      return l10n.t("mTLS on");
    case "broken":
      return l10n.t("mTLS broken");
    case "off":
      return l10n.t("mTLS off");
    case "cannot":
      return l10n.t("mTLS not possible");
    case "unverified":
      return l10n.t("mTLS on, certificate details not available");
  }
}

// --- links from a certificate

/** Who uses a certificate: an origin that it is presented to, or a distribution whose viewers see it. */
export function userWords(judged: JudgedDistribution, origin: JudgedOrigin | undefined, now: Date): Words {
  if (origin === undefined) {
    const { label, icon } = distributionWords(judged);
    return {
      kind: l10n.t("Distribution"),
      label,
      description: joined([l10n.t("viewer certificate"), judged.distribution.id]),
      icon: { id: icon.id === "circle-slash" ? icon.id : "globe" },
    };
  }
  const { icon, state } = originLook(origin, now);
  return {
    kind: l10n.t("Origin"),
    label: shown(origin.origin.id, 200),
    description: joined([judged.name, state]),
    icon,
  };
}
