import * as l10n from "@vscode/l10n";
import type { FailureReason } from "../../handshake-failure/explain.ts";
import type { SaysOf } from "../../reason.ts";
import { describeAlert } from "../tls/alert.ts";

/** What a failed connection means: what happened, who refused and where, why, and what to do. */
export const failureSentences = {
  "failure:what-untrusted-issuer-of-client": () =>
    l10n.t("The server does not trust the issuer of the client certificate."),
  "failure:what-untrusted-issuer-of-server": () =>
    l10n.t("The client does not trust the issuer of the server certificate."),
  "failure:what-incomplete-chain-of-client": () =>
    l10n.t("The server cannot find the issuer of a certificate in the client's chain."),
  "failure:what-incomplete-chain-of-server": () =>
    l10n.t("The client cannot find the issuer of a certificate in the server's chain."),
  "failure:what-self-signed-of-client": () =>
    l10n.t("The client certificate is self-signed, and the server does not trust it."),
  "failure:what-self-signed-of-server": () =>
    l10n.t("The server certificate is self-signed, and the client does not trust it."),
  "failure:what-expired-of-client": () => l10n.t("For the server, the client certificate has expired."),
  "failure:what-expired-of-server": () => l10n.t("For the client, the server certificate has expired."),
  "failure:what-not-yet-valid-of-client": () => l10n.t("For the server, the client certificate is not valid yet."),
  "failure:what-not-yet-valid-of-server": () => l10n.t("For the client, the server certificate is not valid yet."),
  "failure:what-revoked-of-client": () => l10n.t("For the server, the client certificate is revoked."),
  "failure:what-revoked-of-server": () => l10n.t("For the client, the server certificate is revoked."),
  "failure:what-revocation-unknown-of-client": () =>
    l10n.t("The server could not find out whether the client certificate is revoked."),
  "failure:what-revocation-unknown-of-server": () =>
    l10n.t("The client could not find out whether the server certificate is revoked."),
  "failure:what-wrong-purpose-of-client": () =>
    l10n.t(
      "For the server, the client certificate is not for client authentication, or is of a kind it does not support.",
    ),
  "failure:what-wrong-purpose-of-server": () =>
    l10n.t(
      "For the client, the server certificate is not for server authentication, or is of a kind it does not support.",
    ),
  "failure:what-bad-certificate-of-client": () => l10n.t("The server does not accept the client certificate."),
  "failure:what-bad-certificate-of-server": () => l10n.t("The client does not accept the server certificate."),
  "failure:what-certificate-unknown-of-client": () =>
    l10n.t("The server does not accept the client certificate, for a reason that it does not name."),
  "failure:what-certificate-unknown-of-server": () =>
    l10n.t("The client does not accept the server certificate, for a reason that it does not name."),
  "failure:what-access-denied-of-client": () =>
    l10n.t("The server verified the client certificate, and does not allow this client."),
  "failure:what-access-denied-of-server": () =>
    l10n.t("The client verified the server certificate, and does not allow this server."),
  "failure:what-bad-signature-of-client": () =>
    l10n.t("The signature by which the client proves that it has the key of its certificate is wrong."),
  "failure:what-bad-signature-of-server": () =>
    l10n.t("The signature by which the server proves that it has the key of its certificate is wrong."),
  "failure:what-name-mismatch-of-client": () => l10n.t("The client certificate is for another name."),
  "failure:what-name-mismatch-of-server": () =>
    l10n.t("The server certificate is not for the host name that the client asked for."),
  "failure:what-chain-too-long-of-client": () => l10n.t("The chain of the client certificate is too long."),
  "failure:what-chain-too-long-of-server": () => l10n.t("The chain of the server certificate is too long."),
  "failure:what-too-large-of-client": () => l10n.t("The client certificate is too large."),
  "failure:what-too-large-of-server": () => l10n.t("The server certificate is too large."),
  "failure:what-weak-certificate-of-client": () =>
    l10n.t("A key or a signature in the client's chain is too weak for the server."),
  "failure:what-weak-certificate-of-server": () =>
    l10n.t("A key or a signature in the certificates is too weak for the client's settings."),
  "failure:what-unsupported-kind-of-client": () =>
    l10n.t("The client certificate is of a kind that the server does not support."),
  "failure:what-unsupported-kind-of-server": () =>
    l10n.t("The certificate is of a kind that the client does not support."),
  "failure:what-certificate-refused-of-client": () => l10n.t("The server could not verify the client certificate."),
  "failure:what-certificate-refused-of-server": () => l10n.t("The client could not verify the server certificate."),
  "failure:what-no-client-certificate": () =>
    l10n.t("The server requires a client certificate, and the client presented none."),
  "failure:what-handshake-failure": () =>
    l10n.t("The two sides did not agree. Many servers also say this when the client certificate is missing."),
  "failure:what-version": () => l10n.t("The two sides have no TLS version in common."),
  "failure:what-unknown-server-name": () => l10n.t("The server does not serve the name that the client asked for."),
  "failure:what-no-alpn": () => l10n.t("The two sides have no application protocol in common, such as h2 or http/1.1."),
  "failure:what-renegotiation": () =>
    l10n.t("One side wanted a second handshake within the connection, and the other does not do that."),
  "failure:what-internal-error": () => l10n.t("The other side had a fault of its own."),
  "failure:what-protocol-fault": ({ alert }) =>
    l10n.t("The other side ended the handshake with {0}.", describeAlert(alert)),
  "failure:what-alert-unknown": () => l10n.t("The other side ended the handshake with an alert."),
  "failure:what-key-mismatch": () => l10n.t("The private key does not belong to the certificate."),
  "failure:what-own-files": () =>
    l10n.t("A certificate, a private key, or a list of CAs could not be read from its file."),
  "failure:what-plain-server": () => l10n.t("What answers on this port does not speak TLS."),
  "failure:what-plain-client": () => l10n.t("The client sent plain HTTP to a port for HTTPS."),
  "failure:what-closed": () => l10n.t("The connection was closed without a reason."),
  "failure:what-unreachable": () => l10n.t("There was no connection to the server."),
  "failure:what-timeout": () => l10n.t("The other side did not answer in time."),
  "failure:what-no-address": () => l10n.t("The host name has no address."),
  "failure:what-handshake-unclear": () => l10n.t("The TLS handshake failed, and the message does not say why."),
  "failure:what-function-denied": () => l10n.t("A connection function denied the connection."),
  "failure:what-function-error": () => l10n.t("A connection function failed."),
  "failure:what-api-gateway-forbidden": () => l10n.t("API Gateway answered 403 Forbidden."),
  "failure:what-cloudfront-origin": () => l10n.t("CloudFront could not connect to the origin."),
  "failure:what-cloudfront-origin-name": () => l10n.t("CloudFront could not resolve the domain name of the origin."),
  "failure:what-cloudfront-origin-answer": () =>
    l10n.t("CloudFront could not read the response of the origin, or could not send it the request."),

  "failure:who-client": () => l10n.t("Refused by: the client."),
  "failure:who-server": () => l10n.t("Refused by: the server."),
  "failure:who-neither": () => l10n.t("Refused by: neither side, as far as the message tells."),
  "failure:who-cloudfront": () => l10n.t("Refused by: CloudFront, to the viewer."),
  "failure:who-alb": () => l10n.t("Refused by: the Application Load Balancer, to the client."),
  "failure:who-cloudfront-or-alb": () =>
    l10n.t("Refused by: CloudFront or the Application Load Balancer, whichever wrote the log."),
  "failure:who-origin-or-cloudfront": () =>
    l10n.t("Refused by: the origin or CloudFront. The message does not say which."),
  "failure:otherwise": () =>
    l10n.t(
      "The message is read as the client's. If the server wrote it, the client refused, and the server certificate is the one to look at.",
    ),

  "failure:step-files": () => l10n.t("Step: before the connection, when a program reads its own files."),
  "failure:step-connect": () => l10n.t("Step: the connection, before TLS."),
  "failure:step-hello": () => l10n.t("Step: the first messages of the handshake, before any certificate."),
  "failure:step-server-certificate": () => l10n.t("Step: the client checks the server certificate."),
  "failure:step-client-certificate": () => l10n.t("Step: the server checks the client certificate."),
  "failure:step-handshake": () => l10n.t("Step: the handshake. The message does not say where in it."),
  "failure:step-request": () =>
    l10n.t("Step: the request. The handshake was completed, and the refusal is an HTTP response."),
  "failure:step-origin": () => l10n.t("Step: between CloudFront and the origin."),

  "failure:issuer-not-in-store": () =>
    l10n.t("The CA that issued the client certificate is not in the trust store of the server."),
  "failure:chain-not-sent": () =>
    l10n.t("The client does not send the intermediate certificates, and the server does not have them."),
  "failure:other-certificate": () => l10n.t("The client presents another certificate than you think."),
  "failure:store-not-reloaded": () =>
    l10n.t(
      "The server still uses an older copy of the trust store. CloudFront and API Gateway copy it from S3 only when they are told to.",
    ),
  "failure:server-issuer-not-trusted": () =>
    l10n.t("The server certificate is from a private CA that the client does not know."),
  "failure:server-chain-incomplete": () => l10n.t("The server does not send its intermediate certificates."),
  "failure:intercepted": () => l10n.t("A proxy between the two replaces the server certificate."),
  "failure:client-self-signed": () =>
    l10n.t("The client certificate was not issued by a CA, and is not in the trust store itself."),
  "failure:server-self-signed": () => l10n.t("The server uses a certificate that was not issued by a CA."),
  "failure:expired": () => l10n.t("The certificate has expired."),
  "failure:not-yet-valid": () => l10n.t("The certificate becomes valid later."),
  "failure:clock-wrong": () => l10n.t("The clock of the side that refuses is wrong."),
  "failure:revoked": () => l10n.t("The CA has revoked the certificate, or a list of revoked certificates has it."),
  "failure:revocation-source": () =>
    l10n.t("The OCSP responder or the revocation list of the CA cannot be reached, or is out of date."),
  "failure:no-client-auth": () =>
    l10n.t("The extended key usage of the client certificate does not include clientAuth."),
  "failure:no-server-auth": () =>
    l10n.t("The extended key usage of the server certificate does not include serverAuth."),
  "failure:kind-not-taken": () => l10n.t("The type or size of the key, or the signature, is not supported."),
  "failure:certificate-missing": () => l10n.t("The client presented no certificate, and the server requires one."),
  "failure:certificate-not-accepted": () =>
    l10n.t("The client certificate has an issuer, dates, or a purpose that the server does not accept."),
  "failure:certificate-damaged": () => l10n.t("The certificate is damaged, or its signature is wrong."),
  "failure:not-allowed": () =>
    l10n.t("The certificate is valid, but a rule about its subject or its names excludes it."),
  "failure:no-certificate-set": () => l10n.t("No client certificate is set up in the client."),
  "failure:not-among-advertised": () =>
    l10n.t(
      "The client has a certificate, but its issuer is not among the CAs that the server names, so the client does not present it.",
    ),
  "failure:asked-late": () =>
    l10n.t("The server asks for the certificate only after the handshake. CloudFront does not do that with origins."),
  "failure:cloudfront-without-mtls": () =>
    l10n.t(
      "If CloudFront is the client: origin mTLS is not set for this origin. CloudFront drops requests to an origin that asks for a certificate while mTLS is unset.",
    ),
  "failure:settings-differ": () =>
    l10n.t("The two sides have no TLS version, cipher, or signature algorithm in common."),
  "failure:version-differs": () =>
    l10n.t("One side allows only TLS versions that the other does not have, or does not allow any more."),
  "failure:key-of-another": () => l10n.t("The private key belongs to another certificate."),
  "failure:key-cannot-sign": () => l10n.t("The key cannot sign with an algorithm that the other side accepts."),
  "failure:name-not-in-certificate": () =>
    l10n.t("The host name, or the IP address, is not among the subject alternative names of the server certificate."),
  "failure:host-forwarded": () =>
    l10n.t(
      "If CloudFront is the client and forwards Host: the origin's certificate must be for the name that the viewer asked for.",
    ),
  "failure:name-not-served": () =>
    l10n.t("The server name (SNI) is missing or wrong, or the server has no site of this name."),
  "failure:no-common-protocol": () =>
    l10n.t("The client offers only HTTP/2, for example, and the server only HTTP/1.1."),
  "failure:renegotiation-off": () =>
    l10n.t("Renegotiation is not safe in older servers, and newer libraries refuse it. TLS 1.3 does not have it."),
  "failure:server-fault": () => l10n.t("The other side is set up wrong, or could not reach something that it needs."),
  "failure:fault-or-middle": () =>
    l10n.t("A proxy or firewall between the two interferes, or one of the two does not follow the standard."),
  "failure:certificate-renewed-key-not": () =>
    l10n.t("The certificate was renewed with a new key, and the old key is still set, or the other way around."),
  "failure:file-wrong": () => l10n.t("The path is wrong, or the file is of another format than the program expects."),
  "failure:passphrase": () =>
    l10n.t("The private key or keystore is encrypted, and the passphrase is missing or wrong."),
  "failure:port-without-tls": () => l10n.t("The port is for plain HTTP, or another service listens there."),
  "failure:scheme-wrong": () =>
    l10n.t("The URL begins with http: instead of https:, or a proxy in front speaks plain HTTP."),
  "failure:refused-silently": () =>
    l10n.t(
      "The server refused the client certificate, or its absence, and closed without an alert. Some services do that.",
    ),
  "failure:middle-closed": () => l10n.t("A firewall, a proxy, or a timeout closed the connection."),
  "failure:nothing-listens": () => l10n.t("Nothing listens on this address and port."),
  "failure:firewall": () => l10n.t("A firewall or a security group drops the connection."),
  "failure:name-unknown": () => l10n.t("The name is misspelled, or its DNS record is missing."),
  "failure:chain-long": () => l10n.t("There are more certificates between the leaf and the root than are accepted."),
  "failure:message-large": () => l10n.t("The certificate or its chain has more bytes than the service accepts."),
  "failure:key-weak": () => l10n.t("An RSA key is too short, or a signature uses SHA-1 or MD5."),
  "failure:function": () => l10n.t("The code of the connection function called deny() for this client."),
  "failure:function-broken": () => l10n.t("The code of the connection function threw an exception."),
  "failure:api-gateway-certificate": () =>
    l10n.t(
      "On a custom domain with mutual TLS: the client presented no certificate, or one that is not trusted, has expired, or uses an algorithm that is not supported.",
    ),
  "failure:api-gateway-other": () =>
    l10n.t(
      "Something else refuses the request: an authorizer, a resource policy, an API key, AWS WAF, or a wrong path.",
    ),
  "failure:origin-requires": () =>
    l10n.t(
      "The origin asks for a client certificate, and origin mTLS is not set or its certificate is not accepted. CloudFront drops requests to an origin that asks for a certificate while mTLS is unset.",
    ),
  "failure:origin-certificate": () =>
    l10n.t(
      "The server certificate of the origin has expired, is for another name, or is not from a publicly trusted CA.",
    ),
  "failure:origin-unreachable": () =>
    l10n.t("CloudFront cannot reach the origin: the port is closed, or a firewall does not let CloudFront in."),
  "failure:origin-answer": () =>
    l10n.t("The origin closed the connection while answering, or its answer is not valid HTTP."),
  "failure:unclear": () =>
    l10n.t("The line before or after this one, or the log of the other side, usually has the reason."),

  "failure:do-check-client": () =>
    l10n.t(
      "Check the client certificate against the trust store, with the command “Check Client Against Trust Store” or “mtls-check accept”.",
    ),
  "failure:do-send-chain": () =>
    l10n.t("Let the client send its intermediate certificates after its own, in one file."),
  "failure:do-reload-store": () =>
    l10n.t(
      "Add the missing CA to the trust store, and let the server load it: reload the server, or update the trust store or custom domain in AWS.",
    ),
  "failure:do-trust-server": () => l10n.t("If the server is yours, give its root CA to the client as trusted."),
  "failure:do-server-chain": () => l10n.t("Let the server send its full chain, without the root."),
  "failure:do-public-server": () =>
    l10n.t("If CloudFront is the client: use a certificate of a publicly trusted CA on the origin."),
  "failure:do-renew-client": () =>
    l10n.t(
      "Issue a new client certificate, and use it. For an origin of CloudFront with less than 24 hours left, import it to ACM as a new certificate and select it: a reimport can take up to 24 hours to be used.",
    ),
  "failure:do-renew-server": () => l10n.t("Renew the server certificate, and reload the server."),
  "failure:do-clock": () => l10n.t("Compare the dates of the certificate with the clock of the side that refuses."),
  "failure:do-client-auth": () =>
    l10n.t(
      "Issue the client certificate with clientAuth in its extended key usage. Public certificates that ACM issues today do not have it.",
    ),
  "failure:do-server-auth": () => l10n.t("Issue the server certificate with serverAuth in its extended key usage."),
  "failure:do-server-log": () =>
    l10n.t("Read the log of the server at this time: it has the reason that it does not tell the client."),
  "failure:do-present": () =>
    l10n.t("See whether the client presents a certificate and its key: with curl, --cert and --key."),
  "failure:do-see-advertised": () =>
    l10n.t(
      "See which CAs the server names, with “openssl s_client -connect HOST:443”, below “Acceptable client certificate CA names”.",
    ),
  "failure:do-origin-mtls": () =>
    l10n.t("If CloudFront is the client: set origin mTLS for this origin, with the command “Enable Origin mTLS”."),
  "failure:do-order": () =>
    l10n.t("Set it in CloudFront first, and then let the origin ask for a certificate, in the handshake itself."),
  "failure:do-settings": () =>
    l10n.t("Compare the TLS versions, ciphers, and signature algorithms that both sides allow."),
  "failure:do-version": () => l10n.t("Allow TLS 1.2 or 1.3 on both sides."),
  "failure:do-key-pair": () =>
    l10n.t("Compare the public keys of the certificate and of the private key, and use the two that belong together."),
  "failure:do-files": () => l10n.t("Check the path, the format (PEM, DER, PKCS#12), and the passphrase of each file."),
  "failure:do-name": () =>
    l10n.t(
      "Use a host name that the server certificate has, or issue one with this name. Do not turn verification off.",
    ),
  "failure:do-server-name": () =>
    l10n.t("Check the host name that the client sends as server name (SNI), and the names that the server has."),
  "failure:do-alpn": () => l10n.t("Allow http/1.1 on both sides."),
  "failure:do-no-renegotiation": () =>
    l10n.t(
      "Let the server ask for the client certificate for the whole site, in the first handshake, not for one path.",
    ),
  "failure:do-port": () => l10n.t("Check the port, and whether TLS is on there."),
  "failure:do-https": () => l10n.t("Use https: in the URL."),
  "failure:do-verbose": () =>
    l10n.t("Try again with more output, such as “curl -v” or “openssl s_client”, and explain what it prints."),
  "failure:do-reach": () => l10n.t("Check the host name, the port, DNS, and the firewalls in between."),
  "failure:do-shorter-chain": () =>
    l10n.t("Use fewer and smaller certificates: leave the root out, or issue closer to the trust store's CA."),
  "failure:do-stronger": () => l10n.t("Issue the certificates with RSA 2048 or ECDSA P-256 or stronger, and SHA-256."),
  "failure:do-kind": () =>
    l10n.t(
      "Issue the certificate with RSA 2048 or ECDSA P-256, and SHA-256, which CloudFront, API Gateway, and Application Load Balancers accept.",
    ),
  "failure:do-revocation": () =>
    l10n.t("Ask the CA for the state of the certificate, and check its OCSP responder or revocation list."),
  "failure:do-rules": () =>
    l10n.t("Look at what the server allows: its rules about subjects, names, or identity filters."),
  "failure:do-function": () =>
    l10n.t("Look at the code of the connection function and what it adds to the connection log."),
  "failure:do-api-gateway": () =>
    l10n.t(
      "Call the custom domain, not the default endpoint, with the client certificate, and see whether the truststore has all CAs up to the root.",
    ),
  "failure:do-curl-origin": () =>
    l10n.t("Connect to the origin yourself, with the client certificate and without it, and compare."),
  "failure:do-retry": () => l10n.t("Try again later: a fault like this can pass."),

  "failure:seen-store-refuses": ({ title, client, store }) =>
    l10n.t("The trust store “{0}” does not accept “{1}” of “{2}”.", store, title, client),
  "failure:seen-store-accepts": ({ title, client, store }) =>
    l10n.t(
      "The trust store “{0}” accepts “{1}” of “{2}”. So the server may use another trust store, or the client presents something else.",
      store,
      title,
      client,
    ),
  "failure:seen-store-unclear": ({ title, client, store }) =>
    l10n.t("Whether the trust store “{0}” accepts “{1}” of “{2}” is not certain.", store, title, client),
  "failure:seen-certificate": ({ title, client }) =>
    l10n.t("About the client certificate “{0}” of “{1}”:", title, client),
  "failure:seen-certificate-fit": ({ title, client }) =>
    l10n.t("The client certificate “{0}” of “{1}” is valid now and is for client authentication.", title, client),
  "failure:seen-origin-mtls-off": ({ config, origins }) =>
    l10n.t(
      "In “{0}”, origin mTLS is not set for: {1}. CloudFront drops requests to an origin that asks for a certificate while mTLS is unset.",
      config,
      origins,
    ),
  "failure:seen-origin-mtls-on": ({ config, origins }) =>
    l10n.t("In “{0}”, origin mTLS is set for: {1}.", config, origins),
} as const satisfies SaysOf<FailureReason>;
