import type { DomainName, DomainNames } from "../apigateway/domain-name.ts";
import { type Behavior, type Distribution, type Origin, readDistribution } from "../cloudfront/distribution.ts";
import { parseJson } from "../document/json.ts";
import type { Listener } from "../elb/listener.ts";
import type { BundleFacts, ConfigFacts, Facts, Payload } from "../facts.ts";
import type { Span } from "../text.ts";
import { narrowUse, noUse, readUse, type Use } from "../truststore/use.ts";
import type { Bundle, Piece } from "../x509/bundle.ts";
import { certificateMark } from "../x509/places.ts";
import { grpc } from "./behavior/grpc.ts";
import { lambdaAtEdge } from "./behavior/lambda-at-edge.ts";
import { duplicate } from "./bundle/duplicate.ts";
import { foreignBlock } from "./bundle/foreign-block.ts";
import { issuerMissing } from "./bundle/issuer-missing.ts";
import { issuerNotCa } from "./bundle/issuer-not-ca.ts";
import { order } from "./bundle/order.ts";
import { pathLength } from "./bundle/path-length.ts";
import { privateKey } from "./bundle/private-key.ts";
import { signature as bundleSignature } from "./bundle/signature.ts";
import { expired } from "./certificate/expired.ts";
import { expiresSoon } from "./certificate/expires-soon.ts";
import { fault as certificateFault } from "./certificate/fault.ts";
import { keyUsage } from "./certificate/key-usage.ts";
import { notAccepted } from "./certificate/not-accepted.ts";
import { notYetValid } from "./certificate/not-yet-valid.ts";
import { validity } from "./certificate/validity.ts";
import { version as certificateVersion } from "./certificate/version.ts";
import { weakKey } from "./certificate/weak-key.ts";
import { weakSignature } from "./certificate/weak-signature.ts";
import { chainLength } from "./client-certificate/chain-length.ts";
import { clientAuth } from "./client-certificate/client-auth.ts";
import { format as clientFormat } from "./client-certificate/format.ts";
import { issuer as clientIssuer } from "./client-certificate/issuer.ts";
import { key as clientKey } from "./client-certificate/key.ts";
import { keyFamily } from "./client-certificate/key-family.ts";
import { ocspUrl } from "./client-certificate/ocsp-url.ts";
import { signature as clientSignature } from "./client-certificate/signature.ts";
import { size as clientSize } from "./client-certificate/size.ts";
import { version as clientVersion } from "./client-certificate/version.ts";
import { clientCertificatesPerCall } from "./distribution/client-certificates-per-call.ts";
import { enumValue } from "./distribution/enum-value.ts";
import { memberType } from "./distribution/member-type.ts";
import { originGroupMtls } from "./distribution/origin-group-mtls.ts";
import { originId } from "./distribution/origin-id.ts";
import { quantity } from "./distribution/quantity.ts";
import { range } from "./distribution/range.ts";
import { requiredMember } from "./distribution/required-member.ts";
import { targetOrigin } from "./distribution/target-origin.ts";
import { unknownMember } from "./distribution/unknown-member.ts";
import { endpointType } from "./domain-name/endpoint-type.ts";
import { mtlsOff } from "./domain-name/mtls-off.ts";
import { mtlsSpelling as domainNameSpelling } from "./domain-name/mtls-spelling.ts";
import { oneConfiguration } from "./domain-name/one-configuration.ts";
import { outputMember } from "./domain-name/output-member.ts";
import { ownershipCertificate } from "./domain-name/ownership-certificate.ts";
import { patchOperation } from "./domain-name/patch-operation.ts";
import { securityPolicy } from "./domain-name/security-policy.ts";
import { serverCertificate } from "./domain-name/server-certificate.ts";
import { sideDoor } from "./domain-name/side-door.ts";
import { status as domainNameStatus } from "./domain-name/status.ts";
import { truststoreUri } from "./domain-name/truststore-uri.ts";
import { truststoreVersion } from "./domain-name/truststore-version.ts";
import { truststoreWarning } from "./domain-name/truststore-warning.ts";
import { encoding } from "./file/encoding.ts";
import { wrappedConfig } from "./file/wrapped-config.ts";
import { associationStatus } from "./listener/association-status.ts";
import { expiredClients } from "./listener/expired-clients.ts";
import { memberType as listenerMemberType } from "./listener/member-type.ts";
import { mode as listenerMode } from "./listener/mode.ts";
import { mtlsSpelling as listenerSpelling } from "./listener/mtls-spelling.ts";
import { protocol as listenerProtocol } from "./listener/protocol.ts";
import { trustStore as listenerTrustStore } from "./listener/trust-store.ts";
import { trustStoreArn } from "./listener/trust-store-arn.ts";
import { clientCertificateAbsent } from "./origin/client-certificate-absent.ts";
import { clientCertificateArn } from "./origin/client-certificate-arn.ts";
import { clientCertificateExpired } from "./origin/client-certificate-expired.ts";
import { clientCertificateExpiring } from "./origin/client-certificate-expiring.ts";
import { clientCertificateRegion } from "./origin/client-certificate-region.ts";
import { clientCertificateStatus } from "./origin/client-certificate-status.ts";
import { clientCertificateUnfit } from "./origin/client-certificate-unfit.ts";
import { mtlsHost } from "./origin/mtls-host.ts";
import { mtlsOriginType } from "./origin/mtls-origin-type.ts";
import { mtlsPlace } from "./origin/mtls-place.ts";
import { mtlsSpelling } from "./origin/mtls-spelling.ts";
import { protocolPolicy } from "./origin/protocol-policy.ts";
import { sslProtocols } from "./origin/ssl-protocols.ts";
import { base64 } from "./pem/base64.ts";
import { boundary } from "./pem/boundary.ts";
import { content as pemContent } from "./pem/content.ts";
import { dashes } from "./pem/dashes.ts";
import { pemEncoding } from "./pem/encoding.ts";
import { marker as pemMarker } from "./pem/marker.ts";
import { unread } from "./pem/unread.ts";
import type { CertificatePiece, Context, Problem, Rule, RuleCard, Severity } from "./rule.ts";
import { certificateSize } from "./trust-store/certificate-size.ts";
import { chainLength as storeChainLength } from "./trust-store/chain-length.ts";
import { count } from "./trust-store/count.ts";
import { crl } from "./trust-store/crl.ts";
import { expired as storeExpired } from "./trust-store/expired.ts";
import { key as storeKey } from "./trust-store/key.ts";
import { leaf } from "./trust-store/leaf.ts";
import { lineEnds } from "./trust-store/line-ends.ts";
import { publicRoot } from "./trust-store/public-root.ts";
import { root } from "./trust-store/root.ts";
import { signature as storeSignature } from "./trust-store/signature.ts";
import { size as storeSize } from "./trust-store/size.ts";
import { subjectConflict } from "./trust-store/subject-conflict.ts";
import { subjectLength } from "./trust-store/subject-length.ts";
import { text as storeText } from "./trust-store/text.ts";
import { version as storeVersion } from "./trust-store/version.ts";
import { connectionFunction } from "./viewer-mtls/connection-function.ts";
import { expiredViewers } from "./viewer-mtls/expired-viewers.ts";
import { httpVersion } from "./viewer-mtls/http-version.ts";
import { mode as viewerMode } from "./viewer-mtls/mode.ts";
import { passthroughCachePolicy } from "./viewer-mtls/passthrough-cache-policy.ts";
import { passthroughHeaders } from "./viewer-mtls/passthrough-headers.ts";
import { passthroughLambdaAtEdge } from "./viewer-mtls/passthrough-lambda-at-edge.ts";
import { passthroughOriginShield } from "./viewer-mtls/passthrough-origin-shield.ts";
import { place as viewerMtlsPlace } from "./viewer-mtls/place.ts";
import { trustStore } from "./viewer-mtls/trust-store.ts";
import { trustStoreId } from "./viewer-mtls/trust-store-id.ts";
import { viewerProtocolPolicy } from "./viewer-mtls/viewer-protocol-policy.ts";

/** About the certificate that an origin names, be it in the document already or not. */
const namedCertificateRules: readonly Rule<Origin>[] = [
  clientCertificateArn,
  clientCertificateRegion,
  clientCertificateAbsent,
  clientCertificateStatus,
  clientCertificateExpired,
  clientCertificateUnfit,
  clientCertificateExpiring,
];
const originRules: readonly Rule<Origin>[] = [
  mtlsSpelling,
  mtlsOriginType,
  mtlsHost,
  ...namedCertificateRules,
  protocolPolicy,
  sslProtocols,
  passthroughOriginShield,
];
const behaviorRules: readonly Rule<Behavior>[] = [
  grpc,
  lambdaAtEdge,
  viewerProtocolPolicy,
  passthroughCachePolicy,
  passthroughLambdaAtEdge,
  passthroughHeaders,
];
const distributionRules: readonly Rule<Distribution>[] = [
  mtlsPlace,
  clientCertificatesPerCall,
  originGroupMtls,
  viewerMtlsPlace,
  viewerMode,
  trustStore,
  trustStoreId,
  httpVersion,
  connectionFunction,
  expiredViewers,
  requiredMember,
  quantity,
  unknownMember,
  memberType,
  enumValue,
  range,
  targetOrigin,
  originId,
];
const fileRules: readonly Rule<ConfigFacts>[] = [wrappedConfig, encoding];
/** About a custom domain name of API Gateway. */
const domainNameRules: readonly Rule<DomainName>[] = [
  domainNameSpelling,
  truststoreUri,
  truststoreVersion,
  endpointType,
  securityPolicy,
  serverCertificate,
  ownershipCertificate,
  oneConfiguration,
  patchOperation,
  mtlsOff,
  outputMember,
  truststoreWarning,
  domainNameStatus,
];
/** About all that a document holds. */
const domainNamesRules: readonly Rule<DomainNames>[] = [sideDoor];
/** About a listener of a load balancer. */
const listenerRules: readonly Rule<Listener>[] = [
  listenerSpelling,
  listenerMode,
  listenerTrustStore,
  trustStoreArn,
  listenerMemberType,
  associationStatus,
  listenerProtocol,
  expiredClients,
];
/** About a file of PEM blocks, whatever is in them. */
const pemFileRules: readonly Rule<BundleFacts>[] = [pemEncoding, unread, pemMarker, storeSize];
/** About one block, whatever else is in the file: what they find is kept until the block changes. */
const pieceRules: readonly Rule<Piece>[] = [boundary, dashes, base64, pemContent];
/** About one certificate, likewise. */
const certificateRules: readonly Rule<CertificatePiece>[] = [
  validity,
  expired,
  notYetValid,
  expiresSoon,
  weakKey,
  weakSignature,
  notAccepted,
  certificateVersion,
  certificateFault,
  clientFormat,
];
/** About blocks beside each other. */
const bundleRules: readonly Rule<Bundle>[] = [
  keyUsage,
  privateKey,
  foreignBlock,
  duplicate,
  bundleSignature,
  issuerNotCa,
  pathLength,
  order,
  issuerMissing,
  clientVersion,
  clientKey,
  clientSignature,
  keyFamily,
  clientAuth,
  clientIssuer,
  ocspUrl,
  chainLength,
  clientSize,
  count,
  crl,
  storeText,
  lineEnds,
  certificateSize,
  subjectLength,
  storeKey,
  storeSignature,
  storeVersion,
  leaf,
  root,
  storeChainLength,
  subjectConflict,
  publicRoot,
  storeExpired,
];

export const catalogue: readonly RuleCard[] = [
  ...fileRules,
  ...originRules,
  ...behaviorRules,
  ...distributionRules,
  ...domainNameRules,
  ...domainNamesRules,
  ...listenerRules,
  ...pemFileRules,
  ...pieceRules,
  ...certificateRules,
  ...bundleRules,
];

/** Told when a rule throws: a bug of ours, which must not silence the other rules. */
export type FaultListener = (ruleId: string, error: unknown) => void;

/** Findings of one rule in one file; more than these tell nobody anything, and would flood the editor. */
export const mostFindings = 1_000;

/** What the rules find, in document order, of each rule no more than `mostFindings`. Never throws. */
export function check(facts: Facts, context: Context, onFault: FaultListener): Problem[] {
  const problems =
    facts.kind === "config" ? checkConfig(facts, context, onFault) : checkBundle(facts, context, onFault);
  return problems.sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
}

function checkConfig(facts: ConfigFacts, context: Context, onFault: FaultListener): Problem[] {
  if (facts.payload !== undefined) return checkPayload(facts, facts.payload, context, onFault);
  if (facts.config === undefined) return [];
  const { distribution } = facts.config;
  const problems: Problem[] = [];
  run(fileRules, [facts], context, onFault, problems);
  run(originRules, distribution.origins, context, onFault, problems);
  run(behaviorRules, distribution.behaviors, context, onFault, problems);
  run(distributionRules, [distribution], context, onFault, problems);
  return problems;
}

function checkPayload(facts: ConfigFacts, payload: Payload, context: Context, onFault: FaultListener): Problem[] {
  const problems: Problem[] = [];
  run(fileRules, [facts], context, onFault, problems);
  if (payload.kind === "domain-names") {
    run(domainNameRules, payload.domainNames.domains, context, onFault, problems);
    run(domainNamesRules, [payload.domainNames], context, onFault, problems);
  } else run(listenerRules, payload.listeners.listeners, context, onFault, problems);
  return problems;
}

/** What was found in a block, relative to its chunk, and what it was judged by. */
class Judged {
  readonly context: Context;
  readonly problems: readonly Problem[];

  constructor(context: Context, problems: readonly Problem[]) {
    this.context = context;
    this.problems = problems;
  }
}

function checkBundle(facts: BundleFacts, given: Context, onFault: FaultListener): Problem[] {
  const { bundle } = facts;
  const context = { ...given, ...useOf(bundle, given) };
  const problems: Problem[] = [];
  run(pemFileRules, [facts], context, onFault, problems);
  const judge = judgeFor(context, onFault);
  const counts = new Map<RuleCard, number>();
  for (const index of unsoundIn(bundle, context, judge)) {
    const piece = bundle.pieces[index];
    const start = bundle.starts[index] ?? 0;
    for (const problem of piece === undefined ? [] : judge(piece)) {
      const count = (counts.get(problem.rule) ?? 0) + 1;
      counts.set(problem.rule, count);
      if (count <= mostFindings) problems.push(shifted(problem, start));
    }
  }
  run(bundleRules, [bundle], context, onFault, problems);
  return problems;
}

/** The document itself knows best what it is for. */
export function useOf({ marker }: Bundle, { purpose, targets = [] }: Pick<Context, "purpose" | "targets">): Use {
  return narrowUse(marker === undefined ? noUse : readUse(marker.target), { purpose, targets });
}

/**
 * Of the pieces that a bundle was last looked at as a whole, those in which something was found, and by what they were
 * judged.
 */
const unsound = new WeakMap<readonly Piece[], { readonly context: Context; readonly places: readonly number[] }>();

/**
 * The places of the pieces in which something is found, in order. After an edit, only those that came are looked at.
 */
function unsoundIn(
  { pieces, since: { base, start, removed, added } }: Bundle,
  context: Context,
  judge: (piece: Piece) => readonly Problem[],
): readonly number[] {
  const among = (all: readonly Piece[], from: number, to: number): number[] => {
    const places: number[] = [];
    for (let place = from; place < to; place++) {
      const piece = all[place];
      if (piece !== undefined && judge(piece).length > 0) places.push(place);
    }
    return places;
  };
  let before = unsound.get(base);
  if (before === undefined || !sameFor(before.context, context)) {
    before = { context, places: among(base, 0, base.length) };
    unsound.set(base, before);
  }
  const { places } = before;
  if (removed + added === 0) return places;
  const behind = places.filter((place) => place >= start + removed).map((place) => place - removed + added);
  return places.filter((place) => place < start).concat(among(pieces, start, start + added), behind);
}

/**
 * What is found in a piece, whatever else is in the file. Made for one check: what is the same for all pieces is worked
 * out once.
 */
function judgeFor(context: Context, onFault: FaultListener): (piece: Piece) => readonly Problem[] {
  /** Kept with a piece in which nothing is found: most are alike. */
  const sound = new Judged(context, []);
  const aboutPieces = active(pieceRules, context);
  const aboutCertificates = active(certificateRules, context);
  /** What most pieces were judged by last, and whether that still holds. */
  let last: Context | undefined;
  let isLastSame = false;
  const look = (piece: Piece): Judged => {
    const problems: Problem[] = [];
    for (const rule of aboutPieces) apply(rule, piece, context, onFault, problems);
    if (holdsCertificate(piece)) for (const rule of aboutCertificates) apply(rule, piece, context, onFault, problems);
    if (problems.length === 0) return sound;
    const { content } = piece;
    return new Judged(
      context,
      content.kind === "certificate"
        ? problems.map((problem) => ({ ...problem, certificate: certificateMark(content.certificate) }))
        : problems,
    );
  };
  return (piece) => {
    if (piece.judged instanceof Judged) {
      if (piece.judged.context !== last) {
        last = piece.judged.context;
        isLastSame = sameFor(last, context);
      }
      if (isLastSame) return piece.judged.problems;
    }
    const judged = look(piece);
    piece.judged = judged;
    return judged.problems;
  };
}

function holdsCertificate(piece: Piece): piece is CertificatePiece {
  return piece.content.kind === "certificate";
}

/** Whether a block on its own looks the same in both: what others' signatures say is nothing to it. */
function sameFor(a: Context, b: Context): boolean {
  return (
    a.now.getTime() === b.now.getTime() &&
    a.settings === b.settings &&
    a.purpose === b.purpose &&
    String(a.targets ?? []) === String(b.targets ?? [])
  );
}

function shifted(problem: Problem, by: number): Problem {
  if (by === 0) return problem;
  const move = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  return {
    ...problem,
    at: move(problem.at),
    ...(problem.related === undefined
      ? {}
      : { related: problem.related.map((related) => ({ ...related, at: move(related.at) })) }),
    ...(problem.fixes === undefined
      ? {}
      : {
          fixes: problem.fixes.map((fix) => ({
            ...fix,
            changes: fix.changes.map((change) =>
              change.kind === "rewrite"
                ? { ...change, edit: { ...change.edit, span: move(change.edit.span) } }
                : change,
            ),
          })),
        }),
  };
}

/**
 * What the rules say of a certificate that is not in the document yet. The user asks for it: no setting hides it.
 * @param distribution the config it would become a part of
 */
export function checkCertificate(
  certificate: string,
  { dialect, members }: Distribution,
  context: Context,
  onFault: FaultListener,
): Problem[] {
  const origin = {
    OriginProtocolPolicy: "https-only",
    [dialect.originMtlsConfig]: { [dialect.clientCertificateArn]: certificate },
  };
  const { root } = parseJson(JSON.stringify(origin), "json");
  if (root?.kind !== "object") return [];
  const alone = readDistribution(root, dialect, {
    whole: false,
    soundUpTo: Number.POSITIVE_INFINITY,
    origins: [{ node: root, custom: root }],
  });
  const within = { ...alone, members: { ...alone.members, partitions: members.partitions } };
  const problems: Problem[] = [];
  const subjects = alone.origins.map((alone): Origin => ({ ...alone, distribution: within }));
  run(
    namedCertificateRules,
    subjects,
    { ...context, settings: { ...context.settings, severities: {} } },
    onFault,
    problems,
  );
  return problems;
}

/** A rule that is not switched off, and the severity that the user set for it. */
interface Active<Subject> {
  readonly rule: Rule<Subject>;
  readonly override: Severity | undefined;
}

function active<Subject>(rules: readonly Rule<Subject>[], { settings }: Context): readonly Active<Subject>[] {
  return rules.flatMap((rule) => {
    const override = settings.severities[rule.id];
    return override === "off" ? [] : [{ rule, override }];
  });
}

function run<Subject>(
  rules: readonly Rule<Subject>[],
  subjects: readonly Subject[],
  context: Context,
  onFault: FaultListener,
  problems: Problem[],
): void {
  for (const rule of active(rules, context)) {
    const enough = problems.length + mostFindings;
    for (const subject of subjects)
      if (problems.length >= enough || !apply(rule, subject, context, onFault, problems, enough)) break;
  }
}

/**
 * Adds what a rule finds in one subject, up to `enough` problems in all.
 * @returns whether it did not throw
 */
function apply<Subject>(
  { rule, override }: Active<Subject>,
  subject: Subject,
  context: Context,
  onFault: FaultListener,
  problems: Problem[],
  enough = problems.length + mostFindings,
): boolean {
  try {
    if (rule.concerns?.(subject, context) === false) return true;
    for (const finding of rule.check(subject, context)) {
      problems.push({ ...finding, rule, severity: severityOf(rule, finding.severity, override) });
      if (problems.length >= enough) break;
    }
    return true;
  } catch (error) {
    onFault(rule.id, error);
    return false;
  }
}

const rank: Record<Severity, number> = { info: 0, warning: 1, error: 2 };

/** What the user set wins; else what the finding says, but never above the rule's own. */
function severityOf(rule: RuleCard, found: Severity | undefined, override: Severity | undefined): Severity {
  if (override !== undefined) return override;
  return found !== undefined && rank[found] < rank[rule.severity] ? found : rule.severity;
}
