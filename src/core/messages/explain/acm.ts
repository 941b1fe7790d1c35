import * as l10n from "@vscode/l10n";
import { describeKey, originVerdict } from "../../acm/fitness.ts";
import { accountElsewhere, type CertificateUser, isAbsent, isOfAccount, usersOf } from "../../acm/origin-state.ts";
import { parseArn } from "../../arn.ts";
import type { Explanation } from "../../dialect/assist.ts";
import { type Node, stringOf } from "../../document/tree.ts";
import type { AcmCertificate, Inventory } from "../../inventory.ts";
import { once } from "../../x509/bundle/bundle.ts";
import { certificateName } from "../certificate-name.ts";
import { describeExpiry, verdictSentences } from "../verdict.ts";
import { listed, shown } from "../x509/describe.ts";
import { explainArn } from "./cloudfront.ts";

/** What an account says of a client certificate, then the parts of its ARN. */
export function explainCertificate(node: Node, inventory: Inventory | undefined, now: Date): Explanation | undefined {
  const parts = explainArn(node);
  const arn = stringOf(node)?.trim() ?? "";
  if (parts === undefined || inventory === undefined) return parts;
  const certificate = inventory.certificates.get(arn);
  if (certificate === undefined) return { ...parts, text: [unknown(arn, inventory)] };
  return {
    ...parts,
    title: certificateName(certificate),
    text: verdictSentences(originVerdict(certificate, now)),
    facts: [...factsOf(certificate, inventory, now), ...parts.facts],
  };
}

/** The parts of an ARN, and in which account it is where that is not the connected one. */
export function explainArnFor(node: Node, inventory: Inventory | undefined): Explanation | undefined {
  const parts = explainArn(node);
  const elsewhere = inventory === undefined ? undefined : elsewhereText(stringOf(node)?.trim() ?? "", inventory);
  return parts === undefined || elsewhere === undefined ? parts : { ...parts, text: [...parts.text, elsewhere] };
}

/** Where to look for what an ARN names: in an account that is not the connected one. */
function elsewhereText(arn: string, inventory: Inventory): string | undefined {
  const account = accountElsewhere(arn, inventory);
  return account === undefined
    ? undefined
    : l10n.t(
        "This is in account {0}, but you are connected to account {1}. To see it here, switch to an AWS profile of account {0}.",
        account,
        inventory.account,
      );
}

function unknown(arn: string, inventory: Inventory): string {
  const { region = "", account = "" } = parseArn(arn) ?? {};
  if (isAbsent(arn, inventory))
    return l10n.t("The certificate does not exist in ACM in {0} in account {1}.", region, account);
  if (!isOfAccount(arn, inventory))
    return (
      elsewhereText(arn, inventory) ??
      l10n.t("The certificate is not in the connected account {0}. No details are available.", inventory.account)
    );
  return l10n.t("The details of the certificate are not loaded yet, or ACM did not return them.");
}

function factsOf(certificate: AcmCertificate, inventory: Inventory, now: Date): Explanation["facts"] {
  const { domainName, alternativeNames, status, details } = certificate;
  const key = describeKey(certificate);
  const users = usersIn(inventory).get(certificate.arn) ?? [];
  // Distributions say it better: with the origin.
  const others = (details?.inUseBy ?? []).filter((arn) => !users.some(({ distribution }) => distribution.arn === arn));
  const facts: readonly (readonly [string, string | undefined])[] = [
    [l10n.t("Subject"), details?.subject === undefined ? undefined : shown(details.subject)],
    [l10n.t("Names"), listed([...new Set([...(domainName ? [domainName] : []), ...alternativeNames])])],
    [l10n.t("Issuer"), details?.issuer === undefined ? undefined : shown(details.issuer)],
    [l10n.t("Validity"), describeExpiry(certificate, now)],
    [l10n.t("Status"), status],
    [l10n.t("Key"), key],
    [l10n.t("Presented to origins"), usersInWords(users)],
    [l10n.t("Also used by"), listed(others)],
  ];
  return facts.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, value] as const]));
}

const users = new WeakMap<Inventory, ReturnType<typeof usersOf>>();

function usersIn(inventory: Inventory): ReturnType<typeof usersOf> {
  return once(users, inventory, ({ distributions }) => usersOf(distributions.values()));
}

/** As in `o1 of E1PA6795UKMFR9 (d111111abcdef8.cloudfront.net)`. */
function usersInWords(users: readonly CertificateUser[]): string | undefined {
  return listed(
    users.map(({ distribution, origin }) =>
      l10n.t("{0} of {1} ({2})", origin.id, distribution.id, distribution.aliases[0] ?? distribution.domainName),
    ),
  );
}
