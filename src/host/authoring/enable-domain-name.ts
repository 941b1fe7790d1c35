import * as vscode from "vscode";
import { back, type Question } from "../../account/asking.ts";
import { decidedByCondition } from "../../account/origin-mtls-words.ts";
import type { DomainName } from "../../core/apigateway/domain-name.ts";
import {
  becomesTls12,
  type DomainNameUnfit,
  domainNameChangesFor,
  domainNameUnfitFor,
  leavesVersion,
  losesAccessMode,
  type Truststore,
} from "../../core/apigateway/intent.ts";
import { updateDomainNameCommand } from "../../core/apigateway/update-command.ts";
import { accessModePath, versionPath } from "../../core/apigateway/vocabulary.ts";
import { siteOf } from "../../core/dialect/view.ts";
import { subjectsOf } from "../../core/facts.ts";
import { callAt } from "../../core/template/entered.ts";
import { type Entered, enterText } from "../editor/pick.ts";
import { type Asking, askingAll, type Enabling, enableTitle, type JudgeIntent, lensAbove } from "./enabling.ts";

/** On a custom domain name of API Gateway. */
export const domainNameEnabling: Enabling<DomainName, Truststore> = {
  kind: "domain-names",
  title: enableTitle,
  among: (facts) => subjectsOf(facts, "domain-names").flatMap(({ domains }) => domains),
  keyOf: ({ node, name }) => siteOf(node)?.resource.id ?? name,
  // Operations on other settings do not say whether it is on.
  lensAt: ({ at, form, node }) => at?.keySpan ?? (form === "patch" ? undefined : lensAbove(node)),
  isConditional: (domain) => domainNameUnfitFor(domain) === "conditional",
  lensWhenOn: ({ mtls }) => (mtls === "off" ? undefined : vscode.l10n.t("$(shield) mTLS on: Change Trust Store…")),
  question: () => vscode.l10n.t("Select a domain name"),
  nodeOf: ({ node }) => node,
  nameOf: ({ node, name }) => name ?? siteOf(node)?.resource.id ?? vscode.l10n.t("the domain name"),
  labelOf: ({ node, name }) => name ?? siteOf(node)?.resource.id ?? vscode.l10n.t("Domain name"),
  stateOf: ({ mtls }) => (mtls === "off" ? vscode.l10n.t("mTLS is off") : vscode.l10n.t("mTLS is on")),
  unfitReason: (domain) => {
    const unfit = domainNameUnfitFor(domain);
    return unfit === undefined ? undefined : unfitText(unfit);
  },
  asking: askingForTruststore,
  changes: domainNameChangesFor,
  advice,
  alreadyText: ({ name }) =>
    name === undefined
      ? vscode.l10n.t("The domain name already has this configuration.")
      : vscode.l10n.t("{0} already has this configuration.", name),
  doneText: (name) =>
    vscode.l10n.t(
      "Mutual TLS is configured in the file for {0}. Next: update the domain name, check the warnings that API Gateway returns, then disable the default endpoint of the API.",
      name,
    ),
  command: updateDomainNameCommand,
};

function unfitText(unfit: DomainNameUnfit): string {
  switch (unfit) {
    case "edge":
      return vscode.l10n.t("The domain name is edge-optimized. Mutual TLS requires a Regional domain name.");
    case "private":
      return vscode.l10n.t("The domain name is private. Mutual TLS requires a Regional domain name.");
    case "conditional":
      return decidedByCondition();
    case "misspelled":
      return vscode.l10n.t(
        "API Gateway does not accept the mutual TLS settings as written. Correct them first. Use the Quick Fix if one is available.",
      );
  }
}

function askingForTruststore(domain: DomainName, title: string, judge: JudgeIntent<Truststore>): Asking<Truststore> {
  const enteredUri: Entered = { text: domain.uri?.text ?? callAt(domain.uri?.node) ?? "" };
  const enteredVersion: Entered = { text: "" };
  let versionOf: string | undefined;
  const whichObject: Question<Partial<Truststore>> = {
    isAsked: () => true,
    ask: async (answers, place) => {
      const uri = await enterText(
        {
          title,
          prompt:
            siteOf(domain.node) === undefined
              ? vscode.l10n.t("Enter the Amazon S3 location of the trust store: s3://bucket-name/key-name")
              : vscode.l10n.t(
                  "Enter the Amazon S3 location of the trust store: s3://bucket-name/key-name. If it has variables, put !Sub before it.",
                ),
          placeHolder: "s3://bucket-name/key-name",
          validate: (text) =>
            text === ""
              ? vscode.l10n.t("Enter the S3 object that contains the CA certificates of the clients.")
              : judge({ uri: text, version: undefined }, "domain-name/truststore-uri"),
        },
        enteredUri,
        place,
      );
      return uri === undefined || uri === back ? uri : { ...answers, uri };
    },
  };
  const whichVersion: Question<Partial<Truststore>> = {
    isAsked: () => true,
    ask: async (answers, place) => {
      const { uri = "" } = answers;
      // Another object has other versions.
      if (versionOf !== uri) enteredVersion.text = domain.uri?.text === uri ? (domain.version?.text ?? "") : "";
      versionOf = uri;
      const version = await enterText(
        {
          title,
          prompt: vscode.l10n.t("Enter the version of the object, or leave empty if the bucket has no versioning"),
          placeHolder: "",
          validate: (text) =>
            text === "" ? undefined : judge({ uri, version: text }, "domain-name/truststore-version"),
        },
        enteredVersion,
        place,
      );
      if (version === undefined || version === back) return version;
      return { ...answers, version: version === "" ? undefined : version };
    },
  };
  return askingAll([whichObject, whichVersion], {}, ({ uri, version }) =>
    uri === undefined ? undefined : { uri, version },
  );
}

/** Who is cut off, and what has to be done besides. */
function advice(domain: DomainName, truststore: Truststore): vscode.QuickPickItem[] {
  // Only the API of REST APIs begins its names with a small letter.
  const isCapital = domain.spelling.api === "http" || siteOf(domain.node) !== undefined;
  const [closing, ownership] = isCapital
    ? ["DisableExecuteApiEndpoint", "OwnershipVerificationCertificateArn"]
    : ["disableExecuteApiEndpoint", "ownershipVerificationCertificateArn"];
  return [
    {
      label: vscode.l10n.t("$(circle-slash) Clients without an accepted certificate are rejected"),
      detail: vscode.l10n.t(
        "API Gateway returns 403 and has no optional mode. Give every client its certificate first.",
      ),
    },
    ...(becomesTls12(domain)
      ? [
          {
            label: vscode.l10n.t("$(circle-slash) The security policy becomes TLS_1_2"),
            detail: vscode.l10n.t(
              "Clients that support only TLS 1.0 or 1.1 are rejected. Enhanced security policies do not support mutual TLS.",
            ),
          },
        ]
      : []),
    ...(losesAccessMode(domain)
      ? [
          {
            label: vscode.l10n.t("$(info) The endpoint access mode is removed"),
            detail: vscode.l10n.t(
              "Only enhanced security policies have an endpoint access mode. The update sets {0} to an empty string.",
              accessModePath,
            ),
          },
        ]
      : []),
    ...(leavesVersion(domain, truststore)
      ? [
          {
            label: vscode.l10n.t("$(info) An existing truststore version of the domain name is kept"),
            detail: vscode.l10n.t(
              "It would belong to a different object. To use no version, add an operation that removes {0}.",
              versionPath,
            ),
          },
        ]
      : []),
    {
      label: vscode.l10n.t("$(shield) Disable the default endpoint of the API"),
      detail: vscode.l10n.t("It does not request a client certificate. Set {0} and deploy the API.", closing),
    },
    {
      label: vscode.l10n.t("$(shield) Revoked certificates are accepted"),
      detail: vscode.l10n.t("API Gateway does not check revocation."),
    },
    {
      label: vscode.l10n.t("$(info) The update needs permissions"),
      detail: vscode.l10n.t(
        "{0}, {1}, and read access to the trust store in Amazon S3.",
        "apigateway:AddCertificateToDomain",
        "apigateway:RemoveCertificateFromDomain",
      ),
    },
    {
      label: vscode.l10n.t("$(info) An imported or private server certificate requires a second certificate"),
      detail: vscode.l10n.t("{0}: a public certificate issued by ACM for this domain name.", ownership),
    },
  ];
}
