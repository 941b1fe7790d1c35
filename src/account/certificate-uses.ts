// What a client certificate of the account can be presented to: origins of distributions, in AWS and in open configs.
import * as l10n from "@vscode/l10n";
import { certificateId } from "../core/acm/name.ts";
import type { Distribution, Origin } from "../core/cloudfront/distribution.ts";
import { originUnfitFor } from "../core/cloudfront/intent.ts";
import { arnOf } from "../core/cloudfront/origin-mtls.ts";
import { stringOf } from "../core/document/tree.ts";
import { tell } from "../core/messages/tell.ts";
import { shown } from "../core/messages/x509/describe.ts";
import type { JudgedOrigin } from "./judged.ts";
import type { Outlook } from "./kind.ts";
import { type OriginRow, originRow } from "./kinds/origin.ts";
import { readOnlyText } from "./live/words.ts";
import { byName } from "./order.ts";
import { type Kind, originLabel, unfitReason } from "./origin-mtls-words.ts";
import { joined } from "./row-words.ts";

export interface CertificateUse<Place> {
  readonly place: Place;
  readonly deed: Exclude<Kind, "disable">;
  readonly label: string;
  readonly description: string;
  /** What choosing it does, or why it is not possible. */
  readonly detail: string;
  readonly isPossible: boolean;
}

/** Origins of the distributions that are known, those of which the filter shows nothing as well. */
export function usesInAccount(
  arn: string,
  isReadOnly: boolean,
  outlook: Outlook,
): readonly CertificateUse<OriginRow>[] {
  return [...(outlook.account.current()?.distributions.values() ?? [])]
    .map((distribution) => outlook.model.judgeDistribution(distribution))
    .toSorted(byName)
    .flatMap(({ distribution, name, origins }) =>
      origins.map((judged) => ({
        ...useOf(judged, arn, isReadOnly),
        place: originRow(distribution.id, judged.origin.id),
        label: shown(judged.origin.id, 200),
        description: joined([name, name === distribution.id ? undefined : distribution.id]),
      })),
    );
}

type Answer = Pick<CertificateUse<unknown>, "deed" | "detail" | "isPossible">;

function useOf({ origin: { clientCertificate }, state }: JudgedOrigin, arn: string, isReadOnly: boolean): Answer {
  const deed = clientCertificate === undefined ? "enable" : "change-certificate";
  if (clientCertificate === arn) return { deed, detail: alreadyText(), isPossible: false };
  if (state.state === "cannot") return { deed, detail: tell(state.reason), isPossible: false };
  if (isReadOnly) return { deed, detail: readOnlyText(), isPossible: false };
  return { deed, detail: doesText(clientCertificate), isPossible: true };
}

/** Origins of a config, by their place among them. */
export function usesInConfig(
  arn: string,
  { origins }: Distribution,
  name: string,
): readonly CertificateUse<{ readonly index: number; readonly id: string | undefined }>[] {
  return origins.map((origin, index) => ({
    ...useInConfig(origin, arn),
    place: { index, id: origin.id },
    label: originLabel(origin),
    description: joined([name, stringOf(origin.domainName)]),
  }));
}

function useInConfig(origin: Origin, arn: string): Answer {
  const now = origin.blocks.flatMap((block) => arnOf(block) ?? []);
  const deed = origin.mtls === "on" ? "change-certificate" : "enable";
  if (now.length === 1 && now[0] === arn) return { deed, detail: alreadyText(), isPossible: false };
  const unfit = originUnfitFor(origin, deed);
  return unfit === undefined
    ? { deed, detail: doesText(now[0]), isPossible: true }
    : { deed, detail: unfitReason(unfit), isPossible: false };
}

function alreadyText(): string {
  return l10n.t("The origin already has this client certificate.");
}

function doesText(before: string | undefined): string {
  return before === undefined
    ? l10n.t("Enable origin mTLS with this certificate")
    : l10n.t("Replace the client certificate {0}", shown(certificateId(before), 100));
}
