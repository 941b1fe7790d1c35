import * as vscode from "vscode";
import type { Proofs } from "../../account/proofs.ts";
import { type KnownProofs, provedOrigin, provedTarget } from "../../account/proved-target.ts";
import type { Config } from "../../core/cloudfront/config.ts";
import type { Distribution, Origin } from "../../core/cloudfront/distribution.ts";
import { originUnfitFor } from "../../core/cloudfront/intent.ts";
import { viewerUnfitFor } from "../../core/cloudfront/viewer-intent.ts";
import { memberOf } from "../../core/document/tree.ts";
import { type Facts, subjectsOf } from "../../core/facts.ts";
import { proofAlone } from "../../core/messages/probe/proof.ts";
import { domainNameTarget, viewersTarget } from "../../core/probe/endpoint-target.ts";
import { whyNoTarget } from "../../core/probe/origin-target.ts";
import type { Proof } from "../../core/probe/proof.ts";
import { isEnforced } from "../../core/probe/verdicts.ts";
import { type Span, SpanIndex } from "../../core/text.ts";
import { type CommandId, configLanguages } from "../../manifest.ts";
import type { ConfigTarget } from "../authoring/config-picker.ts";
import { domainNameEnabling } from "../authoring/enable-domain-name.ts";
import { listenerEnabling } from "../authoring/enable-listener.ts";
import type { Enabling, PayloadTarget } from "../authoring/enabling.ts";
import type { OriginTarget } from "../authoring/origin-picker.ts";
import type { Documents } from "../documents/documents.ts";
import { positionsOf } from "../editor/convert.ts";
import { madeInTurns } from "../editor/in-turns.ts";
import { codeLensEnabled } from "../editor/settings.ts";

/**
 * Above each `CustomOriginConfig` and `ViewerMtlsConfig`, each domain name and listener: whether mTLS is on, and the
 * way to change it and to verify it.
 */
export function provideCodeLenses(
  documents: Documents,
  proofs: KnownProofs & Pick<Proofs, "onDidChange">,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document, token) {
      if (!codeLensEnabled(document.uri)) return [];
      const checked = await documents.current(document);
      if (checked === undefined) return [];
      const positions = positionsOf(document);
      const toLens = ({ at, command }: Lens) => new vscode.CodeLens(positions.range(at), command);
      // Infos are worth knowing, and nothing is broken by them.
      const problems = new SpanIndex(checked.problems.flatMap(({ severity, at }) => (severity === "info" ? [] : [at])));
      const isBroken = (within: Span) => problems.hasWithin(within);
      const lensesOf = async ({ distribution }: Config, config: number): Promise<vscode.CodeLens[]> => {
        const ofViewers = viewerLenses(distribution, { uri: document.uri, config }, proofs).map(
          (command) => new vscode.CodeLens(positions.range(distribution.viewerMtls?.at ?? distribution.node), command),
        );
        const ofOrigin = (origin: Origin, index: number): vscode.CodeLens[] => {
          if (origin.custom === undefined) return [];
          // In a fragment that is a CustomOriginConfig itself there is no name to stand above.
          const member = memberOf(origin.node, "CustomOriginConfig");
          const range = positions.range(member?.keySpan ?? { start: origin.custom.start, end: origin.custom.start });
          const target = { uri: document.uri, config, index, id: origin.id };
          const proof = provedOrigin(origin, distribution, proofs);
          return commandsFor(origin, isBroken(origin.node), target, proof).map(
            (command) => new vscode.CodeLens(range, command),
          );
        };
        return [...(await madeInTurns(distribution.origins, ofOrigin, token)), ...ofViewers];
      };
      return [
        ...(await Promise.all(subjectsOf(checked.facts, "distribution").map(lensesOf))).flat(),
        ...payloadLenses(domainNameEnabling, document.uri, checked.facts, isBroken, (domain) =>
          provedTarget(domainNameTarget(domain), proofs),
        ).map(toLens),
        ...payloadLenses(listenerEnabling, document.uri, checked.facts, isBroken).map(toLens),
      ];
    },
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeConfiguration((event) => {
      // The editor asks again after an edit by itself; being told to as well would redraw a lens under the pointer.
      if (event.affectsConfiguration("mtls")) changed.fire();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    proofs.onDidChange(() => changed.fire()),
    vscode.languages.registerCodeLensProvider(
      configLanguages.map((language) => ({ language })),
      provider,
    ),
  );
}

/** Above a `ViewerMtlsConfig` that CloudFront reads. Without one there is no place to stand. */
function viewerLenses(distribution: Distribution, target: ConfigTarget, proofs: KnownProofs): vscode.Command[] {
  const { viewerMtls } = distribution;
  if (viewerUnfitFor({ distribution, wrapper: undefined }, "enable") === "conditional")
    return [
      {
        title: vscode.l10n.t("Viewer mTLS depends on a condition of the template"),
        command: "mtls.enableViewerMtls",
        arguments: [target],
      },
    ];
  if (viewerMtls?.inPlace !== true || viewerMtls.member === undefined || !viewerMtls.on) return [];
  const command = (title: string, id: CommandId): vscode.Command => ({ title, command: id, arguments: [target] });
  return [
    command(
      viewerMtls.says === undefined
        ? vscode.l10n.t("Viewer mTLS: Change…")
        : vscode.l10n.t("$(shield) Viewer mTLS {0}: Change…", viewerMtls.says),
      "mtls.enableViewerMtls",
    ),
    command(vscode.l10n.t("Disable…"), "mtls.disableViewerMtls"),
    ...verifying("mtls.verifyEndpoint", target, provedTarget(viewersTarget(distribution), proofs)),
  ];
}

/**
 * Connects to servers, which is for trusted workspaces alone.
 * @param proof what that showed the last time, as long as it holds
 */
function verifying(
  id: "mtls.verifyOrigin" | "mtls.verifyEndpoint",
  target: ConfigTarget | PayloadTarget,
  proof: Proof | undefined,
) {
  return vscode.workspace.isTrusted ? [{ title: verifyTitle(proof), command: id, arguments: [target] }] : [];
}

function verifyTitle(proof: Proof | undefined): string {
  if (proof === undefined) return vscode.l10n.t("Verify…");
  return isEnforced(proof.verdict) === true
    ? vscode.l10n.t("$(verified) {0}", proofAlone(proof))
    : vscode.l10n.t("$(warning) {0}", proofAlone(proof));
}

const byCondition = () => vscode.l10n.t("mTLS depends on a condition of the template");

function commandsFor(
  origin: Origin,
  broken: boolean,
  target: OriginTarget,
  proof: Proof | undefined,
): vscode.Command[] {
  const command = (title: string, id: CommandId): vscode.Command => ({ title, command: id, arguments: [target] });
  if (originUnfitFor(origin, "enable") === "conditional") return [command(byCondition(), "mtls.enableOriginMtls")];
  const verify = whyNoTarget(origin) === undefined ? verifying("mtls.verifyOrigin", target, proof) : [];
  switch (origin.mtls) {
    case "off":
      return [command(vscode.l10n.t("mTLS off: Enable…"), "mtls.enableOriginMtls"), ...verify];
    case "on":
      return [
        command(
          broken
            ? vscode.l10n.t("$(warning) mTLS has problems: Change Certificate…")
            : vscode.l10n.t("$(shield) mTLS on: Change Certificate…"),
          "mtls.changeClientCertificate",
        ),
        command(vscode.l10n.t("Disable…"), "mtls.disableOriginMtls"),
        ...verify,
      ];
    case "meant":
      return [command(vscode.l10n.t("$(warning) mTLS not in effect: see the problems below"), "mtls.enableOriginMtls")];
  }
}

interface Lens {
  readonly at: Span;
  readonly command: vscode.Command;
}

function payloadLenses<One, Intent>(
  enabling: Enabling<One, Intent>,
  uri: vscode.Uri,
  facts: Facts,
  isBroken: (within: Span) => boolean,
  provedOf: (one: One) => Proof | undefined = () => undefined,
): Lens[] {
  return enabling.among(facts).flatMap((one, index): Lens[] => {
    const at = enabling.lensAt(one);
    if (at === undefined) return [];
    const target: PayloadTarget = { uri, kind: enabling.kind, index, key: enabling.keyOf(one) };
    const lens = (title: string, id: CommandId): Lens => ({ at, command: { title, command: id, arguments: [target] } });
    const on = enabling.lensWhenOn(one);
    if (enabling.isConditional(one)) return [lens(byCondition(), "mtls.enableMtls")];
    const isUnfit = enabling.unfitReason(one) !== undefined;
    if (on === undefined)
      // Where it cannot be enabled, nobody asked for it.
      return isUnfit ? [] : [lens(vscode.l10n.t("mTLS off: Enable…"), "mtls.enableMtls")];
    if (isUnfit)
      return [lens(vscode.l10n.t("$(warning) mTLS not in effect: see the problems below"), "mtls.enableMtls")];
    return [
      lens(
        isBroken(enabling.nodeOf(one)) ? vscode.l10n.t("$(warning) mTLS has problems: Change…") : on,
        "mtls.enableMtls",
      ),
      lens(vscode.l10n.t("Disable…"), "mtls.disableMtls"),
      ...verifying("mtls.verifyEndpoint", target, provedOf(one)).map((command): Lens => ({ at, command })),
    ];
  });
}
