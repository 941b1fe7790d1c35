import * as vscode from "vscode";
import type { DomainName } from "../../core/apigateway/domain-name.ts";
import {
  becomesTls12,
  type Unfit as DomainNameUnfit,
  changesFor as domainNameChanges,
  unfitFor as domainNameUnfit,
  leavesVersion,
  type Truststore,
} from "../../core/apigateway/intent.ts";
import { updateDomainNameCommand } from "../../core/apigateway/update-command.ts";
import { versionPath } from "../../core/apigateway/vocabulary.ts";
import type { Change } from "../../core/document/change.ts";
import { numberOf } from "../../core/document/tree.ts";
import {
  type Intent,
  type Unfit as ListenerUnfit,
  changesFor as listenerChanges,
  unfitFor as listenerUnfit,
  modesFor,
} from "../../core/elb/intent.ts";
import type { Listener } from "../../core/elb/listener.ts";
import { masked } from "../../core/elb/secrets.ts";
import { modifyListenerCommand } from "../../core/elb/update-command.ts";
import { type Payload, payloadOf } from "../../core/facts.ts";
import { messageOf } from "../../core/messages/tell.ts";
import type { Problem } from "../../core/rules/rule.ts";
import type { Span } from "../../core/text.ts";
import type { Checked, Documents } from "../documents/documents.ts";
import { hasJsonFault } from "../documents/json-fault.ts";
import type { Log } from "../editor/log.ts";
import { shown } from "../editor/pick.ts";
import { movedProblem, type Previews } from "../editor/preview.ts";
import { ask, say } from "../editor/say.ts";
import { freshly, type PlannedChange, planChange, previewAndApply } from "./change-in-editor.ts";

interface Tools {
  readonly documents: Documents;
  readonly previews: Previews;
  readonly log: Log;
}

/** What is wanted, and of which of the things that a document holds. */
type Wish =
  | { readonly kind: "domain-names"; readonly index: number; readonly truststore: Truststore }
  | { readonly kind: "listeners"; readonly index: number; readonly intent: Intent };

/**
 * Enable mutual TLS on a domain name of API Gateway or a listener in an open document: choose, preview, confirm, apply.
 * Left at any step, nothing has changed.
 */
export async function enableMtls(argument: unknown, tools: Tools): Promise<void> {
  const document =
    argument instanceof vscode.Uri
      ? await vscode.workspace.openTextDocument(argument)
      : vscode.window.activeTextEditor?.document;
  const checked = document === undefined ? undefined : await usable(document, tools);
  const payload = payloadOf(checked?.facts);
  if (checked === undefined || payload === undefined) return;
  const index = await chooseOne(payload);
  if (index === undefined) return;
  const wish =
    payload.kind === "domain-names"
      ? await askForTruststore(checked, index, tools)
      : await askForMode(checked, index, tools);
  if (wish !== undefined) await previewChange(wish, checked.document, tools);
}

async function usable(document: vscode.TextDocument, { documents }: Tools): Promise<Checked | undefined> {
  const checked = await documents.current(document);
  if (checked === undefined || payloadOf(checked.facts) === undefined) {
    await say(
      vscode.l10n.t(
        "{0} is neither about a custom domain name of API Gateway nor about a listener of a load balancer. The AWS CLI writes one with get-domain-name, get-domain-names or describe-listeners.",
        vscode.workspace.asRelativePath(document.uri),
      ),
    );
    return undefined;
  }
  return (await hasJsonFault(checked)) ? undefined : checked;
}

// --- which one

const title = () => vscode.l10n.t("Enable mTLS");

interface OneItem extends vscode.QuickPickItem {
  readonly index?: number;
}

interface Candidate {
  readonly name: string;
  readonly state: string;
  readonly reason: string | undefined;
}

function candidatesIn(payload: Payload): readonly Candidate[] {
  if (payload.kind === "domain-names") {
    return payload.domainNames.domains.map((domain) => {
      const unfit = domainNameUnfit(domain);
      return {
        name: nameOf(domain),
        state: domain.mtls === "off" ? vscode.l10n.t("mTLS is off") : vscode.l10n.t("mTLS is on"),
        reason: unfit === undefined ? undefined : domainNameReason(unfit),
      };
    });
  }
  return payload.listeners.listeners.map((listener) => {
    const unfit = listenerUnfit(listener);
    return {
      name: listenerName(listener),
      state: listener.mode?.text ?? "off",
      reason: unfit === undefined ? undefined : listenerReason(unfit),
    };
  });
}

/** @returns its place in the document; `undefined` where none was chosen, or can be */
async function chooseOne(payload: Payload): Promise<number | undefined> {
  const candidates = candidatesIn(payload);
  const [only] = candidates;
  if (candidates.length === 1 && only !== undefined) {
    if (only.reason === undefined) return 0;
    await say(`${only.name}: ${only.reason}`);
    return undefined;
  }
  const items = candidates.map(
    ({ name, state, reason }, index): OneItem => ({
      label: name,
      description: state,
      ...(reason === undefined ? { index } : { detail: `$(circle-slash) ${reason}` }),
    }),
  );
  const unfit = items.filter(({ index }) => index === undefined);
  const pick = vscode.window.createQuickPick<OneItem>();
  pick.title = title();
  pick.placeholder =
    payload.kind === "domain-names" ? vscode.l10n.t("Choose the domain name") : vscode.l10n.t("Choose the listener");
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.items = [
    ...items.filter(({ index }) => index !== undefined),
    ...(unfit.length === 0
      ? []
      : [{ label: vscode.l10n.t("cannot be chosen"), kind: vscode.QuickPickItemKind.Separator }, ...unfit]),
  ];
  return (await shown(pick, () => pick.selectedItems[0]?.index !== undefined))
    ? pick.selectedItems[0]?.index
    : undefined;
}

function nameOf({ name }: DomainName): string {
  return name ?? vscode.l10n.t("the domain name");
}

function listenerName({ arn, port }: Listener): string {
  const number = numberOf(port);
  // The name of the load balancer is what people know a listener by.
  const balancer = /:listener\/\w+\/([^/]+)\//.exec(arn ?? "")?.[1];
  if (balancer === undefined)
    return number === undefined ? vscode.l10n.t("the listener") : vscode.l10n.t("the listener on port {0}", number);
  return number === undefined ? balancer : `${balancer}:${number}`;
}

function domainNameReason(unfit: DomainNameUnfit): string {
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

function listenerReason(unfit: ListenerUnfit): string {
  switch (unfit) {
    case "not-tls":
      return vscode.l10n.t(
        "It is neither an HTTPS listener of an Application Load Balancer nor a TLS listener of a Network Load Balancer.",
      );
    case "misspelled":
      return vscode.l10n.t(
        "Its mutual authentication is not written as Elastic Load Balancing reads it. Correct that first; the light bulb helps where it can.",
      );
  }
}

// --- what is needed

async function askForTruststore(checked: Checked, index: number, tools: Tools): Promise<Wish | undefined> {
  const payload = payloadOf(checked.facts);
  const domain = payload?.kind === "domain-names" ? payload.domainNames.domains[index] : undefined;
  if (domain === undefined) return undefined;
  const wish = (truststore: Truststore): Wish => ({ kind: "domain-names", index, truststore });
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
        : worst(wish({ uri: value, version: undefined }), "domain-name/truststore-uri", checked, tools),
  );
  if (uri === undefined) return undefined;
  const version = await askForText(
    {
      step: 2,
      prompt: vscode.l10n.t("The version of the object; leave it empty where the bucket has no versioning"),
      value: domain.uri?.text === uri ? (domain.version?.text ?? "") : "",
      placeHolder: "",
    },
    (value) =>
      value === "" ? undefined : worst(wish({ uri, version: value }), "domain-name/truststore-version", checked, tools),
  );
  return version === undefined ? undefined : wish({ uri, version: version === "" ? undefined : version });
}

interface ModeItem extends vscode.QuickPickItem {
  readonly mode: Intent["mode"];
}

async function askForMode(checked: Checked, index: number, tools: Tools): Promise<Wish | undefined> {
  const payload = payloadOf(checked.facts);
  const listener = payload?.kind === "listeners" ? payload.listeners.listeners[index] : undefined;
  if (listener === undefined) return undefined;
  const pick = vscode.window.createQuickPick<ModeItem>();
  pick.title = title();
  pick.step = 1;
  pick.totalSteps = 3;
  pick.placeholder = vscode.l10n.t("What to do with the certificates of clients");
  pick.ignoreFocusOut = true;
  const items: ModeItem[] = [
    {
      label: "passthrough",
      description: vscode.l10n.t("nobody is cut off"),
      detail: vscode.l10n.t("The application must check the client's chain itself: a listener has no mode optional."),
      mode: "passthrough",
    },
    {
      label: "verify",
      description: vscode.l10n.t("clients without a certificate are cut off"),
      detail: vscode.l10n.t("Whoever has no certificate that the trust store accepts is turned away."),
      mode: "verify",
    },
  ];
  const modes = modesFor(listener);
  pick.items = items.filter(({ mode }) => modes.includes(mode));
  const mode = (await shown(pick, () => pick.selectedItems.length > 0)) ? pick.selectedItems[0]?.mode : undefined;
  if (mode === undefined) return undefined;
  if (mode === "passthrough") return { kind: "listeners", index, intent: { mode } };
  const wish = (trustStore: string): Wish => ({ kind: "listeners", index, intent: { mode, trustStore } });
  const trustStore = await askForText(
    {
      step: 2,
      prompt: vscode.l10n.t("ARN of the trust store"),
      value: listener.trustStore?.text ?? "",
      placeHolder: "arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/my-trust-store/73e2d6bc24d8a063",
    },
    (value) => worst(wish(value), "listener/trust-store-arn", checked, tools),
  );
  return trustStore === undefined ? undefined : wish(trustStore);
}

interface Question {
  readonly step: number;
  readonly prompt: string;
  readonly value: string;
  readonly placeHolder: string;
}

async function askForText(
  { step, ...options }: Question,
  validate: (value: string) => string | vscode.InputBoxValidationMessage | undefined,
): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({
    ...options,
    title: vscode.l10n.t("{0} ({1}/{2})", title(), step, 3),
    ignoreFocusOut: true,
    validateInput: (value) => validate(value.trim()),
  });
  return answer?.trim();
}

/**
 * The gravest thing that a rule says of the document as it would become: an error is refused, anything else only told.
 */
function worst(
  wish: Wish,
  ruleId: string,
  checked: Checked,
  tools: Tools,
): vscode.InputBoxValidationMessage | undefined {
  const plan = planFor(wish, checked, tools);
  const node = nodeOfWish(plan?.after.payload, wish);
  const [first] = (plan?.problems ?? [])
    .filter(({ rule, at }) => rule.id === ruleId && node !== undefined && node.start <= at.start && at.end <= node.end)
    .sort((one, other) => gravity[other.severity] - gravity[one.severity]);
  if (first === undefined) return undefined;
  return {
    message: messageOf(first),
    severity:
      first.severity === "error"
        ? vscode.InputBoxValidationSeverity.Error
        : first.severity === "warning"
          ? vscode.InputBoxValidationSeverity.Warning
          : vscode.InputBoxValidationSeverity.Info,
  };
}

const gravity: Readonly<Record<Problem["severity"], number>> = { info: 0, warning: 1, error: 2 };

// --- preview, confirm, apply

interface Plan extends PlannedChange {
  readonly name: string;
  readonly advice: readonly vscode.QuickPickItem[];
}

/** `undefined`: it is not there any more, or cannot be changed. */
function planFor(wish: Wish, checked: Checked, tools: Tools): Plan | undefined {
  const before = freshly(checked);
  const found = before === undefined ? undefined : changesIn(before.payload, wish);
  if (before === undefined || found === undefined) return undefined;
  return { ...planChange(checked.document, before, found.changes, tools), name: found.name, advice: found.advice };
}

function nodeOfWish(payload: Payload | undefined, { index }: Wish): Span | undefined {
  return payload?.kind === "domain-names"
    ? payload.domainNames.domains[index]?.node
    : payload?.listeners.listeners[index]?.node;
}

function changesIn(
  payload: Payload | undefined,
  wish: Wish,
): { changes: Change[]; name: string; advice: vscode.QuickPickItem[] } | undefined {
  if (payload?.kind === "domain-names" && wish.kind === "domain-names") {
    const domain = payload.domainNames.domains[wish.index];
    if (domain === undefined || domainNameUnfit(domain) !== undefined) return undefined;
    return {
      changes: domainNameChanges(domain, wish.truststore),
      name: nameOf(domain),
      advice: domainNameAdvice(domain, wish.truststore),
    };
  }
  if (payload?.kind === "listeners" && wish.kind === "listeners") {
    const listener = payload.listeners.listeners[wish.index];
    if (listener === undefined || listenerUnfit(listener) !== undefined) return undefined;
    return {
      changes: listenerChanges(listener, wish.intent),
      name: listenerName(listener),
      advice: listenerAdvice(wish.intent, modesFor(listener).includes("passthrough")),
    };
  }
  return undefined;
}

/** Who is cut off, and what has to be done besides. */
function domainNameAdvice(domain: DomainName, truststore: Truststore): vscode.QuickPickItem[] {
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

/** @param isApplication whether it is a listener of an Application Load Balancer, as far as the document tells */
function listenerAdvice({ mode }: Intent, isApplication: boolean): vscode.QuickPickItem[] {
  const sessions = {
    label: vscode.l10n.t("$(info) Clients cannot resume TLS sessions any more"),
    detail: vscode.l10n.t("Each connection makes a full handshake."),
  };
  if (mode === "passthrough") {
    return [
      { label: vscode.l10n.t("$(pass) Nobody is cut off by the load balancer") },
      {
        label: vscode.l10n.t("$(shield) The application must check the certificate"),
        detail: vscode.l10n.t(
          "It comes in the header X-Amzn-Mtls-Clientcert, unchecked: until then nothing is protected.",
        ),
      },
      sessions,
    ];
  }
  return [
    {
      label: vscode.l10n.t("$(circle-slash) Clients without an accepted certificate are cut off"),
      detail: isApplication
        ? vscode.l10n.t("passthrough first shows the application who has one.")
        : vscode.l10n.t("A Network Load Balancer has no other mode: give every client its certificate first."),
    },
    {
      label: vscode.l10n.t("$(circle-slash) So are clients whose certificate has expired"),
      detail: vscode.l10n.t("Unless IgnoreClientCertificateExpiry is true."),
    },
    ...(isApplication
      ? [
          { label: vscode.l10n.t("$(info) At most {0} listeners of a load balancer can be in the mode verify", 2) },
          sessions,
        ]
      : []),
  ];
}

async function previewChange(wish: Wish, document: vscode.TextDocument, tools: Tools): Promise<void> {
  await previewAndApply(document, async () => {
    const checked = await usable(document, tools);
    if (checked === undefined) return undefined;
    const plan = planFor(wish, checked, tools);
    if (plan === undefined) {
      await say(
        vscode.l10n.t(
          "The file changed meanwhile: what was chosen is not there any more, or cannot be changed. Nothing was changed; run the command again.",
        ),
        "warning",
      );
      return undefined;
    }
    if (plan.edits.length === 0) {
      await say(vscode.l10n.t("Nothing to change: {0} has it so already.", plan.name));
      return undefined;
    }
    // A listener may hold what it signs in with at an identity provider; API Gateway is told no secret.
    const after = masked(plan.after.tree);
    const problems = plan.introduced.map((problem) => movedProblem(problem, after));
    return {
      edits: plan.edits,
      show: () =>
        tools.previews.show(
          `${title()}: ${vscode.workspace.asRelativePath(document.uri)}`,
          document.uri.path,
          masked(plan.before.tree).text,
          after.text,
          problems,
        ),
      question: {
        title: title(),
        steps: wish.kind === "listeners" && wish.intent.mode === "passthrough" ? 2 : 3,
        description: plan.name,
        sections: [{ title: vscode.l10n.t("who is cut off, and what is to be done"), items: plan.advice }],
        introduced: plan.introduced,
      },
      done: () => sayWhatIsNext(wish, plan),
    };
  });
}

/** An answer of the AWS CLI cannot be sent back; the command that does the same can. */
async function sayWhatIsNext(wish: Wish, { name, before, after }: Plan): Promise<void> {
  const command = commandFor(after.payload, before.payload, wish);
  if (command === undefined) return say(doneText(wish, name));
  const copy = vscode.l10n.t("Copy aws Command");
  if ((await ask(doneText(wish, name), [copy])) === copy) await vscode.env.clipboard.writeText(command);
}

function commandFor(payload: Payload | undefined, before: Payload | undefined, { index }: Wish): string | undefined {
  if (payload?.kind === "domain-names") {
    const domain = payload.domainNames.domains[index];
    return domain === undefined
      ? undefined
      : updateDomainNameCommand(
          domain,
          before?.kind === "domain-names" ? before.domainNames.domains[index] : undefined,
        );
  }
  const listener = payload?.listeners.listeners[index];
  return listener === undefined ? undefined : modifyListenerCommand(listener);
}

function doneText(wish: Wish, name: string): string {
  if (wish.kind === "domain-names")
    return vscode.l10n.t(
      "Mutual TLS is in the file for {0}. Next: update the domain name, read the warnings that API Gateway answers, then disable the default endpoint of the API.",
      name,
    );
  if (wish.intent.mode === "passthrough")
    return vscode.l10n.t(
      "passthrough is in the file for {0}. Next: modify the listener, and let the application check the certificates.",
      name,
    );
  return vscode.l10n.t(
    "verify is in the file for {0}. Next: modify the listener; clients without a certificate are turned away from then on.",
    name,
  );
}
