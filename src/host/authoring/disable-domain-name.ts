import * as vscode from "vscode";
import { decidedByCondition } from "../../account/origin-mtls-words.ts";
import type { DomainName } from "../../core/apigateway/domain-name.ts";
import {
  type DomainNameOffUnfit,
  domainNameOffChanges,
  domainNameOffUnfitFor,
  isTurnedOffByEmptyPlace,
} from "../../core/apigateway/intent.ts";
import { turnOffDomainNameCommand } from "../../core/apigateway/update-command.ts";
import { domainNameEnabling } from "./enable-domain-name.ts";
import { disableTitle, type Enabling, type Off, turningOff } from "./enabling.ts";

/** The other way: mutual TLS of a custom domain name goes. */
export const domainNameDisabling: Enabling<DomainName, Off> = {
  ...domainNameEnabling,
  title: disableTitle,
  unfitReason: (domain) => {
    const unfit = domainNameOffUnfitFor(domain);
    return unfit === undefined ? undefined : unfitText(unfit);
  },
  asking: () => turningOff,
  changes: domainNameOffChanges,
  advice,
  alreadyText: alreadyOff,
  doneText: (name) =>
    vscode.l10n.t(
      "Mutual TLS is turned off in the file for {0}. Next: update the domain name. From then on, API Gateway requests no client certificate.",
      name,
    ),
  command: (after, terminal) => turnOffDomainNameCommand(after, terminal),
};

function unfitText(unfit: DomainNameOffUnfit): string {
  switch (unfit) {
    case "already-off":
      return alreadyOff();
    case "conditional":
      return decidedByCondition();
    case "misspelled":
      return vscode.l10n.t(
        "API Gateway does not accept the mutual TLS settings as written. Correct them first. Use the Quick Fix if one is available.",
      );
  }
}

function alreadyOff(): string {
  return vscode.l10n.t("Mutual TLS is already off.");
}

function advice(domain: DomainName): vscode.QuickPickItem[] {
  return [
    {
      label: vscode.l10n.t("$(unlock) All clients are accepted"),
      detail: vscode.l10n.t("API Gateway requests no client certificate."),
    },
    { label: vscode.l10n.t("$(shield) The API must authenticate its callers in another way") },
    ...(isTurnedOffByEmptyPlace(domain)
      ? [
          {
            label: vscode.l10n.t("$(info) An empty {0} turns off mutual TLS in an update", domain.spelling.uri),
            detail: vscode.l10n.t(
              "If the file is the input of create-domain-name, remove {0} instead.",
              domain.spelling.block,
            ),
          },
        ]
      : []),
  ];
}
