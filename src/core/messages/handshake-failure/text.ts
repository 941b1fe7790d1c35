import * as l10n from "@vscode/l10n";
import { causeOfAlert, stepOf } from "../../handshake-failure/alerts.ts";
import { type AtHand, type Explanation, explain } from "../../handshake-failure/explain.ts";
import type { Failure } from "../../handshake-failure/failure.ts";
import type { Reason } from "../../reason.ts";
import { LineIndex } from "../../text.ts";
import { numberText } from "../format.ts";
import { tell } from "../tell.ts";
import { describeAlert } from "../tls/alert.ts";
import { failureSentences } from "./sentences.ts";

/** What is explained of one text; a log rarely holds as many kinds. */
const mostExplained = 20;

/**
 * What the failures in a text mean, as lines of plain text. Nothing of the text itself is repeated: it may hold keys
 * and headers.
 */
export function explanationLines(failures: readonly Failure[], text: string, atHand: AtHand = {}): readonly string[] {
  const lines = new LineIndex(text);
  const shown = failures.slice(0, mostExplained);
  const left = failures.length - shown.length;
  return [
    ...shown.flatMap((failure, index) => [
      ...(index === 0 ? [] : [""]),
      whereText(failure, lines.at(failure.at.start).line),
      ...linesOf(explain(failure, atHand), failure),
    ]),
    ...(left === 0 ? [] : ["", l10n.t("More kinds of failures in the text: {0}.", numberText(left))]),
  ];
}

/** Counted from one. */
export function lineOf({ at }: Failure, text: string): number {
  return new LineIndex(text, at.start).at(at.start).line + 1;
}

/** What is out of the question where a certificate was presented. */
const answeredByPresenting: ReadonlySet<string> = new Set(["failure:certificate-missing", "failure:do-present"]);

/**
 * What an alert of a server to a client means that did present its certificate.
 */
export function refusalLines(alert: number): readonly string[] {
  const cause = causeOfAlert(alert);
  const failure: Failure = {
    ...{ at: { start: 0, end: 0 }, count: 1, cause, refusing: "server", isAssumed: false },
    ...{ step: stepOf(cause, "server"), alert },
  };
  const { causes, actions } = explain(failure);
  const isOpen = ({ code }: Reason) => !answeredByPresenting.has(code);
  return [
    ...listed(l10n.t("Likely causes:"), causes.filter(isOpen).map(say)),
    ...listed(l10n.t("What to do:"), actions.filter(isOpen).map(say)),
  ];
}

/** The same, part by part: what happened, its causes and what to do. */
export function explanationTexts(failure: Failure): {
  readonly what: string;
  readonly causes: readonly string[];
  readonly actions: readonly string[];
} {
  const { what, causes, actions } = explain(failure);
  return { what: say(what), causes: causes.map(say), actions: actions.map(say) };
}

function whereText({ count }: Failure, line: number): string {
  const number = numberText(line + 1);
  return count === 1
    ? l10n.t("Line {0}", number)
    : l10n.t("Line {0} ({1} lines say the same)", number, numberText(count));
}

function linesOf(
  { what, who, step, otherwise, seen, causes, actions }: Explanation,
  { alert }: Failure,
): readonly string[] {
  const [first, ...others] = causes.map(say);
  return [
    say(what),
    ...(alert === undefined || what.code === "failure:what-protocol-fault"
      ? []
      : [l10n.t("TLS: {0}.", describeAlert(alert))]),
    say(who),
    say(step),
    ...(otherwise === undefined ? [] : [say(otherwise)]),
    ...listed(l10n.t("In your open files:"), seen.map(say)),
    ...listed(l10n.t("Most likely cause:"), first === undefined ? [] : [first]),
    ...listed(l10n.t("Other possible causes, the more likely first:"), others),
    ...listed(l10n.t("What to do:"), actions.map(say)),
  ];
}

function listed(head: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : ["", head, ...items.map((item) => `  - ${item}`)];
}

function say(reason: Reason): string {
  return tell(reason, failureSentences);
}

/** What is said where nothing was recognized. */
export function nothingRecognisedLines(): readonly string[] {
  return [
    l10n.t("No failure of TLS was recognized in this text. It may still tell of one."),
    "",
    l10n.t("What is understood:"),
    ...understood().map((item) => `  - ${item}`),
  ];
}

function understood(): readonly string[] {
  return [
    l10n.t("TLS alerts, by number or by name."),
    l10n.t("Messages of OpenSSL, Node.js, curl, Go, Java, Python, rustls, GnuTLS, and browsers."),
    l10n.t("Responses and logs of nginx, Apache, and HAProxy."),
    l10n.t("API Gateway's 403, and CloudFront's 502 and log codes of connections to origins."),
    l10n.t("Error codes in the connection logs of CloudFront and Application Load Balancers."),
  ];
}
