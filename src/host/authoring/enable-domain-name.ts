import * as vscode from "vscode";
import type { DomainName } from "../../core/apigateway/domain-name.ts";
import {
  becomesTls12,
  changesFor,
  leavesVersion,
  type Truststore,
  type Unfit,
  unfitFor,
} from "../../core/apigateway/intent.ts";
import { updateDomainNameCommand } from "../../core/apigateway/update-command.ts";
import { versionPath } from "../../core/apigateway/vocabulary.ts";
import { subjectsOf } from "../../core/facts.ts";
import { askForText, type Enabling, type JudgeIntent } from "./enabling.ts";

/** On a custom domain name of API Gateway. */
export const domainNameEnabling: Enabling<DomainName, Truststore> = {
  among: (facts) => subjectsOf(facts, "domain-names").flatMap(({ domains }) => domains),
  question: () => vscode.l10n.t("Choose the domain name"),
  nodeOf: ({ node }) => node,
  nameOf: ({ name }) => name ?? vscode.l10n.t("the domain name"),
  stateOf: ({ mtls }) => (mtls === "off" ? vscode.l10n.t("mTLS is off") : vscode.l10n.t("mTLS is on")),
  unfitReason: (domain) => {
    const unfit = unfitFor(domain);
    return unfit === undefined ? undefined : unfitText(unfit);
  },
  ask: askForTruststore,
  changes: changesFor,
  advice,
  stepsOf: () => 3,
  doneText: (name) =>
    vscode.l10n.t(
      "Mutual TLS is in the file for {0}. Next: update the domain name, read the warnings that API Gateway answers, then disable the default endpoint of the API.",
      name,
    ),
  command: updateDomainNameCommand,
};

function unfitText(unfit: Unfit): string {
  switch (unfit) {
    case "edge":
      return vscode.l10n.t("It is edge-optimized. Mutual TLS needs a Regional domain name.");
    case "private":
      return vscode.l10n.t("It is private. Mutual TLS needs a Regional domain name.");
    case "misspelled":
      return vscode.l10n.t(
        "Its mutual TLS is not written as API Gateway reads it. Correct that first; the light bulb helps where it can.",
      );
  }
}

async function askForTruststore(domain: DomainName, judge: JudgeIntent<Truststore>): Promise<Truststore | undefined> {
  const uri = await askForText(
    {
      step: 1,
      prompt: vscode.l10n.t("Where in S3 the trust store is: s3://bucket-name/key-name"),
      value: domain.uri?.text ?? "",
      placeHolder: "s3://bucket-name/key-name",
    },
    (value) =>
      value === ""
        ? vscode.l10n.t("Name the object in S3 that holds the CA certificates of the clients.")
        : judge({ uri: value, version: undefined }, "domain-name/truststore-uri"),
  );
  if (uri === undefined) return undefined;
  const version = await askForText(
    {
      step: 2,
      prompt: vscode.l10n.t("The version of the object; leave it empty where the bucket has no versioning"),
      value: domain.uri?.text === uri ? (domain.version?.text ?? "") : "",
      placeHolder: "",
    },
    (value) => (value === "" ? undefined : judge({ uri, version: value }, "domain-name/truststore-version")),
  );
  return version === undefined ? undefined : { uri, version: version === "" ? undefined : version };
}

/** Who is cut off, and what has to be done besides. */
function advice(domain: DomainName, truststore: Truststore): vscode.QuickPickItem[] {
  return [
    {
      label: vscode.l10n.t("$(circle-slash) Clients without an accepted certificate are cut off"),
      detail: vscode.l10n.t(
        "API Gateway answers 403, and has no optional mode: give every client its certificate first.",
      ),
    },
    ...(becomesTls12(domain)
      ? [
          {
            label: vscode.l10n.t("$(circle-slash) The security policy becomes TLS_1_2"),
            detail: vscode.l10n.t(
              "Clients that speak only TLS 1.0 or 1.1 are cut off; an enhanced policy does not go with mutual TLS.",
            ),
          },
        ]
      : []),
    ...(leavesVersion(domain, truststore)
      ? [
          {
            label: vscode.l10n.t("$(info) A version that the domain name has already stays"),
            detail: vscode.l10n.t(
              "It would be that of another object. To have none, add an operation that removes {0}.",
              versionPath,
            ),
          },
        ]
      : []),
    {
      label: vscode.l10n.t("$(shield) Disable the default endpoint of the API"),
      detail: vscode.l10n.t("It asks for no certificate. Set disableExecuteApiEndpoint and deploy the API."),
    },
    {
      label: vscode.l10n.t("$(shield) Revoked certificates are let in"),
      detail: vscode.l10n.t("API Gateway does not look."),
    },
    {
      label: vscode.l10n.t("$(info) An imported or private server certificate needs a second one"),
      detail: vscode.l10n.t("ownershipVerificationCertificateArn: a public certificate that ACM issued for this name."),
    },
  ];
}
