import * as l10n from "@vscode/l10n";
import { isExpired } from "../core/acm/fitness.ts";
import type { OriginReason } from "../core/acm/reason.ts";
import type { Owner } from "../core/cloudfront/owner.ts";
import type { Explanation } from "../core/dialect/assist.ts";
import { type Failure, isFailure } from "../core/failure.ts";
import type { LiveDistribution } from "../core/inventory.ts";
import { momentText } from "../core/messages/format.ts";
import { proofInShort, proofText } from "../core/messages/probe/proof.ts";
import { tell } from "../core/messages/tell.ts";
import { describeExpiry, verdictSentences } from "../core/messages/verdict.ts";
import { listed, shown } from "../core/messages/x509/describe.ts";
import { asksForCertificate, type Proof } from "../core/probe/proof.ts";
import { isEnforced } from "../core/probe/verdicts.ts";
import type { Reason, SharedReason } from "../core/reason.ts";
import { shortReasons } from "./certificate-words.ts";
import { expiryInShort } from "./expiry-words.ts";
import { failureLabel } from "./failure-words.ts";
import type { Judged, JudgedDistribution, JudgedOrigin } from "./judged.ts";
import { colours, count, facts, type Icon, joined, type Words } from "./row-words.ts";
import type { UnderWay } from "./under-way.ts";

/** @param underWay how far a change is that is being made to it here */
export function distributionWords(
  judged: JudgedDistribution,
  owner: Owner | undefined,
  now: Date,
  underWay: UnderWay | undefined,
): Words {
  const { distribution, name, broken, expiring } = judged;
  const { id } = distribution;
  const { lead, more } = mtlsInShort(judged, now);
  const change = underWay === undefined ? undefined : changeInShort(underWay);
  return {
    kind: l10n.t("Distribution"),
    label: name,
    lead: change?.text ?? lead,
    description: joined([
      change?.text,
      ...more,
      distribution.enabled ? undefined : l10n.t("disabled"),
      // It is said once.
      underWay === "deploying" && distribution.status === "InProgress" ? undefined : deployment(distribution),
      owner === undefined ? undefined : shown(owner.tool, 40),
      viewerMtls(distribution),
      ...kinds(distribution),
      name === id ? undefined : id,
    ]),
    icon:
      change?.icon ??
      (broken > 0
        ? { id: "error", colour: colours.bad }
        : expiring > 0
          ? { id: "warning", colour: colours.warning }
          : distributionIcon(judged)),
  };
}

function changeInShort(underWay: UnderWay): { readonly text: string; readonly icon: Icon } {
  const icon = { id: "sync~spin" };
  switch (underWay) {
    case "sending":
      return { text: l10n.t("sending"), icon };
    case "deploying":
      return { text: l10n.t("deploying"), icon };
    case "reading":
      return { text: l10n.t("reading back"), icon };
    case "asking":
      return { text: l10n.t("answer needed"), icon: { id: "warning", colour: colours.warning } };
  }
}

function distributionIcon({ distribution, origins }: JudgedDistribution): Icon {
  if (!distribution.enabled) return { id: "circle-slash", colour: colours.quiet };
  if (origins.some(({ state }) => state.state === "on")) return { id: "shield", colour: colours.good };
  return { id: origins.some(({ state }) => state.state === "unverified") ? "shield" : "globe" };
}

/** What must be seen, and what is said with it. */
interface Said {
  readonly lead: string;
  readonly more: readonly (string | undefined)[];
}

/** How it stands with origin mTLS. */
function mtlsInShort({ origins, state, broken }: JudgedDistribution, now: Date): Said {
  const first = firstToExpire(origins);
  const until = first === undefined ? undefined : expiryInShort(first.certificate, now);
  const on = origins.filter((one) => one.origin.clientCertificate !== undefined).length;
  const numbers = [count(state === "failing" ? broken : on), count(origins.length)] as const;
  const isOnly = origins.length === 1;
  switch (state) {
    case "failing":
      return isOnly
        ? failing(origins, now)
        : {
            lead: l10n.t("mTLS fails on {0} of {1}", ...numbers),
            more: [l10n.t("mTLS fails on {0} of {1} origins", ...numbers)],
          };
    case "expiring":
    case "on": {
      // Both at once: behind a number of origins the time would not be seen.
      const lead = until === undefined ? l10n.t("mTLS on") : l10n.t("mTLS: {0}", until);
      return { lead, more: [lead, isOnly ? undefined : l10n.t("{0} of {1} origins", ...numbers)] };
    }
    case "off":
      return { lead: l10n.t("mTLS off"), more: [l10n.t("mTLS off")] };
    case "cannot":
      return { lead: l10n.t("mTLS not possible"), more: [l10n.t("mTLS not possible")] };
  }
}

/** The certificate that is presented and expires before the others. */
function firstToExpire(origins: readonly JudgedOrigin[]): Judged | undefined {
  const dated = origins.flatMap(({ client }) => (client?.certificate.notAfter === undefined ? [] : [client]));
  return dated.toSorted((a, b) => Number(a.certificate.notAfter) - Number(b.certificate.notAfter))[0];
}

function deployment({ status }: LiveDistribution): string | undefined {
  if (status === "Deployed") return undefined;
  return status === "InProgress" ? l10n.t("deploying") : l10n.t("status {0}", shown(status, 40) || "?");
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

function changeText(underWay: UnderWay): string {
  return underWay === "asking"
    ? l10n.t("A change of this distribution needs an answer. Select Show Change to give it.")
    : l10n.t("This distribution is being changed. Select Show Change to see the progress.");
}

/** @param owner whose it is, or why that is not known */
export function explainDistribution(
  judged: JudgedDistribution,
  owner: Owner | Failure | undefined,
  { underWay, viewers: proof }: { readonly underWay?: UnderWay | undefined; readonly viewers?: Proof | undefined } = {},
): Explanation {
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
    text: [
      ...(underWay === undefined ? [] : [changeText(underWay)]),
      ...(proof === undefined ? [] : [proofText(proof)]),
      ...firstOf([...wrong, ...soon]),
    ],
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
      [
        l10n.t("Managed by"),
        owner === undefined
          ? undefined
          : isFailure(owner)
            ? l10n.t("unknown ({0})", failureLabel(owner))
            : l10n.t("{0}, by the tag {1}", owner.tool, owner.tag),
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

/** @param proof what a probe of it showed, as long as it holds */
export function originWords(judged: JudgedOrigin, now: Date, proof?: Proof): Words {
  const { origin } = judged;
  const { lead, more, icon } = provedLook(judged.state.state, originLook(judged, now), proof);
  return {
    kind: l10n.t("Origin"),
    label: shown(origin.id, 200),
    lead,
    description: joined([...more, origin.domainName === origin.id ? undefined : shown(origin.domainName, 200)]),
    icon,
  };
}

function originLook(judged: JudgedOrigin, now: Date): Said & { readonly icon: Icon } {
  const { state, client, expiring } = judged;
  if (expiring !== undefined) return { ...until(expiring, now), icon: { id: "warning", colour: colours.warning } };
  switch (state.state) {
    case "on":
      return {
        ...(client === undefined ? alone(l10n.t("mTLS on")) : until(client, now)),
        icon: { id: "shield", colour: colours.good },
      };
    case "broken":
      return { ...failing([judged], now), icon: { id: "error", colour: colours.bad } };
    case "off":
      return { ...alone(l10n.t("mTLS off")), icon: { id: "circle-large-outline" } };
    case "cannot":
      return {
        ...alone(l10n.t("mTLS not possible"), originReasonInShort(state.reason)),
        icon: { id: "circle-slash", colour: colours.quiet },
      };
    case "unverified":
      return { ...alone(l10n.t("mTLS on"), l10n.t("certificate not checked")), icon: { id: "shield" } };
  }
}

/** What is configured, in the light of what was proved. What fails anyway says that first. */
function provedLook(
  state: JudgedOrigin["state"]["state"],
  look: ReturnType<typeof originLook>,
  proof: Proof | undefined,
): ReturnType<typeof originLook> {
  if (proof === undefined) return look;
  const warning = { id: "warning", colour: colours.warning };
  const shownProof = proofInShort(proof);
  switch (state) {
    case "on":
    case "unverified":
      return isEnforced(proof.verdict) === true
        ? { ...look, more: [...look.more, shownProof] }
        : { ...alone(l10n.t("mTLS not enforced"), shownProof, ...look.more), icon: warning };
    case "off":
      // CloudFront drops the requests to such an origin.
      return asksForCertificate(proof.verdict)
        ? { ...alone(l10n.t("mTLS off, but required"), shownProof), icon: warning }
        : look;
    case "broken":
    case "cannot":
      return look;
  }
}

/** The state is all that must be seen. */
function alone(lead: string, ...more: Said["more"]): Said {
  return { lead, more: [lead, ...more] };
}

/** That mTLS fails and why; that the certificate has expired is seen, too. */
function failing(origins: readonly JudgedOrigin[], now: Date): Said {
  const lead = l10n.t("mTLS fails");
  const isOver = origins.some(({ client }) => client !== undefined && isExpired(client.certificate, now));
  return {
    lead: isOver ? joined([lead, l10n.t("expired")]) : lead,
    more: [lead, ...whyInShort(origins, now)],
  };
}

/** As in `mTLS: 12 days left`. */
function until({ certificate }: Judged, now: Date): Said {
  return alone(l10n.t("mTLS: {0}", expiryInShort(certificate, now)));
}

/** Why mTLS fails, as a row has room for it. */
function whyInShort(origins: readonly JudgedOrigin[], now: Date): readonly string[] {
  const reasons = origins.flatMap(({ state, client }) => {
    if (state.state !== "broken") return [];
    const ofOrigin = state.reasons.flatMap((reason) => (isOriginReason(reason) ? [originReasonInShort(reason)] : []));
    const ofCertificate =
      ofOrigin.length === state.reasons.length
        ? []
        : client === undefined
          ? [l10n.t("certificate not in ACM")]
          : shortReasons(client, "anywhere", now);
    return [...ofCertificate, ...ofOrigin];
  });
  return [...new Set(reasons)];
}

function isOriginReason(reason: SharedReason): reason is OriginReason {
  return reason.code.startsWith("origin:");
}

function originReasonInShort(reason: OriginReason): string {
  switch (reason.code) {
    case "origin:s3":
      return l10n.t("S3 bucket");
    case "origin:vpc":
      return l10n.t("VPC origin");
    case "origin:no-custom-origin-config":
      return l10n.t("no CustomOriginConfig");
    case "origin:s3-website":
      return l10n.t("S3 website");
    case "origin:execute-api":
      return l10n.t("default API endpoint");
    case "origin:lambda-url":
      return l10n.t("Lambda function URL");
    case "origin:http-only":
      return "http-only";
    case "origin:grpc":
      return "gRPC";
    case "origin:lambda-at-edge":
      return l10n.t("Lambda@Edge on {0}", shown(reason.args.event, 40));
  }
}

function inSentences(reasons: readonly Reason[]): string {
  return reasons.map((reason) => tell(reason)).join(" ");
}

export function explainOrigin(judged: JudgedOrigin, client: Judged | undefined, now: Date, proof?: Proof): Explanation {
  const { origin } = judged;
  const { id, domainName, kind, protocolPolicy, clientCertificate } = origin;
  return {
    title: shown(id, 200),
    link: undefined,
    text: [
      ...stateSentences(judged, now),
      ...proofSentences(judged, proof),
      ...(client === undefined ? [] : verdictSentences(client.verdict)),
    ],
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

function proofSentences({ state: { state } }: JudgedOrigin, proof: Proof | undefined): readonly string[] {
  if (proof !== undefined)
    return [
      proofText(proof),
      ...(state === "off" && asksForCertificate(proof.verdict)
        ? [l10n.t("CloudFront drops the requests to an origin that asks for a certificate while origin mTLS is off.")]
        : []),
    ];
  return state === "on" || state === "unverified"
    ? [
        l10n.t(
          "This is how it is configured. To see whether the origin refuses clients without the certificate, run Verify Origin.",
        ),
      ]
    : [];
}

function stateSentences({ state, expiring }: JudgedOrigin, now: Date): readonly string[] {
  if (expiring !== undefined)
    return [l10n.t("Origin mTLS is on. The client certificate {0}.", describeExpiry(expiring.certificate, now))];
  switch (state.state) {
    case "on":
      return [l10n.t("Origin mTLS is on.")];
    case "broken":
      return [l10n.t("Origin mTLS fails."), ...state.reasons.map((reason) => tell(reason))];
    case "off":
      return [l10n.t("Origin mTLS is off.")];
    case "cannot":
      return [l10n.t("Origin mTLS is not possible."), tell(state.reason)];
    case "unverified":
      return [l10n.t("Origin mTLS is on. The client certificate was not checked.")];
  }
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
  return [
    origin.id,
    origin.domainName,
    origin.clientCertificate,
    words,
    state.state,
    ...why.map((reason) => tell(reason)),
  ].join("\n");
}

function stateInWord(state: JudgedOrigin["state"]["state"]): string {
  switch (state) {
    case "on":
      return l10n.t("mTLS on");
    case "broken":
      return l10n.t("mTLS fails");
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
    const { id } = distributionIcon(judged);
    return {
      kind: l10n.t("Distribution"),
      label: judged.name,
      description: joined([l10n.t("viewer certificate"), judged.distribution.id]),
      icon: { id: id === "circle-slash" ? id : "globe" },
    };
  }
  const { lead, more, icon } = originLook(origin, now);
  // The row above says until when.
  const isOn = origin.state.state === "on";
  return {
    kind: l10n.t("Origin"),
    label: shown(origin.origin.id, 200),
    lead: isOn ? l10n.t("mTLS on") : lead,
    description: joined([...(isOn ? [l10n.t("mTLS on")] : more), judged.name]),
    icon,
  };
}
