import * as l10n from "@vscode/l10n";
import type { Phase } from "../../probe/facts.ts";
import type { EndReason, Remark, VerdictReason } from "../../probe/reason.ts";
import type { SaysOf } from "../../reason.ts";
import { numberText } from "../format.ts";
import { describeAlert } from "../tls/alert.ts";

function phaseWords(phase: Phase | string): string {
  switch (phase) {
    case "connect":
      return l10n.t("while connecting");
    case "handshake":
      return l10n.t("during the handshake");
    case "accept":
      return l10n.t("right after the handshake");
    default:
      return l10n.t("after the request");
  }
}

function systemError(code: string): string {
  switch (code) {
    case "ECONNREFUSED":
      return l10n.t("Nothing listens there (ECONNREFUSED).");
    case "ETIMEDOUT":
      return l10n.t("There was no answer (ETIMEDOUT).");
    case "ENETUNREACH":
    case "EHOSTUNREACH":
    case "EADDRNOTAVAIL":
      return l10n.t("This computer has no route to this address ({0}).", code);
    case "ECONNRESET":
      return l10n.t("The connection was reset (ECONNRESET).");
    default:
      return l10n.t("The connection failed ({0}).", code);
  }
}

/** Why a verdict is what it is. */
export const verdicts: SaysOf<VerdictReason> = {
  "probe:refused-in-tls": () =>
    l10n.t(
      "The server asks for a client certificate in the handshake, and refused the connections without one and with one of an unknown CA.",
    ),
  "probe:refused-by-http": () =>
    l10n.t(
      "The server asks for a client certificate in the handshake, completes it in any case, and refused the requests without the right certificate by HTTP.",
    ),
  "probe:nobody-needs-one": () =>
    l10n.t(
      "The server asks for a client certificate, but answered a request without one. Anybody gets in. Set the server to require the certificate.",
    ),
  "probe:any-will-do": () =>
    l10n.t(
      "The server requires a client certificate, but accepted one of a CA that was made for this check. Any certificate gets in. Set the server to verify the certificate.",
    ),
  "probe:not-asked": ({ role }) =>
    role === "origin"
      ? l10n.t(
          "The server completed the handshake and did not ask for a client certificate. CloudFront presents its certificate only when it is asked, so anybody gets in.",
        )
      : role === "side-door"
        ? l10n.t(
            "The default endpoint does not ask for a client certificate and answers requests, so mutual TLS of the custom domain name can be bypassed. Disable the default endpoint.",
          )
        : l10n.t(
            "The server completed the handshake and did not ask for a client certificate. Anybody gets in without one.",
          ),
  "probe:asked-late": ({ role }) =>
    role === "origin"
      ? l10n.t(
          "The server asks for a client certificate only after the handshake, by renegotiation. CloudFront does not renegotiate, so it never presents its certificate. Set the server to ask in the handshake.",
        )
      : l10n.t(
          "The server asks for a client certificate only after the handshake, by renegotiation. TLS 1.3 and many clients do not have that. Set the server to ask in the handshake.",
        ),
  "probe:in-between": ({ issuer }) =>
    l10n.t(
      "The server certificate was issued by “{0}”, a CA that is installed on this computer and not publicly trusted. Something in between ends TLS here, or the server has a private certificate. Try from another network.",
      issuer,
    ),
  "probe:not-found": ({ host, code }) =>
    code === "ETIMEOUT"
      ? l10n.t("The address of “{0}” could not be looked up in time. Check the network.", host)
      : l10n.t("The name “{0}” has no address ({1}). Check the spelling and the DNS records.", host, code),
  "probe:no-connection": ({ code }) => systemError(code),
  "probe:silent": ({ phase }) =>
    phase === "connect"
      ? l10n.t(
          "There was no connection in time. A firewall or an allow list of IP addresses may let only CloudFront connect.",
        )
      : l10n.t("The server stopped answering {0}, so it is not known what it does.", phaseWords(phase)),
  "probe:no-tls": () => l10n.t("What answers on this port does not speak TLS. Check the port."),
  "probe:no-version": () =>
    l10n.t("The server does not speak any of the TLS versions that were tried. Check the TLS versions of both sides."),
  "probe:no-http": () =>
    l10n.t("What the server answered within TLS is not HTTP, so it is not known whether it refuses anybody."),
  "probe:ended-early": ({ alert }) =>
    l10n.t("The server ended the handshake before it asked for a certificate, with TLS {0}.", describeAlert(alert)),
  "probe:closed-early": () => l10n.t("The server closed the connection before TLS was agreed on."),
  "probe:endless": () => l10n.t("The server sent more data than any handshake or answer has. The check was ended."),
  "probe:gave-up": ({ code }) =>
    l10n.t(
      "The connection could not be continued ({0}): the server sent what TLS does not allow, or asked for what this computer does not support. So it is not known what the server does.",
      code,
    ),
  "probe:canceled": () => l10n.t("The check was canceled."),
  "probe:unreadable": () =>
    l10n.t("The handshake could not be read on this computer, so it is not known whether the server asks."),
  "probe:not-seen": () => l10n.t("Nothing was seen that a verdict could be based on. Try again."),
  "probe:some-unreachable": () =>
    l10n.t("Some addresses could not be reached, so it is not known what the servers there do."),
  "probe:asked-at-times": () =>
    l10n.t(
      "The server asks for a client certificate on some connections only. There may be several servers behind the address. Anybody gets in to those that do not ask. Set all of them to require the certificate.",
    ),
  "probe:versions-unseen": ({ versions }) =>
    l10n.t(
      "The server stopped answering before {0} could be tried, so it is not known what it does with that version. Try again later.",
      versions,
    ),
  "probe:closed-alone": () =>
    l10n.t(
      "The server asks for a client certificate, and closed the connections without one and with one of an unknown CA without a reason. That may be a refusal, or how it treats everybody. Add your certificate and key to compare.",
    ),
  "probe:closed-for-all": () =>
    l10n.t(
      "The server asks for a client certificate, but closed every connection without a reason, also with your certificate. It may be out of order. Read its log at this time.",
    ),
  "probe:status-alone": ({ status }) =>
    l10n.t(
      "The server asks for a client certificate, completed the handshake without one, and answered HTTP {0}. That may be a refusal, or how it answers everybody. Add your certificate and key to compare.",
      status,
    ),
  "probe:same-refusal": ({ status }) =>
    l10n.t(
      "The server answered HTTP {0} with and without your certificate. Choose a path, method or Host that your certificate may see.",
      status,
    ),
  "probe:server-error": ({ status }) =>
    l10n.t("The server answered HTTP {0}, an error of its own. Try again when it works.", status),
  "probe:too-many": () =>
    l10n.t(
      "The server answered HTTP 429 (too many requests), so it is not known whether it refuses anybody. Try again later.",
    ),
  "probe:side-door-status": ({ status }) =>
    l10n.t(
      "The default endpoint answered HTTP {0}. A disabled endpoint answers like this, and so does an API without this path. Check that the default endpoint is disabled.",
      status,
    ),
  "probe:statuses": ({ status, given }) =>
    l10n.t(
      "The server answered HTTP {0} without the right certificate and HTTP {1} with yours. That does not show a refusal. Choose a path that your certificate may see.",
      status,
      given,
    ),
  "probe:closed-after-request": () =>
    l10n.t(
      "The server completed the handshake and closed the connection after the request, without an answer. Add your certificate and key to compare.",
    ),
  "probe:unclear-alert": ({ alert }) =>
    l10n.t(
      "The server ended the connection with TLS {0}, which is not about certificates. Add your certificate and key to compare.",
      describeAlert(alert),
    ),
};

export const ends: SaysOf<EndReason> = {
  "probe:end-answer": ({ status }) => l10n.t("HTTP {0}", status),
  "probe:end-no-certificate": ({ status }) =>
    l10n.t("refused: HTTP {0}, “No required SSL certificate was sent”", status),
  "probe:end-certificate-error": ({ status }) => l10n.t("refused: HTTP {0}, “The SSL certificate error”", status),
  "probe:end-alert": ({ alert }) => l10n.t("ended by TLS {0}", describeAlert(alert)),
  "probe:end-closed": ({ phase }) => l10n.t("closed by the server {0}", phaseWords(phase)),
  "probe:end-reset": ({ phase }) => l10n.t("reset by the server {0}", phaseWords(phase)),
  "probe:end-silent": ({ phase }) => l10n.t("no answer {0}", phaseWords(phase)),
  "probe:end-endless": ({ phase }) => l10n.t("endless data {0}", phaseWords(phase)),
  "probe:end-no-tls": () => l10n.t("the answer is not TLS"),
  "probe:end-no-http": () => l10n.t("the answer is not HTTP"),
  "probe:end-canceled": () => l10n.t("canceled"),
  "probe:end-unreachable": ({ code }) => l10n.t("no connection ({0})", code),
  "probe:end-gave-up": ({ code }) => l10n.t("the connection could not be continued ({0})", code),
};

export const remarks: SaysOf<Remark> = {
  "probe:given-refused": ({ how }) =>
    l10n.t("Your certificate was refused too: {0}. Check that the server trusts its issuer and supports its key.", how),
  "probe:issuer-advertised": () => l10n.t("The issuer of your certificate is among the CAs that the server names."),
  "probe:issuer-missing": () =>
    l10n.t(
      "The issuer of your certificate is not among the CAs that the server names. A client may then not present it.",
    ),
  "probe:expired-let-in": () =>
    l10n.t(
      "The server accepted an expired client certificate. CloudFront does not check the dates of its certificate, the origin has to.",
    ),
  "probe:server-auth-let-in": () =>
    l10n.t("The server accepted a client certificate that is for server authentication alone (no clientAuth)."),
  "probe:not-public": ({ role, error }) =>
    role === "origin"
      ? l10n.t(
          "The server certificate is not publicly trusted ({0}). CloudFront answers 502 for such an origin.",
          error,
        )
      : l10n.t("The server certificate is not publicly trusted ({0}).", error),
  "probe:other-name": ({ role, name }) =>
    role === "origin"
      ? l10n.t("The server certificate is not valid for “{0}”. CloudFront answers 502 for such an origin.", name)
      : l10n.t("The server certificate is not valid for “{0}”.", name),
  "probe:more-addresses": ({ left }) => l10n.t("{0} more addresses were not tried.", numberText(left)),
  "probe:no-route": ({ address }) =>
    l10n.t("{0} was not tried: this computer has no route to it. The verdict is that of the other addresses.", address),
  "probe:different-keys": () => l10n.t("The addresses do not all have the same server key."),
  "probe:without-certificate": () => l10n.t("Your client certificate: not at hand. Add it with its key."),
  "probe:without-issuer": () =>
    l10n.t(
      "An expired client certificate, and one without clientAuth: these need a CA that the server trusts. Add it with its key.",
    ),
  "probe:elsewhere": ({ role }) =>
    role === "origin"
      ? l10n.t(
          "This check ran on this computer, and CloudFront connects from elsewhere. An origin in a private network, or with an allow list of IP addresses, may treat CloudFront differently.",
        )
      : l10n.t(
          "This check ran on this computer. A server with an allow list of IP addresses may treat other clients differently.",
        ),
};
