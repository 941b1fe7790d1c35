// Written by `npm run generate` from the documents that break the rules, and their goldens.
import type { Example } from "./example.ts";

/** By the rule's id. */
export const examples: Readonly<Record<string, Example>> = {
  "behavior/cache-policy": {
    says: [
      "CloudFront does not accept these members together with CachePolicyId: MinTTL, DefaultTTL, MaxTTL. The cache policy has its own settings for them.",
      "This cache behavior has neither CachePolicyId nor ForwardedValues. CloudFront requires one of them. Use a cache policy, because ForwardedValues is deprecated.",
      "CachePolicyId is empty, and this cache behavior has no other cache settings. Enter the ID of a cache policy.",
    ],
    syntax: "json",
    lines: [
      { line: 19, text: '"DefaultCacheBehavior": {' },
      { text: "…" },
      { line: 21, text: '  "ViewerProtocolPolicy": "https-only",' },
      { line: 22, text: '  "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",' },
      { line: 23, text: '  "MinTTL": 0,', mark: { from: 2, to: 10 } },
      { line: 24, text: '  "DefaultTTL": 86400,' },
      { line: 25, text: '  "MaxTTL": 31536000' },
    ],
    fix: {
      title: "Remove MinTTL, DefaultTTL, MaxTTL",
      safe: false,
      lines: [
        { line: 19, text: '"DefaultCacheBehavior": {' },
        { text: "…" },
        { line: 21, text: '  "ViewerProtocolPolicy": "https-only",' },
        { line: 22, text: '  "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"' },
      ],
    },
  },
  "behavior/grpc": {
    says: ["gRPC is not supported with origin mTLS. Origin o1 has origin mTLS."],
    syntax: "json",
    lines: [
      { line: 22, text: '"DefaultCacheBehavior": {' },
      { text: "…" },
      { line: 25, text: '  "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",' },
      { line: 26, text: '  "GrpcConfig": { "Enabled": true }', mark: { from: 29, to: 33 } },
    ],
  },
  "behavior/lambda-at-edge": {
    says: ["Lambda@Edge on origin-request is not supported with origin mTLS. Origin o1 has origin mTLS."],
    syntax: "json",
    lines: [
      { line: 22, text: '"DefaultCacheBehavior": {' },
      { text: "…" },
      { line: 26, text: '  "LambdaFunctionAssociations": {' },
      { text: "…" },
      { line: 28, text: '    "Items": [' },
      { text: "…" },
      { line: 30, text: '        "LambdaFunctionARN": "arn:aws:lambda:us-east-1:123456789012:function:edge:1",' },
      { line: 31, text: '        "EventType": "origin-request"', mark: { from: 21, to: 37 } },
    ],
  },
  "bundle/authority-key": {
    says: [
      "This certificate was signed with the key of “Example Root CA”, but its authority key identifier has another serial number than “Example Root CA” in this file. Programs such as OpenSSL do not accept “Example Root CA” in this file as its issuer. Replace “Example Root CA” with the certificate that the identifier names, or have this certificate issued again.",
      "This certificate was signed with the key of “Example Issuing CA”, but its authority key identifier names another certificate of “Example Issuing CA” in this file, whose key did not sign it. Programs such as OpenSSL use that one, and the signature does not match its key. Have this certificate issued again.",
      "This certificate is signed with its own key, but its authority key identifier names another certificate. Programs such as OpenSSL do not accept it as a root certificate. Have it issued again.",
    ],
    syntax: "pem",
    lines: [{ line: 1, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } }, { text: "…" }],
  },
  "bundle/duplicate": {
    says: ["The certificate “Example Root CA” is already in this file."],
    syntax: "pem",
    lines: [
      { line: 11, text: "-----END CERTIFICATE-----" },
      { line: 12, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
      { line: 20, text: "-----END CERTIFICATE-----" },
    ],
    fix: { title: "Remove this copy", safe: true, lines: [{ line: 11, text: "-----END CERTIFICATE-----" }] },
  },
  "bundle/foreign-block": {
    says: ["This PEM block has the label X509 CERTIFICATE. A trust store accepts only CERTIFICATE blocks."],
    syntax: "pem",
    lines: [
      { line: 12, text: "-----END CERTIFICATE-----" },
      { line: 13, text: "-----BEGIN X509 CERTIFICATE-----", mark: { from: 0, to: 32 } },
      { text: "…" },
      { line: 23, text: "-----END X509 CERTIFICATE-----" },
    ],
    fix: {
      title: "Change the label to CERTIFICATE",
      safe: true,
      lines: [
        { line: 12, text: "-----END CERTIFICATE-----" },
        { line: 13, text: "-----BEGIN CERTIFICATE-----" },
        { text: "…" },
        { line: 23, text: "-----END CERTIFICATE-----" },
      ],
    },
  },
  "bundle/issuer-missing": {
    says: [
      "The chain has a gap. This certificate was issued by “Example Issuing CA”, which is not in the file.",
      "The chain ends before its root. “Example Root CA”, the issuer of this certificate, is not in the file.",
    ],
    syntax: "pem",
    lines: [{ line: 1, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } }, { text: "…" }],
  },
  "bundle/issuer-name": {
    says: [
      "The issuer's name in “Example Issuing CA” and the name of “Example Root CA” are equal by RFC 5280, but they are encoded differently. Go compares names byte by byte. Such programs do not find the issuer. Have this certificate issued again, with the issuer's name written as in the CA certificate.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=apigateway" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "bundle/issuer-not-ca": {
    says: [
      "This certificate is not a CA certificate, but “client.example.com” names it as its issuer. Certificates that it issued are not valid.",
    ],
    syntax: "pem",
    lines: [
      { line: 11, text: "-----END CERTIFICATE-----" },
      { line: 12, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "bundle/no-certificate": {
    says: [
      "The purpose of this file is set to origin client certificate. This file is JSON, and the certificates in it are not PEM blocks. Write them as PEM blocks.",
      "The purpose of this file is set to trust store, but it contains no certificate. Add CA certificates as PEM blocks, or change the purpose.",
      "The purpose of this file is set to trust store. This file is a web page (HTML). Download the PEM certificates again.",
      "The purpose of this file is set to trust store. This file is JSON, and contains no certificate. Use a file of PEM certificates.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=origin", mark: { from: 0, to: 21 } },
      { line: 2, text: "{" },
      { line: 3, text: '    "Certificate": "-----BEGIN CERTIFICATE-----…-----END CERTIFICATE-----\\n",' },
      {
        line: 4,
        text: '    "CertificateChain": "-----BEGIN CERTIFICATE-----…-----END CERTIFICATE-----\\n-----BEGIN CERTIFICATE-----…-----END CER…',
      },
    ],
    fix: {
      title: "Replace the content of this file with the 3 certificates in it, as PEM",
      safe: false,
      lines: [
        { line: 1, text: "# mtls: target=origin" },
        { line: 2, text: "-----BEGIN CERTIFICATE-----" },
        { text: "…" },
        { line: 13, text: "-----END CERTIFICATE-----" },
        { line: 14, text: "-----BEGIN CERTIFICATE-----" },
        { text: "…" },
        { line: 25, text: "-----END CERTIFICATE-----" },
        { line: 26, text: "-----BEGIN CERTIFICATE-----" },
        { text: "…" },
        { line: 36, text: "-----END CERTIFICATE-----" },
      ],
    },
  },
  "bundle/order": {
    says: [
      "“Example Root CA” is before “client.example.com”. Put the certificate first, then its issuer, then the issuer of that one.",
      "The certificates in this chain are not in order. “Example Issuing CA” belongs here.",
      "“Example Issuing CA” is after “Example Root CA” but did not issue it. Put the issuer of each certificate directly after it.",
      "This chain has two certificates of “Example Issuing CA”: this one has the serial number 0427, the one before it 03EA. A chain has one certificate for each CA. Remove the one that you do not need.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=origin" },
      { line: 2, text: "# root" },
      { line: 3, text: "-----BEGIN CERTIFICATE-----" },
      { text: "…" },
      { line: 26, text: "-----END CERTIFICATE-----" },
      { line: 27, text: "# client" },
      { line: 28, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
    fix: {
      title: "Sort the chain",
      safe: true,
      lines: [
        { line: 1, text: "# mtls: target=origin" },
        { line: 2, text: "# client" },
        { line: 3, text: "-----BEGIN CERTIFICATE-----" },
        { text: "…" },
        { line: 27, text: "-----END CERTIFICATE-----" },
        { line: 28, text: "# root" },
        { line: 29, text: "-----BEGIN CERTIFICATE-----" },
        { text: "…" },
      ],
    },
  },
  "bundle/path-length": {
    says: [
      "“Example Issuing CA” has path length 0, and this CA exceeds it. Certificates that this CA issued are not valid.",
      "“Example Root CA” has path length 0, and this CA exceeds it. Clients with certificates below this CA can be rejected. Have this CA issued by a CA that allows it.",
    ],
    syntax: "pem",
    lines: [
      { line: 12, text: "-----END CERTIFICATE-----" },
      { line: 13, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "bundle/private-key": {
    says: [
      "This trust store contains a private key. Anyone with access to the trust store can sign as the owner of the key. Remove the key, and replace it if others have seen this file.",
      "The label is CERTIFICATE, but this PEM block contains a private key. Anyone with access to this file has the key. Keep it in a separate file under its own label, and replace it if others have seen this file.",
      "This file contains a private key in addition to certificates. Anyone with access to this file has the key.",
      "This private key is in OpenSSH format, which ACM does not accept. Copy the key alone to a separate file, and convert it there with ssh-keygen -p -m PEM -f FILE and an empty new passphrase.",
    ],
    syntax: "pem",
    lines: [
      { line: 12, text: "-----END CERTIFICATE-----" },
      { line: 13, text: "-----BEGIN ENCRYPTED PRIVATE KEY-----", mark: { from: 0, to: 37 } },
      { text: "…" },
    ],
  },
  "bundle/signature": {
    says: [
      "The signature does not match the key of “Example Issuing CA”, the issuer that this certificate names. One of the two certificates has the wrong name or was changed.",
      "This certificate has the same subject and issuer, but it was not signed with its own key. It is damaged, or it is not a root certificate. Get it from its CA again.",
    ],
    syntax: "pem",
    lines: [{ line: 1, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } }, { text: "…" }],
  },
  "certificate/expired": {
    says: [
      "“client.example.com” expired 3 months ago, on 2026-08-21 10:00:00 UTC.",
      "“client.example.com” expired less than a minute ago, on 2026-11-20 23:59:59 UTC.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=origin" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "certificate/expires-soon": {
    says: ["“client.example.com” expires in 30 days, on 2026-12-21 00:00:00 UTC."],
    syntax: "pem",
    lines: [{ line: 1, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } }, { text: "…" }],
  },
  "certificate/fault": {
    says: [
      "This certificate is damaged at Extension Certificate Policies. Expected SEQUENCE, found OBJECT IDENTIFIER.",
      "This certificate is damaged at signatureAlgorithm. The signature algorithm differs from the one in the signed part of the certificate.",
      "This certificate is damaged at Extension Subject Alternative Name. An IP address has 5 bytes instead of 4 or 16. Some programs reject the certificate.",
      "This certificate is damaged at Extension Authority Information Access. The data is cut off or damaged here. Expected 116 bytes, found 21.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "-----BEGIN CERTIFICATE-----" },
      { text: "…", mark: { from: 0, to: 1 } },
      { line: 9, text: "-----END CERTIFICATE-----" },
    ],
  },
  "certificate/key-usage": {
    says: [
      "This is a CA certificate, but its key usage does not include keyCertSign. Certificates that it issued are not valid.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=trust-store" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "certificate/not-accepted": {
    says: [
      "The key is Ed25519. AWS Certificate Manager, CloudFront, API Gateway, and Application Load Balancer do not accept it.",
      "The signature algorithm is ECDSA with SHA-224. CloudFront and Application Load Balancer do not accept it.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=trust-store" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "certificate/not-yet-valid": {
    says: ["“client.example.com” is not valid yet. Its validity begins in 1 day, on 2026-11-22 00:00:00 UTC."],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=origin" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "certificate/off-curve": {
    says: [
      "The key of “client.example.com” (ECDSA P-256) is not a point on its curve. No private key belongs to it, and programs cannot use the certificate. Get the certificate from its CA again.",
    ],
    syntax: "pem",
    lines: [{ line: 1, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } }, { text: "…" }],
  },
  "certificate/path-length": {
    says: [
      "The basic constraints of this certificate have a path length, but they do not say that it is a CA certificate. RFC 5280 does not allow that, and some programs reject the certificate. Issue it again, either as a CA certificate or without a path length.",
    ],
    syntax: "pem",
    lines: [{ line: 1, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } }, { text: "…" }],
  },
  "certificate/serial-number": {
    says: [
      "The serial number of this certificate is negative. Some programs, including those written in Go, reject the certificate. Issue it again with a positive serial number.",
      "The serial number of this certificate has more than 20 bytes. Programs are not required to accept it. Issue it again with a shorter serial number.",
      "The serial number of this certificate is zero. RFC 5280 requires a positive number that no other certificate of the CA has. Issue it again with a positive serial number.",
    ],
    syntax: "pem",
    lines: [{ line: 1, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } }, { text: "…" }],
  },
  "certificate/validity": {
    says: [
      "This certificate is never valid. Its validity ends on 2029-01-01 00:00:00 UTC, before it begins on 2030-01-01 00:00:00 UTC.",
      "The end date of the validity of this certificate cannot be read: “271332000000Z”.",
    ],
    syntax: "pem",
    lines: [{ line: 1, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } }, { text: "…" }],
  },
  "certificate/version": {
    says: [
      "This certificate has version 1 and extensions. Only version 3 has extensions. Some programs reject this certificate.",
      "This certificate has version 4. Only versions 1, 2, and 3 exist.",
    ],
    syntax: "pem",
    lines: [{ line: 1, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } }, { text: "…" }],
  },
  "certificate/weak-key": {
    says: [
      "The RSA key of “client.example.com” has 1024 bits. RSA keys with fewer than 2048 bits are weak.",
      "The key of “client.example.com” (ECDSA P-192) is weak. Curves with fewer than 224 bits have less than 112 bits of strength.",
    ],
    syntax: "pem",
    lines: [{ line: 1, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } }, { text: "…" }],
  },
  "certificate/weak-signature": {
    says: [
      "“client.example.com” is signed with SHA-1. Signatures with SHA-1 can be forged, and TLS libraries reject them.",
    ],
    syntax: "pem",
    lines: [{ line: 1, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } }, { text: "…" }],
  },
  "client-certificate/chain-length": {
    says: [
      "The chain has 4 certificates; CloudFront accepts up to 3, including leaf and root.",
      "With the root, which is not in the file, the chain has at least 4 certificates. CloudFront accepts up to 3, including leaf and root.",
    ],
    syntax: "pem",
    lines: [
      { line: 37, text: "-----END CERTIFICATE-----" },
      { line: 38, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "client-certificate/client-auth": {
    says: [
      "The certificate has no extended key usage; CloudFront needs clientAuth.",
      "Extended key usage is serverAuth; CloudFront needs clientAuth.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=origin" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "client-certificate/format": {
    says: ["This line ends with spaces. ACM rejects a certificate with spaces at the end of a line."],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=origin" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----  ", mark: { from: 27, to: 29 } },
      { text: "…" },
    ],
    fix: {
      title: "Remove the spaces at the ends of the lines",
      safe: true,
      lines: [
        { line: 1, text: "# mtls: target=origin" },
        { line: 2, text: "-----BEGIN CERTIFICATE-----" },
        { text: "…" },
      ],
    },
  },
  "client-certificate/issuer": {
    says: ["The issuer is empty; ACM does not accept a certificate without an issuer."],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=origin" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "client-certificate/key": {
    says: ["The key is ECDSA P-384; CloudFront accepts RSA 2048 or ECDSA P-256."],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=origin" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "client-certificate/key-family": {
    says: [
      "The key is RSA 2048, but the issuer signed with ECDSA with SHA-256. ACM accepts the certificate only if both keys are of the same family.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=origin" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "client-certificate/ocsp-url": {
    says: ["The OCSP responder URL has 1,001 characters; ACM accepts up to 1,000."],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=origin" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "client-certificate/signature": {
    says: [
      "The signature algorithm is RSA with SHA-1; CloudFront accepts RSA, ECDSA, or RSASSA-PSS with SHA-256, SHA-384, or SHA-512.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=origin" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "client-certificate/size": {
    says: ["The certificate has 34,517 bytes of PEM; ACM accepts up to 32,768."],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=origin" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "client-certificate/version": {
    says: ["The certificate is X.509 version 1; CloudFront accepts only version 3."],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=origin" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "distribution/client-certificates-per-call": {
    says: [
      "This configuration names 6 distinct client certificates. A request can add or change at most 5. If more are new, use several updates.",
    ],
    syntax: "json",
    lines: [
      { line: 7, text: '"Items": [' },
      { text: "…" },
      { line: 71, text: '    "CustomOriginConfig": {' },
      { text: "…" },
      { line: 75, text: '      "OriginMtlsConfig": {' },
      {
        line: 76,
        text: '        "ClientCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/00000006-1234-1234-1234-123456789012"',
        mark: { from: 32, to: 117 },
      },
    ],
  },
  "distribution/connection-mode": {
    says: [
      "Only standard distributions have MinTTL. This distribution is multi-tenant. Remove MinTTL.",
      "Only standard distributions have OriginAccessIdentity. This distribution is multi-tenant. Set OriginAccessIdentity to an empty string, and use origin access control.",
      "Only multi-tenant distributions have TenantConfig. Remove it, or set ConnectionMode to tenant-only.",
    ],
    syntax: "json",
    lines: [
      { line: 19, text: '"DefaultCacheBehavior": {' },
      { text: "…" },
      { line: 26, text: "    }" },
      { line: 27, text: "  }," },
      { line: 28, text: '  "MinTTL": 0', mark: { from: 2, to: 10 } },
    ],
    fix: { title: "Remove MinTTL", safe: false, lines: [{ line: 19, text: '"DefaultCacheBehavior": {' }] },
  },
  "distribution/enum-value": {
    says: [
      '"https-olny" is not a valid value for OriginProtocolPolicy. Did you mean https-only?',
      'Unknown value "SSLv2" for OriginSslProtocols. Valid values: SSLv3, TLSv1, TLSv1.1, TLSv1.2.',
      'Unknown value "" for HttpVersion. Valid values: http1.1, http2, http3, http2and3.',
      'Unknown value "https" for ViewerProtocolPolicy. Valid values: allow-all, https-only, redirect-to-https.',
    ],
    syntax: "json",
    lines: [
      { line: 5, text: '"Origins": {' },
      { text: "…" },
      { line: 7, text: '  "Items": [' },
      { text: "…" },
      { line: 11, text: '      "CustomOriginConfig": {' },
      { text: "…" },
      { line: 13, text: '        "HTTPSPort": 443,' },
      { line: 14, text: '        "OriginProtocolPolicy": "https-olny"', mark: { from: 32, to: 44 } },
    ],
    fix: {
      title: "Change to https-only",
      safe: false,
      lines: [
        { line: 5, text: '"Origins": {' },
        { text: "…" },
        { line: 7, text: '  "Items": [' },
        { text: "…" },
        { line: 11, text: '      "CustomOriginConfig": {' },
        { text: "…" },
        { line: 13, text: '        "HTTPSPort": 443,' },
        { line: 14, text: '        "OriginProtocolPolicy": "https-only"' },
      ],
    },
  },
  "distribution/fragment": {
    says: [
      "This file is only a part of a distribution configuration and cannot be sent to CloudFront, because an update replaces the whole configuration. Missing: CallerReference, Origins, DefaultCacheBehavior, Enabled. Get the whole configuration with aws cloudfront get-distribution-config or the command Open Distribution Configuration…, and make the change there.",
    ],
    syntax: "json",
    lines: [
      { line: 1, text: "{", mark: { from: 0, to: 1 } },
      { line: 2, text: '  "ViewerMtlsConfig": {' },
    ],
  },
  "distribution/member-type": {
    says: [
      "Items must be a list.",
      "2 members are null, as an SDK writes members that have no value. The AWS CLI rejects null. Leave out these members.",
      "Aliases must be an object with Quantity and Items.",
      "HTTPPort must be a number.",
    ],
    syntax: "json",
    lines: [
      { line: 5, text: '"Origins": {' },
      { line: 6, text: '  "Items": {', mark: { from: 11, to: 12 } },
      { line: 7, text: '    "Id": "o1",' },
    ],
    fix: { title: "Write Items as a list", safe: false, lines: [] },
  },
  "distribution/origin-group-mtls": {
    says: [
      "In this origin group, only some members have mTLS. When CloudFront fails over to o1, it does not present a client certificate.",
    ],
    syntax: "json",
    lines: [
      { line: 34, text: '"Items": [' },
      { text: "…" },
      { line: 43, text: '    "Members": {' },
      { text: "…" },
      { line: 45, text: '      "Items": [' },
      { line: 46, text: '        { "OriginId": "o1" },', mark: { from: 22, to: 26 } },
      { line: 47, text: '        { "OriginId": "o2" }' },
    ],
  },
  "distribution/origin-id": {
    says: ['The ID "o1" is used twice. A cache behavior cannot identify its origin by this ID.'],
    syntax: "json",
    lines: [
      { line: 5, text: '"Origins": {' },
      { text: "…" },
      { line: 7, text: '  "Items": [' },
      { text: "…" },
      { line: 17, text: "    {" },
      { line: 18, text: '      "Id": "o1",', mark: { from: 12, to: 16 } },
      { line: 19, text: '      "DomainName": "other.example.com",' },
    ],
  },
  "distribution/quantity": {
    says: ["Aliases: Quantity is 5, but the number of Items is 1. CloudFront returns InconsistentQuantities."],
    syntax: "json",
    lines: [
      { line: 20, text: '"Aliases": {' },
      { line: 21, text: '  "Quantity": 5,', mark: { from: 14, to: 15 } },
      { line: 22, text: '  "Items": ["a.example.com"]' },
    ],
    fix: {
      title: "Set Quantity to 1",
      safe: true,
      lines: [
        { line: 20, text: '"Aliases": {' },
        { line: 21, text: '  "Quantity": 1,' },
        { line: 22, text: '  "Items": ["a.example.com"]' },
      ],
    },
  },
  "distribution/range": {
    says: [
      "OriginKeepaliveTimeout is 301. The documented range is 1 to 300.",
      "Comment has 129 characters. The documented maximum is 128.",
      "AllowedMethods must have 2, 3, or 7 methods. This list has 4.",
      "OriginGroups has 11 items. The default quota is 10.",
    ],
    syntax: "json",
    lines: [
      { line: 5, text: '"Origins": {' },
      { text: "…" },
      { line: 7, text: '  "Items": [' },
      { text: "…" },
      { line: 11, text: '      "CustomOriginConfig": {' },
      { text: "…" },
      { line: 14, text: '        "OriginProtocolPolicy": "https-only",' },
      { line: 15, text: '        "OriginKeepaliveTimeout": 301', mark: { from: 34, to: 37 } },
    ],
  },
  "distribution/required-member": {
    says: [
      "Aliases requires Quantity.",
      "An origin must have only one of CustomOriginConfig, S3OriginConfig, and VpcOriginConfig. This origin has CustomOriginConfig and S3OriginConfig.",
      "DistributionConfig requires CallerReference. An update replaces the whole configuration, so it must be complete.",
      "TrustedSigners requires Enabled.",
    ],
    syntax: "json",
    lines: [
      { line: 24, text: '"Aliases": {', mark: { from: 0, to: 9 } },
      { line: 25, text: '  "Items": [' },
      { line: 26, text: '    "a.example.com"' },
    ],
    fix: {
      title: "Add Quantity 1",
      safe: true,
      lines: [
        { line: 24, text: '"Aliases": {' },
        { line: 25, text: '  "Items": [' },
        { line: 26, text: '    "a.example.com"' },
        { line: 27, text: "  ]," },
        { line: 28, text: '  "Quantity": 1' },
      ],
    },
  },
  "distribution/target-origin": {
    says: ['"default" is not an origin or origin group in this configuration.'],
    syntax: "json",
    lines: [
      {
        line: 19,
        text: '"DefaultCacheBehavior": { "TargetOriginId": "default", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "4135ea2d-…',
        mark: { from: 44, to: 53 },
      },
    ],
    fix: {
      title: "Change to shop-api",
      safe: false,
      lines: [
        {
          line: 19,
          text: '"DefaultCacheBehavior": { "TargetOriginId": "shop-api", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "4135ea2d…',
        },
      ],
    },
  },
  "distribution/unknown-member": {
    says: [
      "Unknown member OriginSSLProtocols in CustomOriginConfig. Did you mean OriginSslProtocols?",
      "The configuration contains DistributionConfig. CloudFront does not see what is in it, and the AWS CLI rejects it. Move its content to the right place in the configuration, and then remove DistributionConfig.",
      "Unknown member httpVersion in DistributionConfig. Did you mean HttpVersion?",
      "Unknown member Locations in GeoRestriction. Did you mean Items?",
    ],
    syntax: "json",
    lines: [
      { line: 5, text: '"Origins": {' },
      { text: "…" },
      { line: 7, text: '  "Items": [' },
      { text: "…" },
      { line: 11, text: '      "CustomOriginConfig": {' },
      { text: "…" },
      { line: 14, text: '        "OriginProtocolPolicy": "https-only",' },
      { line: 15, text: '        "OriginSSLProtocols": ["TLSv1.2"]', mark: { from: 8, to: 28 } },
    ],
    fix: {
      title: "Rename to OriginSslProtocols, and write it as an object with Quantity and Items",
      safe: false,
      lines: [
        { line: 5, text: '"Origins": {' },
        { text: "…" },
        { line: 7, text: '  "Items": [' },
        { text: "…" },
        { line: 11, text: '      "CustomOriginConfig": {' },
        { text: "…" },
        { line: 14, text: '        "OriginProtocolPolicy": "https-only",' },
        { line: 15, text: '        "OriginSslProtocols": { "Quantity": 1, "Items": ["TLSv1.2"] }' },
      ],
    },
  },
  "domain-name/endpoint-access-mode": {
    says: [
      "endpointAccessMode is only for the security policies that begin with SecurityPolicy_. This domain name has TLS_1_2.",
      "endpointAccessMode is only for the security policies that begin with SecurityPolicy_, which cannot be combined with mutual TLS. API Gateway rejects it here.",
      "Only REST APIs have EndpointAccessMode, not HTTP and WebSocket APIs. The AWS CLI rejects it here, and the AWS SDK for JavaScript silently ignores it.",
      "The security policy SecurityPolicy_TLS13_1_3_2025_09 requires endpointAccessMode: BASIC or STRICT.",
    ],
    syntax: "json",
    lines: [
      { line: 9, text: '"securityPolicy": "TLS_1_2",' },
      { line: 10, text: '"endpointAccessMode": "STRICT"', mark: { from: 0, to: 20 } },
    ],
    fix: { title: "Remove endpointAccessMode", safe: false, lines: [{ line: 9, text: '"securityPolicy": "TLS_1_2"' }] },
  },
  "domain-name/endpoint-type": {
    says: [
      "Mutual TLS requires a REGIONAL endpoint, not EDGE.",
      "The endpoint type must be spelled REGIONAL.",
      'types must be a list, with one type here: ["REGIONAL"].',
    ],
    syntax: "json",
    lines: [
      { line: 4, text: '"endpointConfiguration": {' },
      { line: 5, text: '  "types": [' },
      { line: 6, text: '    "EDGE"', mark: { from: 4, to: 10 } },
    ],
    fix: {
      title: "Change to REGIONAL (the domain name needs a different DNS target and a certificate in its own Region)",
      safe: false,
      lines: [
        { line: 4, text: '"endpointConfiguration": {' },
        { line: 5, text: '  "types": [' },
        { line: 6, text: '    "REGIONAL"' },
      ],
    },
  },
  "domain-name/flag": {
    says: [
      "mutualTlsAuthentication has no on/off flag, and mutual TLS stays on. The AWS CLI rejects enabled, and the AWS SDK for JavaScript silently ignores it. To turn off mutual TLS for an existing domain name, set the trust store URI to an empty string. For a new one, leave out mutualTlsAuthentication.",
      "MutualTlsAuthentication has no on/off flag. Mutual TLS is on as soon as a trust store is set. The AWS CLI rejects Enabled, and the AWS SDK for JavaScript silently ignores it.",
    ],
    syntax: "json",
    lines: [
      { line: 10, text: '"mutualTlsAuthentication": {' },
      { line: 11, text: '  "enabled": false,', mark: { from: 2, to: 11 } },
      { line: 12, text: '  "truststoreUri": "s3://shop-trust/clients.pem",' },
    ],
    fix: {
      title: "Remove enabled (mutual TLS stays on)",
      safe: false,
      lines: [
        { line: 10, text: '"mutualTlsAuthentication": {' },
        { line: 11, text: '  "truststoreUri": "s3://shop-trust/clients.pem",' },
      ],
    },
  },
  "domain-name/member-type": {
    says: [
      "DomainNameConfigurations must be a list.",
      "endpointConfiguration must be an object.",
      "DomainNameConfigurations has text that PowerShell wrote in place of an object or list. ConvertTo-Json writes only 2 levels by default. The content is lost. Write the file again with ConvertTo-Json -Depth 20.",
      "value is null. The AWS CLI rejects null. Leave out a member that has no value.",
    ],
    syntax: "json",
    lines: [
      { line: 2, text: '"DomainName": "api.example.com",' },
      { line: 3, text: '"DomainNameConfigurations": {', mark: { from: 28, to: 29 } },
      {
        line: 4,
        text: '  "CertificateArn": "arn:aws:acm:eu-west-1:111122223333:certificate/0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",',
      },
      { line: 5, text: '  "EndpointType": "REGIONAL",' },
      { line: 6, text: '  "SecurityPolicy": "TLS_1_2"' },
    ],
    fix: {
      title: "Write DomainNameConfigurations as a list with one item",
      safe: true,
      lines: [
        { line: 2, text: '"DomainName": "api.example.com",' },
        { line: 3, text: '"DomainNameConfigurations": [' },
        { line: 4, text: "  {" },
        {
          line: 5,
          text: '    "CertificateArn": "arn:aws:acm:eu-west-1:111122223333:certificate/0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",',
        },
        { line: 6, text: '    "EndpointType": "REGIONAL",' },
        { line: 7, text: '    "SecurityPolicy": "TLS_1_2"' },
      ],
    },
  },
  "domain-name/mtls-off": {
    says: [
      "Removing the trust store turns off mutual TLS. API Gateway then no longer requests a certificate from clients.",
    ],
    syntax: "json",
    lines: [
      { line: 3, text: '"patchOperations": [' },
      { line: 4, text: "  {" },
      { line: 5, text: '    "op": "remove",', mark: { from: 10, to: 18 } },
      { line: 6, text: '    "path": "/mutualTlsAuthentication/truststoreUri"' },
    ],
  },
  "domain-name/mtls-place": {
    says: [
      "truststoreUri and truststoreVersion belong in mutualTlsAuthentication. API Gateway does not see them here. The AWS CLI rejects them, and the AWS SDK for JavaScript silently ignores them. Mutual TLS stays off.",
      "MutualTlsAuthentication belongs at the top level of the domain name. API Gateway does not see it here. The AWS CLI rejects it, and the AWS SDK for JavaScript silently ignores it. Mutual TLS stays off.",
      "OwnershipVerificationCertificateArn belongs in the entry of DomainNameConfigurations. API Gateway does not see it here. The AWS CLI rejects it, and the AWS SDK for JavaScript silently ignores it.",
      "DisableExecuteApiEndpoint is a setting of an API, not of a domain name. The AWS CLI rejects it here, and the AWS SDK for JavaScript silently ignores it. The default endpoint then stays open. Set it on each API behind the domain name.",
    ],
    syntax: "json",
    lines: [
      {
        line: 3,
        text: '"regionalCertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",',
      },
      { line: 4, text: '"truststoreUri": "s3://example-truststores/clients.pem",', mark: { from: 0, to: 15 } },
      { line: 5, text: '"truststoreVersion": "…",' },
      { line: 6, text: '"tags": {' },
    ],
    fix: {
      title: "Move truststoreUri and truststoreVersion into mutualTlsAuthentication",
      safe: false,
      lines: [
        {
          line: 3,
          text: '"regionalCertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",',
        },
        { text: "…" },
        { line: 5, text: '  "team": "payments"' },
        { line: 6, text: "}," },
        { line: 7, text: '"mutualTlsAuthentication": {' },
        { line: 8, text: '  "truststoreUri": "s3://example-truststores/clients.pem",' },
        { line: 9, text: '  "truststoreVersion": "…"' },
      ],
    },
  },
  "domain-name/mtls-spelling": {
    says: [
      "apigateway has no member mutualTLS. Use mutualTlsAuthentication instead. The AWS CLI rejects mutualTLS, and the AWS SDK for JavaScript silently ignores it.",
    ],
    syntax: "json",
    lines: [
      { line: 9, text: '"securityPolicy": "TLS_1_2",' },
      { line: 10, text: '"mutualTLS": {', mark: { from: 0, to: 11 } },
      { line: 11, text: '  "truststoreUri": "s3://example-truststores/clients.pem",' },
    ],
    fix: {
      title: "Change to mutualTlsAuthentication",
      safe: true,
      lines: [
        { line: 9, text: '"securityPolicy": "TLS_1_2",' },
        { line: 10, text: '"mutualTlsAuthentication": {' },
        { line: 11, text: '  "truststoreUri": "s3://example-truststores/clients.pem",' },
      ],
    },
  },
  "domain-name/one-configuration": {
    says: [
      "DomainNameConfigurations has no entry. API Gateway expects one.",
      'DomainNameConfigurations is missing. API Gateway has rejected updates without it: "Invalid input. Expected one domain name configuration". Include its one entry, even if it does not change.',
      "DomainNameConfigurations has 2 entries. API Gateway expects one. A second entry is only for changing the endpoint type, and mutual TLS requires a REGIONAL endpoint.",
    ],
    syntax: "json",
    lines: [
      { line: 2, text: '"DomainName": "api.example.com",' },
      { line: 3, text: '"DomainNameConfigurations": [],', mark: { from: 28, to: 30 } },
      { line: 4, text: '"MutualTlsAuthentication": {' },
    ],
  },
  "domain-name/output-member": {
    says: ["truststoreWarnings is a member of API Gateway responses. The AWS CLI rejects it as input."],
    syntax: "json",
    lines: [
      { line: 10, text: '"mutualTlsAuthentication": {' },
      { line: 11, text: '  "truststoreUri": "s3://example-truststores/clients.pem",' },
      { line: 12, text: '  "truststoreVersion": "…",' },
      { line: 13, text: '  "truststoreWarnings": []', mark: { from: 2, to: 22 } },
    ],
    fix: {
      title: "Remove truststoreWarnings",
      safe: false,
      lines: [
        { line: 10, text: '"mutualTlsAuthentication": {' },
        { line: 11, text: '  "truststoreUri": "s3://example-truststores/clients.pem",' },
        { line: 12, text: '  "truststoreVersion": "…"' },
      ],
    },
  },
  "domain-name/ownership-certificate": {
    says: [
      "This is not an ARN. An ACM certificate ARN has this format: arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012.",
      "This is the server certificate. If it is a public certificate that ACM issued, no ownership certificate is needed. If it is imported or private, it cannot verify ownership.",
      "The ARN names an AWS Private CA certificate authority. Ownership must be verified with a public certificate that ACM issued.",
    ],
    syntax: "json",
    lines: [{ line: 14, text: '"ownershipVerificationCertificateArn": "example.com"', mark: { from: 39, to: 52 } }],
  },
  "domain-name/patch-operation": {
    says: [
      "UpdateDomainName has no path /endpointConfiguration/types/. Use /endpointConfiguration/types instead.",
      "The value of an operation must be a string.",
      "The operation copy is not supported at /mutualTlsAuthentication/truststoreUri. Supported operations: add, replace, remove.",
      "/regionalCertificateArn cannot be added and removed in one request. Use replace or two requests.",
    ],
    syntax: "json",
    lines: [
      { line: 3, text: '"patchOperations": [' },
      { text: "…" },
      { line: 5, text: '    "op": "remove",' },
      { line: 6, text: '    "path": "/endpointConfiguration/types/",', mark: { from: 12, to: 43 } },
      { line: 7, text: '    "value": "EDGE"' },
    ],
    fix: {
      title: "Change to /endpointConfiguration/types",
      safe: false,
      lines: [
        { line: 3, text: '"patchOperations": [' },
        { text: "…" },
        { line: 5, text: '    "op": "remove",' },
        { line: 6, text: '    "path": "/endpointConfiguration/types",' },
        { line: 7, text: '    "value": "EDGE"' },
      ],
    },
  },
  "domain-name/security-policy": {
    says: [
      "The enhanced security policy SecurityPolicy_TLS13_1_3_2025_09 cannot be combined with mutual TLS. Use TLS_1_2.",
      "Mutual TLS requires the security policy TLS_1_2, not TLS_1_0.",
      "The security policy must be spelled TLS_1_2.",
      "HTTP and WebSocket APIs support only the security policy TLS_1_2, not TLS_1_0.",
    ],
    syntax: "json",
    lines: [
      { line: 3, text: '"patchOperations": [' },
      { text: "…" },
      { line: 10, text: '    "path": "/securityPolicy",' },
      { line: 11, text: '    "value": "SecurityPolicy_TLS13_1_3_2025_09"', mark: { from: 13, to: 47 } },
    ],
    fix: {
      title: "Change to TLS_1_2 and set /endpointAccessMode to an empty string",
      safe: false,
      lines: [
        { line: 3, text: '"patchOperations": [' },
        { text: "…" },
        { line: 10, text: '    "path": "/securityPolicy",' },
        { line: 11, text: '    "value": "TLS_1_2"' },
        { line: 12, text: "  }," },
        { line: 13, text: "  {" },
        { line: 14, text: '    "op": "replace",' },
        { line: 15, text: '    "path": "/endpointAccessMode",' },
        { line: 16, text: '    "value": ""' },
      ],
    },
  },
  "domain-name/server-certificate": {
    says: [
      "certificateArn is the certificate of an edge-optimized or private endpoint. Mutual TLS requires a Regional endpoint with its certificate in regionalCertificateArn.",
      "The ARN names an IAM server certificate. API Gateway accepts only an ACM certificate here.",
      "This is not an ARN. An ACM certificate ARN has this format: arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012.",
    ],
    syntax: "json",
    lines: [
      {
        line: 13,
        text: '"certificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"',
        mark: { from: 0, to: 16 },
      },
    ],
    fix: {
      title: "Change to regionalCertificateArn (the certificate must be in the Region of the API)",
      safe: false,
      lines: [
        {
          line: 13,
          text: '"regionalCertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"',
        },
      ],
    },
  },
  "domain-name/side-door": {
    says: [
      "Mutual TLS protects only this domain name. The default execute-api endpoint of the API still accepts requests without a client certificate. Set disableExecuteApiEndpoint on each API behind the domain name, and then redeploy the API.",
    ],
    syntax: "json",
    lines: [
      { line: 3, text: '"patchOperations": [' },
      { text: "…" },
      { line: 6, text: '    "path": "/mutualTlsAuthentication/truststoreUri",' },
      { line: 7, text: '    "value": "s3://example-truststores/clients.pem"', mark: { from: 4, to: 11 } },
    ],
  },
  "domain-name/status": {
    says: [
      "API Gateway could not carry out the last change of this domain name. Correct the cause, and try again. Message from API Gateway: The certificate could not be used.",
      "A certificate that verified the ownership of this domain name has expired, and ACM could not renew it. Renew it, or set another public certificate that ACM issued for the domain name.",
      "The server certificate was imported into ACM again, and API Gateway did not accept it: it has a name that the ownership certificate does not cover, or it does not cover the domain name. Import a certificate with the right names, from the same issuer. Message from API Gateway: The issuer changed.",
    ],
    syntax: "json",
    lines: [
      { line: 14, text: '"domainNameStatus": "FAILED",', mark: { from: 20, to: 28 } },
      { line: 15, text: '"domainNameStatusMessage": "The certificate could not be used."' },
    ],
  },
  "domain-name/truststore-uri": {
    says: [
      "This is a web address. API Gateway requires the trust store URI in the format s3://bucket-name/key-name.",
      "There is an ARN after s3://. API Gateway requires the name of the bucket there: s3://bucket-name/key-name.",
      "The trust store URI must begin with s3://, for example s3://bucket-name/key-name.",
      'No bucket can be named "my truststores". A bucket name has only letters, digits, dots, hyphens, and underscores.',
    ],
    syntax: "json",
    lines: [
      {
        line: 2,
        text: '"truststoreUri": "https://example-truststores.s3.amazonaws.com/clients.pem",',
        mark: { from: 17, to: 75 },
      },
      { line: 3, text: '"truststoreVersion": "…"' },
    ],
    fix: {
      title: "Change to s3://example-truststores/clients.pem",
      safe: true,
      lines: [
        { line: 2, text: '"truststoreUri": "s3://example-truststores/clients.pem",' },
        { line: 3, text: '"truststoreVersion": "…"' },
      ],
    },
  },
  "domain-name/truststore-version": {
    says: [
      "The version of an S3 object must be a string.",
      "No version of the S3 object is set. API Gateway uses a changed trust store only after you update the domain name. If versioning is enabled on the bucket, set the version that you want to use.",
      "The version has 65 characters. API Gateway accepts up to 64 here.",
      "truststoreVersion sets the version of an object, but truststoreUri is missing.",
    ],
    syntax: "json",
    lines: [
      { line: 10, text: '"mutualTlsAuthentication": {' },
      { line: 11, text: '  "truststoreUri": "s3://example-truststores/clients.pem",' },
      { line: 12, text: '  "truststoreVersion": 3', mark: { from: 23, to: 24 } },
    ],
  },
  "domain-name/truststore-warning": {
    says: ["Warning from API Gateway about this trust store: Certificate CN=Old Root CA has expired."],
    syntax: "json",
    lines: [
      { line: 2, text: '"Items": [' },
      { text: "…" },
      { line: 13, text: '    "MutualTlsAuthentication": {' },
      { text: "…" },
      { line: 16, text: '      "TruststoreWarnings": [' },
      { line: 17, text: '        "Certificate CN=Old Root CA has expired."', mark: { from: 8, to: 49 } },
    ],
  },
  "file/beside-config": {
    says: [
      "ConnectionFunctionAssociation is next to DistributionConfig, where CloudFront does not see it. It belongs in DistributionConfig.",
      "ViewerMTLSConfig is next to DistributionConfig, where CloudFront does not see it. DistributionConfig has another ViewerMtlsConfig. Keep the right one in DistributionConfig, and remove this one.",
    ],
    syntax: "json",
    lines: [
      { line: 3, text: '"Distribution": {' },
      { text: "…" },
      { line: 82, text: "    }" },
      { line: 83, text: "  }," },
      { line: 84, text: '  "ConnectionFunctionAssociation": {', mark: { from: 2, to: 33 } },
      { line: 85, text: '    "Id": "cf_0123456789"' },
    ],
    fix: {
      title: "Move ConnectionFunctionAssociation into DistributionConfig",
      safe: false,
      lines: [
        { line: 3, text: '"Distribution": {' },
        { text: "…" },
        { line: 81, text: "      }" },
        { line: 82, text: "    }," },
        { line: 83, text: '    "ConnectionFunctionAssociation": {' },
        { line: 84, text: '      "Id": "cf_0123456789"' },
      ],
    },
  },
  "file/encoding": {
    says: [
      "The file is UTF-16, for example from > in PowerShell. The AWS CLI cannot read it as text. Save the file as UTF-8.",
      'The file begins with a byte order mark. The AWS CLI does not skip it and returns "Invalid JSON". Save the file as UTF-8.',
    ],
    syntax: "json",
    lines: [
      { line: 1, text: "{", mark: { from: 0, to: 1 } },
      { line: 2, text: '  "CallerReference": "2026-02-02",' },
    ],
  },
  "file/foreign-member": {
    says: [
      "In a template, this property is called CustomOriginConfig. CloudFormation rejects custom_origin_config.",
      "CallerReference belongs to the JSON of the API. CloudFormation rejects it here.",
    ],
    syntax: "yaml",
    lines: [
      { line: 5, text: "DistributionConfig:" },
      { text: "…" },
      { line: 7, text: "  Origins:" },
      { line: 8, text: "    - Id: api" },
      { line: 9, text: "      DomainName: api.tern.example" },
      { line: 10, text: "      custom_origin_config:", mark: { from: 6, to: 26 } },
      { line: 11, text: "        OriginProtocolPolicy: https-only" },
    ],
    fix: {
      title: "Rename to CustomOriginConfig",
      safe: true,
      lines: [
        { line: 5, text: "DistributionConfig:" },
        { text: "…" },
        { line: 7, text: "  Origins:" },
        { line: 8, text: "    - Id: api" },
        { line: 9, text: "      DomainName: api.tern.example" },
        { line: 10, text: "      CustomOriginConfig:" },
        { line: 11, text: "        OriginProtocolPolicy: https-only" },
      ],
    },
  },
  "file/left-on": {
    says: [
      "MutualAuthentication was removed here. On a listener that exists, CloudFormation then leaves mutual TLS as it is. To turn it off, set Mode to off.",
    ],
    syntax: "yaml",
    lines: [
      { line: 1, text: "Resources:" },
      { line: 2, text: "  Listener:" },
      { line: 3, text: "    Type: AWS::ElasticLoadBalancingV2::Listener" },
      { line: 4, text: "    Properties:", mark: { from: 4, to: 14 } },
      { line: 5, text: "      LoadBalancerArn: !Ref Balancer" },
    ],
    fix: {
      title: "Set the mode to off",
      safe: false,
      lines: [
        { line: 1, text: "Resources:" },
        { line: 2, text: "  Listener:" },
        { line: 3, text: "    Type: AWS::ElasticLoadBalancingV2::Listener" },
        { line: 4, text: "    Properties:" },
        { line: 5, text: "      LoadBalancerArn: !Ref Balancer" },
        { line: 6, text: "      Protocol: HTTPS" },
        { line: 7, text: "      MutualAuthentication:" },
        { line: 8, text: '        Mode: "off"' },
      ],
    },
  },
  "file/named-resource": {
    says: [
      "Client requests a public certificate from ACM. Public certificates have no clientAuth, so CloudFront cannot use one as a client certificate. CloudFormation cannot import a certificate: import it into ACM yourself, and use a parameter for its ARN.",
      "Bucket is a resource of the type AWS::S3::Bucket. This property takes AWS::CertificateManager::Certificate.",
      "Client requests a private certificate from ACM, but the CloudFront documentation mentions only imported certificates. CloudFormation cannot import a certificate: import it into ACM yourself, and use a parameter for its ARN.",
      "The ARNs in this template show that its stack is in eu-west-1, so Client is a certificate in eu-west-1. CloudFront reads client certificates from ACM in us-east-1. Import the certificate there, and use a parameter for its ARN.",
    ],
    syntax: "yaml",
    lines: [
      { line: 15, text: "  - Id: api" },
      { text: "…" },
      { line: 17, text: "    CustomOriginConfig:" },
      { text: "…" },
      { line: 19, text: "      OriginMtlsConfig:" },
      { line: 20, text: "        ClientCertificateArn: !Ref Client # the certificate", mark: { from: 30, to: 41 } },
      { line: 21, text: "DefaultCacheBehavior: {TargetOriginId: api, ViewerProtocolPolicy: https-only}" },
    ],
    fix: {
      title: "Use a parameter ClientCertificateArn for the ARN",
      safe: false,
      lines: [
        { line: 3, text: "    Type: String" },
        { line: 4, text: "  ClientCertificateArn:" },
        { line: 5, text: "    Type: String" },
        { line: 6, text: "Resources:" },
        { text: "…" },
        { line: 17, text: "          - Id: api" },
        { text: "…" },
        { line: 19, text: "            CustomOriginConfig:" },
        { text: "…" },
        { line: 21, text: "              OriginMtlsConfig:" },
        { line: 22, text: "                ClientCertificateArn: !Ref ClientCertificateArn # the certificate" },
        { line: 23, text: "        DefaultCacheBehavior: {TargetOriginId: api, ViewerProtocolPolicy: https-only}" },
      ],
    },
  },
  "file/nested-config": {
    says: [
      "DistributionConfig contains only another DistributionConfig. CloudFront does not see what is in it, and the AWS CLI rejects it. Extract the inner configuration.",
    ],
    syntax: "json",
    lines: [
      { line: 2, text: '"DistributionConfig": {' },
      { line: 3, text: '  "DistributionConfig": {', mark: { from: 2, to: 22 } },
      { line: 4, text: '    "CallerReference": "2026-02-02",' },
    ],
    fix: { title: "Extract the inner configuration", safe: false, lines: [] },
  },
  "file/unquoted-word": {
    says: [
      "Without quotes, YAML 1.1 reads off as false, and CloudFormation reads templates as YAML 1.1. Put the word in quotes.",
    ],
    syntax: "yaml",
    lines: [
      { line: 2, text: "Old:" },
      { text: "…" },
      { line: 4, text: "  Properties:" },
      { text: "…" },
      { line: 7, text: "    MutualAuthentication:" },
      { line: 8, text: "      Mode: off # for now", mark: { from: 12, to: 15 } },
      { line: 9, text: "New:" },
    ],
    fix: {
      title: 'Change to "off"',
      safe: true,
      lines: [
        { line: 2, text: "Old:" },
        { text: "…" },
        { line: 4, text: "  Properties:" },
        { text: "…" },
        { line: 7, text: "    MutualAuthentication:" },
        { line: 8, text: '      Mode: "off" # for now' },
        { line: 9, text: "New:" },
      ],
    },
  },
  "file/update-members": {
    says: [
      "UpdateDistribution requires members that CreateDistribution does not require. This configuration does not have WebACLId. Add them with the values that the distribution has now.",
      "UpdateDistribution requires members that CreateDistribution does not require. This configuration does not have Aliases, DefaultRootObject, CacheBehaviors, CustomErrorResponses, Logging, PriceClass, ViewerCertificate, Restrictions, WebACLId, HttpVersion. Add them with the values that the distribution has now. UpdateDistribution requires these members in each cache behavior, but not every cache behavior has them: AllowedMethods, SmoothStreaming, Compress, LambdaFunctionAssociations, FieldLevelEncryptionId. Users report that UpdateDistribution also requires these members in CustomOriginConfig, but not every custom origin has them: OriginSslProtocols, OriginReadTimeout.",
      "UpdateDistribution requires these members in each cache behavior, but not every cache behavior has them: Compress.",
      "Users report that UpdateDistribution also requires these members in CustomOriginConfig, but not every custom origin has them: OriginReadTimeout.",
    ],
    syntax: "json",
    lines: [
      { line: 3, text: '"IfMatch": "E1",' },
      { line: 4, text: '"DistributionConfig": {', mark: { from: 0, to: 20 } },
      { line: 5, text: '  "CallerReference": "2026-02-02",' },
    ],
  },
  "file/wrapped-config": {
    says: [
      "This is the output of get-distribution-config. update-distribution --distribution-config requires the content of DistributionConfig, and the ETag as --if-match.",
      "The configuration is in a list, as jq -s writes it. update-distribution --distribution-config requires the configuration itself.",
      "update-distribution --distribution-config requires the content of DistributionConfig. Removing the ETag is not enough.",
    ],
    syntax: "json",
    lines: [
      { line: 2, text: '"ETag": "E2EXAMPLE",' },
      { line: 3, text: '"DistributionConfig": {', mark: { from: 0, to: 20 } },
      { line: 4, text: '  "CallerReference": "2026-02-02",' },
    ],
    fix: { title: "Extract the inner configuration", safe: false, lines: [] },
  },
  "listener/association-status": {
    says: [
      "TrustStoreAssociationStatus is read-only. Elastic Load Balancing sets it.",
      "The shared trust store was removed from this listener, because its owner no longer shares it.",
    ],
    syntax: "json",
    lines: [
      { line: 16, text: '"MutualAuthentication": {' },
      { line: 17, text: '  "Mode": "verify",' },
      {
        line: 18,
        text: '  "TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/73e2d6bc24d8a063",',
      },
      { line: 19, text: '  "TrustStoreAssociationStatus": "active"', mark: { from: 2, to: 31 } },
    ],
    fix: {
      title: "Remove TrustStoreAssociationStatus",
      safe: false,
      lines: [
        { line: 16, text: '"MutualAuthentication": {' },
        { line: 17, text: '  "Mode": "verify",' },
        {
          line: 18,
          text: '  "TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/73e2d6bc24d8a063"',
        },
      ],
    },
  },
  "listener/expired-clients": {
    says: ["Clients with expired certificates are accepted."],
    syntax: "json",
    lines: [
      { line: 16, text: '"MutualAuthentication": {' },
      { text: "…" },
      {
        line: 18,
        text: '  "TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/73e2d6bc24d8a063",',
      },
      { line: 19, text: '  "IgnoreClientCertificateExpiry": true', mark: { from: 2, to: 33 } },
    ],
  },
  "listener/flag": {
    says: [
      "MutualAuthentication has no on/off flag. Mutual authentication stays on, because Mode is verify. The AWS CLI rejects IsEnabled, and the AWS SDK for JavaScript silently ignores it.",
    ],
    syntax: "json",
    lines: [
      { line: 2, text: '"Mode": "verify",' },
      {
        line: 3,
        text: '"TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/shop-clients/0123456789abcdef",',
      },
      { line: 4, text: '"IsEnabled": false', mark: { from: 0, to: 11 } },
    ],
    fix: {
      title: "Set Mode to off and remove TrustStoreArn, IsEnabled (turns off mutual authentication)",
      safe: false,
      lines: [{ line: 2, text: '"Mode": "off"' }],
    },
  },
  "listener/identity-filter": {
    says: [
      "ClientCertificateIdentityFilters must be a list of filters.",
      '"reject" is not a valid action. The only action is accept. The load balancer rejects clients that match no filter.',
      '"cn" is not a valid value for Field. Valid values: subject-cn, subject-ou, san-dns, san-uri.',
      '"Accept" is not a valid value for Action. Valid values: accept.',
    ],
    syntax: "json",
    lines: [
      { line: 5, text: '"MutualAuthentication": {' },
      { text: "…" },
      {
        line: 7,
        text: '  "TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/shop-clients/0123456789abcdef",',
      },
      { line: 8, text: '  "ClientCertificateIdentityFilters": {', mark: { from: 38, to: 39 } },
      { line: 9, text: '    "Action": "accept",' },
      { line: 10, text: '    "Field": "cn",' },
      { line: 11, text: '    "MatchType": "exact",' },
      { line: 12, text: '    "Value": "client-a"' },
    ],
    fix: {
      title: "Write ClientCertificateIdentityFilters as a list with one item",
      safe: true,
      lines: [
        { line: 5, text: '"MutualAuthentication": {' },
        { text: "…" },
        {
          line: 7,
          text: '  "TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/shop-clients/0123456789abcdef",',
        },
        { line: 8, text: '  "ClientCertificateIdentityFilters": [' },
        { line: 9, text: "    {" },
        { line: 10, text: '      "Action": "accept",' },
        { line: 11, text: '      "Field": "cn",' },
        { line: 12, text: '      "MatchType": "exact",' },
        { line: 13, text: '      "Value": "client-a"' },
      ],
    },
  },
  "listener/identity-filters-use": {
    says: [
      "ClientCertificateIdentityFilters is documented only for TLS listeners of a Network Load Balancer. Do not rely on it here to reject clients.",
      "The list of filters is empty. The listener accepts every client with a certificate that the trust store accepts. To accept only certain clients, add a filter for each.",
      "ClientCertificateIdentityFilters applies only in verify mode. In off mode, the filters reject no client.",
    ],
    syntax: "json",
    lines: [
      { line: 3, text: '"MutualAuthentication": {' },
      { line: 4, text: '  "Mode": "verify",' },
      {
        line: 5,
        text: '  "TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/73e2d6bc24d8a063",',
      },
      { line: 6, text: '  "ClientCertificateIdentityFilters": [', mark: { from: 2, to: 36 } },
      { line: 7, text: "    {" },
      { line: 8, text: '      "Action": "accept",' },
      { line: 9, text: '      "Field": "subject-cn",' },
      { line: 10, text: '      "MatchType": "exact",' },
      { line: 11, text: '      "Value": "client.example.com"' },
    ],
    fix: {
      title: "Remove ClientCertificateIdentityFilters and its filters",
      safe: false,
      lines: [
        { line: 3, text: '"MutualAuthentication": {' },
        { line: 4, text: '  "Mode": "verify",' },
        {
          line: 5,
          text: '  "TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/73e2d6bc24d8a063"',
        },
      ],
    },
  },
  "listener/member-type": {
    says: [
      'AdvertiseTrustStoreCaNames must be the string "on" or "off".',
      "MutualAuthentication must be an object.",
      "IgnoreClientCertificateExpiry must be true or false, without quotes.",
      "MutualAuthentication has text that PowerShell wrote in place of an object or list. ConvertTo-Json writes only 2 levels by default. The content is lost. Write the file again with ConvertTo-Json -Depth 20.",
    ],
    syntax: "json",
    lines: [
      { line: 16, text: '"MutualAuthentication": {' },
      { text: "…" },
      {
        line: 18,
        text: '  "TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/73e2d6bc24d8a063",',
      },
      { line: 19, text: '  "AdvertiseTrustStoreCaNames": "On"', mark: { from: 32, to: 36 } },
    ],
    fix: {
      title: 'Change to "on"',
      safe: true,
      lines: [
        { line: 16, text: '"MutualAuthentication": {' },
        { text: "…" },
        {
          line: 18,
          text: '  "TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/73e2d6bc24d8a063",',
        },
        { line: 19, text: '  "AdvertiseTrustStoreCaNames": "on"' },
      ],
    },
  },
  "listener/mode": {
    says: [
      "MutualAuthentication must be an object with the member Mode.",
      "Mode is empty. Set it to off, passthrough, or verify.",
      "Mode must be a string: off, passthrough, or verify.",
      "The mode is Verify. The documented modes are off, passthrough, and verify, in lower case.",
    ],
    syntax: "json",
    lines: [{ line: 16, text: '"MutualAuthentication": "passthrough"', mark: { from: 24, to: 37 } }],
    fix: {
      title: "Set Mode to passthrough",
      safe: true,
      lines: [{ line: 16, text: '"MutualAuthentication": { "Mode": "passthrough" }' }],
    },
  },
  "listener/mtls-place": {
    says: [
      "TrustStoreArn belongs in MutualAuthentication. Elastic Load Balancing does not see it here. The AWS CLI rejects it, and the AWS SDK for JavaScript silently ignores it.",
      "If this is the input of a command, Mode and TrustStoreArn belong in MutualAuthentication. The AWS CLI rejects them here, and the AWS SDK for JavaScript silently ignores them.",
      "Mode is next to MutualAuthentication, where Elastic Load Balancing does not see it. MutualAuthentication has another Mode. Keep the right one in MutualAuthentication, and remove this one.",
    ],
    syntax: "json",
    lines: [
      { line: 3, text: '"MutualAuthentication": {' },
      { line: 4, text: '  "Mode": "verify"' },
      { line: 5, text: "}," },
      {
        line: 6,
        text: '"TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/3c4d5e6f7a8b9c0d"',
        mark: { from: 0, to: 15 },
      },
    ],
    fix: {
      title: "Move TrustStoreArn into MutualAuthentication",
      safe: false,
      lines: [
        { line: 3, text: '"MutualAuthentication": {' },
        { line: 4, text: '  "Mode": "verify",' },
        {
          line: 5,
          text: '  "TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/3c4d5e6f7a8b9c0d"',
        },
      ],
    },
  },
  "listener/mtls-spelling": {
    says: [
      "Elastic Load Balancing has no member mutualAuthentication. Use MutualAuthentication instead. The AWS CLI rejects mutualAuthentication, and the AWS SDK for JavaScript silently ignores it.",
    ],
    syntax: "json",
    lines: [
      {
        line: 2,
        text: '"ListenerArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"…',
      },
      { line: 3, text: '"mutualAuthentication": {', mark: { from: 0, to: 22 } },
      { line: 4, text: '  "mode": "verify",' },
    ],
    fix: {
      title: "Change to MutualAuthentication",
      safe: true,
      lines: [
        {
          line: 2,
          text: '"ListenerArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"…',
        },
        { line: 3, text: '"MutualAuthentication": {' },
        { line: 4, text: '  "mode": "verify",' },
      ],
    },
  },
  "listener/protocol": {
    says: [
      "A Network Load Balancer supports only verify mode. Only an Application Load Balancer passes certificates to its targets.",
      "A Gateway Load Balancer does not support mutual authentication.",
      "The protocol of this listener is HTTP. Mutual authentication is supported for HTTPS listeners of an Application Load Balancer and TLS listeners of a Network Load Balancer.",
    ],
    syntax: "json",
    lines: [
      { line: 3, text: '"MutualAuthentication": {' },
      { line: 4, text: '  "Mode": "passthrough"', mark: { from: 10, to: 23 } },
    ],
  },
  "listener/trust-store": {
    says: [
      "In passthrough mode, the listener does not support TrustStoreArn, whatever its value. Only verify mode has a trust store.",
      "The mode verify requires TrustStoreArn, the trust store with the CA certificates of accepted clients.",
    ],
    syntax: "json",
    lines: [
      { line: 5, text: '"MutualAuthentication": {' },
      { line: 6, text: '  "Mode": "passthrough",' },
      { line: 7, text: '  "TrustStoreArn": ""', mark: { from: 2, to: 17 } },
    ],
    fix: {
      title: "Remove TrustStoreArn",
      safe: false,
      lines: [
        { line: 5, text: '"MutualAuthentication": {' },
        { line: 6, text: '  "Mode": "passthrough"' },
      ],
    },
  },
  "listener/trust-store-arn": {
    says: [
      "The ARN has spaces or line breaks around it.",
      '"73e2d6bc24d8a06" looks like a sample. A trust store ID has 16 hexadecimal digits.',
      "A trust store ARN must end with truststore/, the name, and the ID of the trust store, for example arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/my-trust-store/73e2d6bc24d8a063. A name has 1 to 32 characters: letters, digits, and single hyphens between them.",
      "The ARN names an ACM certificate. A listener accepts only an Elastic Load Balancing trust store here.",
    ],
    syntax: "json",
    lines: [
      { line: 16, text: '"MutualAuthentication": {' },
      { line: 17, text: '  "Mode": "verify",' },
      {
        line: 18,
        text: '  "TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/73e2d6bc24d8a063 "',
        mark: { from: 19, to: 109 },
      },
    ],
    fix: {
      title: "Remove the spaces around the ARN",
      safe: true,
      lines: [
        { line: 16, text: '"MutualAuthentication": {' },
        { line: 17, text: '  "Mode": "verify",' },
        {
          line: 18,
          text: '  "TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/73e2d6bc24d8a063"',
        },
      ],
    },
  },
  "origin/client-certificate-absent": {
    says: ["The certificate does not exist in ACM in us-east-1 in account 123456789012."],
    syntax: "json",
    lines: [
      { line: 5, text: '"OriginMtlsConfig": {' },
      {
        line: 6,
        text: '  "ClientCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000002"',
        mark: { from: 26, to: 111 },
      },
    ],
  },
  "origin/client-certificate-arn": {
    says: [
      "OriginMtlsConfig must be an object with the member ClientCertificateArn.",
      "This is a placeholder. Enter the ARN of the ACM certificate.",
      "The ARN has spaces or line breaks around it.",
      "The ARN of the certificate must be a string.",
    ],
    syntax: "json",
    lines: [
      { line: 4, text: '"OriginProtocolPolicy": "https-only",' },
      {
        line: 5,
        text: '"OriginMtlsConfig": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"',
        mark: { from: 20, to: 105 },
      },
    ],
    fix: {
      title: "Move the ARN into ClientCertificateArn",
      safe: true,
      lines: [
        { line: 4, text: '"OriginProtocolPolicy": "https-only",' },
        {
          line: 5,
          text: '"OriginMtlsConfig": { "ClientCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-12…',
        },
      ],
    },
  },
  "origin/client-certificate-expired": {
    says: [
      "“client.example.com” expired 3 days ago, on 2026-11-18 00:00:00 UTC.",
      "“CN=device 12” has expired, according to ACM.",
    ],
    syntax: "json",
    lines: [
      { line: 5, text: '"OriginMtlsConfig": {' },
      {
        line: 6,
        text: '  "ClientCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000001"',
        mark: { from: 26, to: 111 },
      },
    ],
  },
  "origin/client-certificate-expiring": {
    says: [
      "“client.example.com” expires in 30 days, on 2026-12-21 00:00:00 UTC. Import the renewed certificate to the same ARN at least 24 hours before.",
      "“client.example.com” expires in 5 hours, on 2026-11-21 05:30:00 UTC. Import the renewed certificate as a new certificate, and use its ARN here. CloudFront can take up to 24 hours to present a certificate that is imported to the same ARN.",
    ],
    syntax: "json",
    lines: [
      { line: 5, text: '"OriginMtlsConfig": {' },
      {
        line: 6,
        text: '  "ClientCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000003"',
        mark: { from: 26, to: 111 },
      },
    ],
  },
  "origin/client-certificate-region": {
    says: [
      "The certificate is in eu-west-1. CloudFront reads client certificates from ACM in us-east-1. Import the certificate into ACM in us-east-1 and enter that ARN here.",
    ],
    syntax: "yaml",
    lines: [
      { line: 11, text: "  - Id: app" },
      { text: "…" },
      { line: 13, text: "    CustomOriginConfig:" },
      { text: "…" },
      { line: 15, text: "      OriginMtlsConfig:" },
      {
        line: 16,
        text: '        ClientCertificateArn: !Sub "arn:aws:acm:eu-west-1:${AWS::AccountId}:certificate/${Id}"',
        mark: { from: 30, to: 94 },
      },
      { line: 17, text: "DefaultCacheBehavior:" },
    ],
  },
  "origin/client-certificate-status": {
    says: [
      "“failed.example.com” cannot be used. The certificate was never issued, because its request failed (CAA_ERROR).",
      "“client.example.com” cannot be used. The certificate is inactive in ACM.",
      "“pending.example.com” cannot be used. The certificate is not issued yet. ACM is waiting for its validation.",
      "“client.example.com” might not be usable. The status in ACM is PAUSED; CloudFront needs an issued certificate.",
    ],
    syntax: "json",
    lines: [
      { line: 5, text: '"OriginMtlsConfig": {' },
      {
        line: 6,
        text: '  "ClientCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000002"',
        mark: { from: 26, to: 111 },
      },
    ],
  },
  "origin/client-certificate-unfit": {
    says: [
      "“client.example.com” cannot be used as a client certificate. The chain has 4 certificates; CloudFront accepts up to 3, including leaf and root.",
      "“client.example.com” cannot be used as a client certificate. The key is RSA 4096; CloudFront accepts RSA 2048 or ECDSA P-256. Extended key usage is serverAuth; CloudFront needs clientAuth.",
      "“client.example.com” cannot be used as a client certificate. The certificate is not valid yet. Its validity begins in 1 day, on 2026-11-22 00:00:00 UTC.",
      "“client.example.com” might not be usable as a client certificate. The certificate was issued by ACM; the CloudFront documentation mentions only imported certificates.",
    ],
    syntax: "json",
    lines: [
      { line: 5, text: '"OriginMtlsConfig": {' },
      {
        line: 6,
        text: '  "ClientCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000005"',
        mark: { from: 26, to: 111 },
      },
    ],
  },
  "origin/mtls-host": {
    says: [
      "The default endpoint of an API never requests a client certificate. Create a custom domain name with mutual TLS for the API, use it as the origin, and disable the default endpoint.",
      "S3 website endpoints support HTTP only, so CloudFront never presents a certificate.",
      "A Lambda function URL never requests a client certificate. To allow only this distribution to call it, use an origin access control.",
    ],
    syntax: "json",
    lines: [
      { line: 4, text: '"CustomOriginConfig": {' },
      { text: "…" },
      { line: 6, text: '  "HTTPSPort": 443,' },
      { line: 7, text: '  "OriginProtocolPolicy": "https-only",' },
      { line: 8, text: '  "OriginMtlsConfig": {', mark: { from: 2, to: 20 } },
      {
        line: 9,
        text: '    "ClientCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"',
      },
    ],
    fix: {
      title: "Remove OriginMtlsConfig",
      safe: false,
      lines: [
        { line: 4, text: '"CustomOriginConfig": {' },
        { text: "…" },
        { line: 6, text: '  "HTTPSPort": 443,' },
        { line: 7, text: '  "OriginProtocolPolicy": "https-only"' },
      ],
    },
  },
  "origin/mtls-origin-type": {
    says: [
      "VPC origins do not support origin mTLS.",
      "S3 origins do not support origin mTLS. To allow only this distribution to read the bucket, use an origin access control.",
      "This origin has S3OriginConfig: it is an S3 origin, and S3 origins do not support origin mTLS. Set it in the CustomOriginConfig of a custom origin.",
    ],
    syntax: "json",
    lines: [
      { line: 3, text: '"DomainName": "internal.example.com",' },
      { line: 4, text: '"VpcOriginConfig": { "VpcOriginId": "vo_0123456789" },' },
      {
        line: 5,
        text: '"OriginMtlsConfig": { "ClientCertificateArn": "<your certificate>" }',
        mark: { from: 0, to: 18 },
      },
    ],
    fix: {
      title: "Remove OriginMtlsConfig",
      safe: false,
      lines: [
        { line: 3, text: '"DomainName": "internal.example.com",' },
        { line: 4, text: '"VpcOriginConfig": { "VpcOriginId": "vo_0123456789" }' },
      ],
    },
  },
  "origin/mtls-place": {
    says: [
      "OriginMtlsConfig is outside the origins. CloudFront does not see it here. The AWS CLI rejects it, and the AWS SDK for JavaScript silently ignores it. CloudFront connects to the origin without a client certificate. Move it into CustomOriginConfig.",
      "ClientCertificateArn is in ViewerCertificate. CloudFront does not see it here. The AWS CLI rejects it, and the AWS SDK for JavaScript silently ignores it. No origin gets a client certificate from it. The certificate of an origin belongs in OriginMtlsConfig, in its CustomOriginConfig.",
      "OriginMtlsConfig is in OriginSslProtocols. CloudFront does not see it here. The AWS CLI rejects it, and the AWS SDK for JavaScript silently ignores it. CloudFront uses the one inside CustomOriginConfig.",
    ],
    syntax: "json",
    lines: [
      { line: 13, text: '        "HTTPSPort": 443,' },
      { line: 14, text: '        "OriginProtocolPolicy": "https-only"' },
      { line: 15, text: "      }" },
      { text: "…" },
      { line: 18, text: "}," },
      {
        line: 19,
        text: '"DefaultCacheBehavior": { "TargetOriginId": "o1", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "4135ea2d-6df8-…',
      },
      { line: 20, text: '"OriginMtlsConfig": {', mark: { from: 0, to: 18 } },
      {
        line: 21,
        text: '  "ClientCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"',
      },
    ],
    fix: {
      title: "Move OriginMtlsConfig into CustomOriginConfig",
      safe: true,
      lines: [
        { line: 13, text: '        "HTTPSPort": 443,' },
        { line: 14, text: '        "OriginProtocolPolicy": "https-only",' },
        { line: 15, text: '        "OriginMtlsConfig": {' },
        {
          line: 16,
          text: '          "ClientCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"',
        },
        { line: 17, text: "        }" },
        { line: 18, text: "      }" },
        { text: "…" },
        { line: 21, text: "}," },
        {
          line: 22,
          text: '"DefaultCacheBehavior": { "TargetOriginId": "o1", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "4135ea2d-6df8-…',
        },
      ],
    },
  },
  "origin/mtls-spelling": {
    says: [
      "CloudFront has no member OriginMtls. For origin mTLS, use OriginMtlsConfig. The AWS CLI rejects OriginMtls, and the AWS SDK for JavaScript silently ignores it.",
      "OriginMtlsConfig has no on/off flag. If it names a certificate, mTLS is on. The AWS CLI rejects Enabled, and the AWS SDK for JavaScript silently ignores it.",
      "CloudFront has no member CertificateArn in addition to ClientCertificateArn, which names the certificate.",
      "CertificateArn is not a valid member. Use ClientCertificateArn to name the certificate.",
    ],
    syntax: "json",
    lines: [
      { line: 4, text: '"CustomOriginConfig": {' },
      { text: "…" },
      { line: 7, text: '  "OriginProtocolPolicy": "https-only",' },
      { line: 8, text: '  "OriginMtls": {', mark: { from: 2, to: 14 } },
      {
        line: 9,
        text: '    "ClientCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"',
      },
    ],
    fix: {
      title: "Change to OriginMtlsConfig with ClientCertificateArn",
      safe: true,
      lines: [
        { line: 4, text: '"CustomOriginConfig": {' },
        { text: "…" },
        { line: 7, text: '  "OriginProtocolPolicy": "https-only",' },
        { line: 8, text: '  "OriginMtlsConfig": {' },
        {
          line: 9,
          text: '    "ClientCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"',
        },
      ],
    },
  },
  "origin/protocol-policy": {
    says: [
      "With http-only, CloudFront does not use TLS to the origin, so mTLS cannot take place.",
      "With match-viewer, requests from HTTP viewers reach the origin over HTTP, without mTLS.",
    ],
    syntax: "json",
    lines: [
      { line: 5, text: '"Origins": {' },
      { text: "…" },
      { line: 7, text: '  "Items": [' },
      { text: "…" },
      { line: 20, text: '      "CustomOriginConfig": {' },
      { text: "…" },
      { line: 22, text: '        "HTTPSPort": 443,' },
      { line: 23, text: '        "OriginProtocolPolicy": "http-only",', mark: { from: 32, to: 43 } },
      { line: 24, text: '        "OriginMtlsConfig": {' },
    ],
    fix: {
      title: "Use https-only (the origin must respond to HTTPS on port 443 with a publicly trusted certificate)",
      safe: true,
      lines: [
        { line: 5, text: '"Origins": {' },
        { text: "…" },
        { line: 7, text: '  "Items": [' },
        { text: "…" },
        { line: 20, text: '      "CustomOriginConfig": {' },
        { text: "…" },
        { line: 22, text: '        "HTTPSPort": 443,' },
        { line: 23, text: '        "OriginProtocolPolicy": "https-only",' },
        { line: 24, text: '        "OriginMtlsConfig": {' },
      ],
    },
  },
  "origin/ssl-protocols": {
    says: ["TLSv1.1 is outdated, and the handshake with the origin can fall back to it. Use only TLSv1.2."],
    syntax: "json",
    lines: [
      { line: 7, text: '"Items": [' },
      { text: "…" },
      { line: 11, text: '    "CustomOriginConfig": {' },
      { text: "…" },
      { line: 15, text: '      "OriginSslProtocols": {' },
      { line: 16, text: '        "Quantity": 2,' },
      { line: 17, text: '        "Items": ["TLSv1.1", "TLSv1.2"]', mark: { from: 18, to: 27 } },
    ],
    fix: {
      title: "Use only TLSv1.2 (the origin must support it)",
      safe: false,
      lines: [
        { line: 7, text: '"Items": [' },
        { text: "…" },
        { line: 11, text: '    "CustomOriginConfig": {' },
        { text: "…" },
        { line: 15, text: '      "OriginSslProtocols": {' },
        { line: 16, text: '        "Quantity": 1,' },
        { line: 17, text: '        "Items": ["TLSv1.2"]' },
      ],
    },
  },
  "origin/website-endpoint": {
    says: [
      "This is the website endpoint of an S3 bucket, which is a custom origin and not an S3 origin. Use CustomOriginConfig with http-only instead of S3OriginConfig, or use the regional domain name of the bucket.",
    ],
    syntax: "json",
    lines: [
      { line: 2, text: '"Origins": {' },
      { text: "…" },
      { line: 4, text: '  "Items": [' },
      { text: "…" },
      { line: 6, text: '      "Id": "o1",' },
      {
        line: 7,
        text: '      "DomainName": "heron-docs.s3-website.eu-central-1.amazonaws.com",',
        mark: { from: 20, to: 70 },
      },
      { line: 8, text: '      "S3OriginConfig": {' },
    ],
  },
  "pem/base64": {
    says: [
      "The plus signs (+) in this base64 became spaces. This happens when text is URL-decoded that was not URL-encoded.",
      "This is an invisible character that is not base64.",
      "This base64 contains HTML, such as &#43; instead of + or <br> at line ends.",
      "The padding is wrong. Use = only at the end, to complete the last group of four characters.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "-----BEGIN CERTIFICATE-----" },
      { text: "…", mark: { from: 0, to: 1 } },
      { line: 10, text: "-----END CERTIFICATE-----" },
    ],
    fix: { title: "Restore the plus signs", safe: true, lines: [] },
  },
  "pem/boundary": {
    says: [
      "BEGIN CERTIFICATE has no matching END after it.",
      "This PEM block is all on one line. PEM readers, such as OpenSSL, recognize a boundary only on a separate line.",
      "This CERTIFICATE block is cut off here: the next BEGIN line follows on the same line. Copy it again from its source, and put the next BEGIN line on a separate line.",
      "After this END line is \\n as text, as in a string, not a line break. Some programs, such as OpenSSL, do not recognize the boundary.",
    ],
    syntax: "pem",
    lines: [{ line: 1, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } }, { text: "…" }],
    fix: {
      title: "Add the END line",
      safe: true,
      lines: [
        { line: 1, text: "-----BEGIN CERTIFICATE-----" },
        { text: "…" },
        { line: 12, text: "-----END CERTIFICATE-----" },
      ],
    },
  },
  "pem/content": {
    says: [
      "The label is CERTIFICATE REQUEST, but the content is a certificate.",
      "This is PEM within PEM: the content of this PEM block is itself PEM that was encoded again, as certutil -encode does. Programs find no certificate in it.",
      "This PEM block contains 3 certificates. Some programs find only the first certificate, and others reject the PEM block. Put each certificate in its own PEM block.",
      "The label is CERTIFICATE, but the content is PKCS#7, a container for certificates. Most programs find no certificate in it.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "-----BEGIN CERTIFICATE REQUEST-----", mark: { from: 0, to: 35 } },
      { text: "…" },
      { line: 12, text: "-----END CERTIFICATE REQUEST-----" },
    ],
    fix: {
      title: "Change the label to CERTIFICATE",
      safe: true,
      lines: [
        { line: 1, text: "-----BEGIN CERTIFICATE-----" },
        { text: "…" },
        { line: 12, text: "-----END CERTIFICATE-----" },
      ],
    },
  },
  "pem/dashes": {
    says: ["This line must be exactly -----BEGIN CERTIFICATE-----."],
    syntax: "pem",
    lines: [{ line: 1, text: "-----Begin Certificate-----", mark: { from: 0, to: 27 } }, { text: "…" }],
    fix: {
      title: "Change to -----BEGIN CERTIFICATE-----",
      safe: true,
      lines: [{ line: 1, text: "-----BEGIN CERTIFICATE-----" }, { text: "…" }],
    },
  },
  "pem/encoding": {
    says: [
      "The file is UTF-16, for example from > in PowerShell. OpenSSL and other PEM readers find nothing in it. Save the file as UTF-8.",
      "There is a byte order mark before this BEGIN line. This happens when files that begin with one are joined. Go does not find this PEM block, and Java rejects the file.",
      "The file begins with a byte order mark. Go does not find this PEM block, and Java rejects the file. Save the file as UTF-8 without a byte order mark.",
    ],
    syntax: "pem",
    lines: [{ line: 1, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } }, { text: "…" }],
  },
  "pem/marker": {
    says: [
      "“truststores” is not a valid purpose for this file, so the line is ignored. Use origin, truststore, or one or more of cloudfront, apigateway, alb, nlb.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=truststores", mark: { from: 15, to: 26 } },
      { line: 2, text: "-----BEGIN CERTIFICATE-----" },
    ],
    fix: {
      title: "Change to truststore",
      safe: false,
      lines: [
        { line: 1, text: "# mtls: target=truststore" },
        { line: 2, text: "-----BEGIN CERTIFICATE-----" },
      ],
    },
  },
  "pem/unread": {
    says: [
      "Programs that read this file do not find this PEM block. “•” is before this CERTIFICATE block. The lines of a block must not begin with other text.",
      "Programs that read this file do not find this PEM block. This CERTIFICATE block is not on separate lines, or it is damaged.",
      "This file has no readable PEM. This is a PEM block (CERTIFICATE) that was encoded in base64 once more, as in a Kubernetes secret. Decode it.",
      "This file has no readable PEM. This CERTIFICATE block has \\n instead of line breaks, as in a string. Use real line breaks.",
    ],
    syntax: "pem",
    lines: [{ line: 1, text: "• -----BEGIN CERTIFICATE-----", mark: { from: 2, to: 29 } }, { text: "…" }],
    fix: {
      title: "Remove “•” from the lines",
      safe: false,
      lines: [{ line: 1, text: "-----BEGIN CERTIFICATE-----" }, { text: "…" }],
    },
  },
  "trust-store/certificate-size": {
    says: [
      "“Large CA 1” has 16,708 bytes. Maximum for Application Load Balancer: 16,384 bytes per certificate. Maximum for CloudFront: 16,384 bytes per certificate. This quota can be increased.",
      "“Large CA 1” has 17,132 bytes as PEM and 12,612 bytes as DER. The AWS documentation does not say which size counts. Maximum for Application Load Balancer: 16,384 bytes per certificate.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=cloudfront,alb,apigateway" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "trust-store/chain-length": {
    says: [
      "“CA 5” is certificate number 5 in its chain, counted from the root. Maximum for API Gateway, Application Load Balancer: 4 certificates in a chain.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=cloudfront,apigateway,alb" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "trust-store/count": {
    says: [
      "This bundle has 26 certificates. Maximum for CloudFront: 25 certificates.",
      "This bundle has 26 certificates. Maximum for CloudFront: 25 certificates. Maximum for Application Load Balancer: 25 certificates. This quota can be increased.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=cloudfront" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "trust-store/crl": {
    says: [
      "Certificate revocation lists are not accepted by CloudFront.",
      "This file contains certificate revocation lists and this certificate. Application Load Balancer accepts lists and certificates only in separate files.",
      "This file contains certificates and this certificate revocation list. In the Network Load Balancer documentation, revocation lists are added to a trust store only as separate files. Move this list to a separate file.",
      "This trust store contains a certificate revocation list. Application Load Balancer accepts it only in a separate file. CloudFront and API Gateway do not accept it.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=cloudfront,alb" },
      { line: 2, text: "-----BEGIN X509 CRL-----", mark: { from: 0, to: 24 } },
      { text: "…" },
    ],
  },
  "trust-store/disputed-content": {
    says: [
      "The subject of the CA with serial number 0477 is empty. Not all programs accept such a CA certificate, and the documentation of CloudFront, API Gateway, Application Load Balancer does not describe this case. Test it with a client, or have the certificate issued again.",
      "“Example Root CA” has the critical extension CT Precertificate Poison (1.3.6.1.4.1.11129.2.4.3). RFC 5280 requires that implementations reject critical extensions that they do not support. Not all programs accept such a CA certificate, and the documentation of Application Load Balancer, Network Load Balancer does not describe this case. Test it with a client, or have the certificate issued again.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=trust-store" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "trust-store/expired": {
    says: [
      "“Example Root CA” expired 3 months ago, on 2026-08-21 10:00:00 UTC. You get no notification when a CA certificate expires.",
      "“Example Root CA” expired 3 months ago, on 2026-08-21 10:00:00 UTC. Another certificate in this bundle with the same key is valid.",
      "“Example Root CA” expired 3 months ago, on 2026-08-21 10:00:00 UTC. You get no notification when a CA certificate expires. Expect CloudFront to reject clients with certificates below it, unless the service is set to ignore expiry.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=nlb" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
      { line: 12, text: "-----END CERTIFICATE-----" },
      { line: 13, text: "-----BEGIN CERTIFICATE-----" },
      { text: "…" },
      { line: 23, text: "-----END CERTIFICATE-----" },
    ],
    fix: {
      title: "Remove the expired certificate",
      safe: false,
      lines: [{ line: 1, text: "# mtls: target=nlb" }, { line: 2, text: "-----BEGIN CERTIFICATE-----" }, { text: "…" }],
    },
  },
  "trust-store/extended-key-usage": {
    says: [
      "The extended key usage of the CA “Example Second CA” is serverAuth. It does not include clientAuth. Some programs, including OpenSSL and Windows, then reject all client certificates below it. The AWS documentation does not describe this case.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=cloudfront,alb,nlb" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "trust-store/key": {
    says: [
      "The key of “Odd Root CA” is RSA 8193. Keys accepted by Application Load Balancer: RSA with 2048 to 8192 bits, ECDSA P-256, ECDSA P-384, ECDSA P-521.",
      "The key of “Odd Root CA” is ECDSA P-521. The AWS documentation is inconsistent about this key. Keys accepted by API Gateway: RSA with at least 2048 bits, ECDSA P-256, ECDSA P-384.",
      "The key of “Odd Root CA” is RSA-PSS 5000. Keys accepted by CloudFront: RSA 2048, RSA 3072, RSA 4096, ECDSA P-256, ECDSA P-384.",
      "The key of “Odd Root CA” is RSA-PSS 2048, which can be used only with RSASSA-PSS. The AWS documentation does not say whether such keys are accepted. Keys accepted by CloudFront: RSA 2048, RSA 3072, RSA 4096, ECDSA P-256, ECDSA P-384. Keys accepted by API Gateway: RSA with at least 2048 bits, ECDSA P-256, ECDSA P-384. Keys accepted by Application Load Balancer: RSA with 2048 to 8192 bits, ECDSA P-256, ECDSA P-384, ECDSA P-521.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=alb" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "trust-store/leaf": {
    says: [
      "“client.example.com” is not a CA certificate. A trust store contains the CA certificates that issued the client certificates, not the client certificates themselves.",
      "“client.example.com” is self-signed and not a CA certificate. The AWS documentation does not say whether a client with this certificate is accepted. This applies to Application Load Balancer.",
    ],
    syntax: "pem",
    lines: [
      { line: 24, text: "-----END CERTIFICATE-----" },
      { line: 25, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
      { line: 36, text: "-----END CERTIFICATE-----" },
    ],
    fix: { title: "Remove this certificate", safe: false, lines: [{ line: 24, text: "-----END CERTIFICATE-----" }] },
  },
  "trust-store/line-ends": {
    says: [
      "Lines in this PEM block end with CR only. OpenSSL, and programs that read PEM in the same way, see one long line.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=alb" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
    fix: { title: "Change these line endings to LF", safe: true, lines: [] },
  },
  "trust-store/name-constraints": {
    says: [
      "The name constraints of “Example Root CA” do not allow the name of “Example Issuing CA”. Clients with certificates below “Example Issuing CA” can be rejected. Have this CA issued by a CA that allows its name.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=apigateway" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "trust-store/namesake": {
    says: [
      "This file has another CA certificate with the name “Example Root CA” and a different key. A client certificate without an authority key identifier does not say which of them issued it, and programs such as OpenSSL try only the first. AWS does not document which one its services try. Issue client certificates with an authority key identifier.",
    ],
    syntax: "pem",
    lines: [
      { line: 11, text: "-----END CERTIFICATE-----" },
      { line: 12, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "trust-store/public-root": {
    says: [
      "“ISRG Root X1” is a publicly trusted root (list of 2026-11-21). Anyone can get a certificate below it and be accepted.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=trust-store" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "trust-store/root": {
    says: [
      "“O=Example,CN=Example Root CA”, the issuer of “Example Issuing CA”, is not in this bundle. The chain must be complete up to its root.",
      "The CAs above “Example Issuing CA” in this bundle issued each other, and none of them is a root. The chain must be complete up to its root.",
      "The CAs above “Example Root CA” in this bundle issued each other, and none of them is a root. The AWS documentation does not say whether a chain can end before its root.",
      "“Example Root CA”, the issuer of “Example Issuing CA”, is not in this bundle. The AWS documentation does not say whether a chain can end before its root. This applies to Application Load Balancer.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=apigateway" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "trust-store/signature": {
    says: [
      "The signature algorithm of “New CA” is ECDSA with SHA3-256. Signature algorithms accepted by Application Load Balancer: RSA or ECDSA with SHA-256, SHA-384, or SHA-512.",
    ],
    syntax: "pem",
    lines: [
      { line: 12, text: "-----END CERTIFICATE-----" },
      { line: 13, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "trust-store/size": {
    says: [
      "This bundle has 70,227 bytes. Maximum for CloudFront: 1,048,576 bytes according to the current quotas page, 65,536 bytes according to an older version of that page.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=cloudfront,apigateway" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "trust-store/subject-conflict": {
    says: [
      "This bundle already has a certificate with the subject “O=Example,CN=Example Issuing CA” from a different issuer. API Gateway rejects server certificates of domain names for this reason (“The certificate subject … conflicts with an existing certificate from a different issuer.”). The AWS documentation does not say whether this applies to a trust store.",
    ],
    syntax: "pem",
    lines: [
      { line: 13, text: "-----END CERTIFICATE-----" },
      { line: 14, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "trust-store/subject-length": {
    says: [
      "Together, the subjects of the certificates in this bundle have 10,022 bytes as DER. The AWS documentation does not say how it measures them. Maximum for Application Load Balancer: 10,000 bytes for all subjects of a trust store. This quota can be increased.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=alb" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "trust-store/text": {
    says: [
      "This line is not a comment that begins with #. Text other than certificates and comments that begin with # is not accepted by CloudFront, Application Load Balancer.",
      "This comment contains a hyphen. Comments with a hyphen are not accepted by Application Load Balancer.",
      "This line is blank. Blank lines between certificates are not accepted by CloudFront.",
    ],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=cloudfront,alb" },
      { line: 2, text: "subject=CN = Example Root CA", mark: { from: 0, to: 28 } },
      { line: 3, text: "issuer=CN = Example Root CA" },
      { line: 4, text: "-----BEGIN CERTIFICATE-----" },
    ],
    fix: {
      title: "Remove the text that is not a comment",
      safe: true,
      lines: [{ line: 1, text: "# mtls: target=cloudfront,alb" }],
    },
  },
  "trust-store/version": {
    says: ["“Odd Root CA” is an X.509 version 1 certificate. X.509 version required by CloudFront: 3."],
    syntax: "pem",
    lines: [
      { line: 1, text: "# mtls: target=cloudfront,apigateway" },
      { line: 2, text: "-----BEGIN CERTIFICATE-----", mark: { from: 0, to: 27 } },
      { text: "…" },
    ],
  },
  "viewer-mtls/connection-function": {
    says: [
      "ConnectionFunctionAssociation requires viewer mTLS, which is off. Add ViewerMtlsConfig with a mode and a trust store, or remove ConnectionFunctionAssociation.",
      "The Id is empty. Enter the ID of the connection function.",
      "This is a CloudFront function. ConnectionFunctionAssociation must name a connection function.",
      "In passthrough mode, there is no trust store, and CloudFront verifies no certificate. A connection function requires a trust store. Remove ConnectionFunctionAssociation, or use another mode with a trust store.",
    ],
    syntax: "json",
    lines: [
      { line: 22, text: '  "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"' },
      { line: 23, text: "}," },
      { line: 24, text: '"ConnectionFunctionAssociation": {', mark: { from: 0, to: 31 } },
      { line: 25, text: '  "Id": "cf_0123456789"' },
    ],
    fix: { title: "Remove ConnectionFunctionAssociation", safe: false, lines: [] },
  },
  "viewer-mtls/expired-viewers": {
    says: ["Viewers with expired certificates are accepted."],
    syntax: "json",
    lines: [
      { line: 27, text: '"ViewerMtlsConfig": {' },
      { text: "…" },
      { line: 29, text: '  "TrustStoreConfig": {' },
      { line: 30, text: '    "TrustStoreId": "ts_0123456789",' },
      { line: 31, text: '    "IgnoreCertificateExpiry": true', mark: { from: 4, to: 29 } },
    ],
  },
  "viewer-mtls/flag": {
    says: [
      "ViewerMtlsConfig has no on/off flag, and viewer mTLS stays on. The AWS CLI rejects Enabled, and the AWS SDK for JavaScript silently ignores it. To turn off viewer mTLS, remove ViewerMtlsConfig.",
      "ViewerMtlsConfig has no on/off flag. Viewer mTLS is on as soon as a mode is set. The AWS CLI rejects ClientMutualTlsEnabled, and the AWS SDK for JavaScript silently ignores it.",
    ],
    syntax: "json",
    lines: [
      { line: 22, text: '  "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"' },
      { line: 23, text: "}," },
      { line: 24, text: '"ViewerMtlsConfig": {' },
      { line: 25, text: '  "Mode": "required",' },
      { line: 26, text: '  "TrustStoreConfig": {' },
      { line: 27, text: '    "TrustStoreId": "ts_0123456789"' },
      { line: 28, text: "  }," },
      { line: 29, text: '  "Enabled": false', mark: { from: 2, to: 11 } },
    ],
    fix: { title: "Remove ViewerMtlsConfig (turns off viewer mTLS)", safe: false, lines: [] },
  },
  "viewer-mtls/http-version": {
    says: ["http3 enables HTTP/3. CloudFront does not support viewer mTLS with HTTP/3."],
    syntax: "json",
    lines: [
      { line: 24, text: '"HttpVersion": "http3",', mark: { from: 15, to: 22 } },
      { line: 25, text: '"ViewerMtlsConfig": {' },
    ],
    fix: {
      title: "Change to http2",
      safe: false,
      lines: [
        { line: 24, text: '"HttpVersion": "http2",' },
        { line: 25, text: '"ViewerMtlsConfig": {' },
      ],
    },
  },
  "viewer-mtls/mode": {
    says: [
      '"OPTIONAL" is not a valid value for Mode. Did you mean optional?',
      '"verify" is the name in the guide and the console. In the API, this mode is required.',
      '"off" is not a mode of viewer mTLS. To turn off viewer mTLS, remove ViewerMtlsConfig.',
      'Unknown value "strict" for Mode. Valid values: required, optional, passthrough.',
    ],
    syntax: "json",
    lines: [
      { line: 24, text: '"ViewerMtlsConfig": {' },
      { line: 25, text: '  "Mode": "OPTIONAL",', mark: { from: 10, to: 20 } },
      { line: 26, text: '  "TrustStoreConfig": {' },
    ],
    fix: {
      title: "Change to optional",
      safe: true,
      lines: [
        { line: 24, text: '"ViewerMtlsConfig": {' },
        { line: 25, text: '  "Mode": "optional",' },
        { line: 26, text: '  "TrustStoreConfig": {' },
      ],
    },
  },
  "viewer-mtls/passthrough-cache-policy": {
    says: [
      "This cache behavior has no cache policy. In passthrough mode, every cache behavior must use the managed cache policy CachingDisabled (4135ea2d-6df8-44a3-9df3-4b5a84be39ad).",
    ],
    syntax: "json",
    lines: [
      { line: 19, text: '"DefaultCacheBehavior": {', mark: { from: 0, to: 22 } },
      { line: 20, text: '  "TargetOriginId": "o1",' },
      { line: 21, text: '  "ViewerProtocolPolicy": "https-only",' },
      { line: 22, text: '  "OriginRequestPolicyId": "216adef6-5c7f-47e4-b989-5492eafa07d3"' },
    ],
    fix: {
      title: "Use CachingDisabled (4135ea2d-6df8-44a3-9df3-4b5a84be39ad)",
      safe: false,
      lines: [
        { line: 19, text: '"DefaultCacheBehavior": {' },
        { line: 20, text: '  "TargetOriginId": "o1",' },
        { line: 21, text: '  "ViewerProtocolPolicy": "https-only",' },
        { line: 22, text: '  "OriginRequestPolicyId": "216adef6-5c7f-47e4-b989-5492eafa07d3",' },
        { line: 23, text: '  "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"' },
      ],
    },
  },
  "viewer-mtls/passthrough-headers": {
    says: [
      "This cache behavior has no origin request policy. In passthrough mode, the origin checks the certificates, and an origin request policy must include Client-Cert and Client-Cert-Chain.",
      "The managed policy UserAgentRefererHeaders does not include Client-Cert and Client-Cert-Chain. In passthrough mode, the origin checks the certificates in these headers.",
    ],
    syntax: "json",
    lines: [
      { line: 19, text: '"DefaultCacheBehavior": {', mark: { from: 0, to: 22 } },
      { line: 20, text: '  "TargetOriginId": "o1",' },
    ],
  },
  "viewer-mtls/passthrough-lambda-at-edge": {
    says: ["Lambda@Edge (on viewer-request) is not supported with viewer mTLS in passthrough mode."],
    syntax: "json",
    lines: [
      { line: 19, text: '"DefaultCacheBehavior": {' },
      { text: "…" },
      { line: 24, text: '  "LambdaFunctionAssociations": {' },
      { text: "…" },
      { line: 26, text: '    "Items": [' },
      { text: "…" },
      { line: 28, text: '        "LambdaFunctionARN": "arn:aws:lambda:us-east-1:123456789012:function:f:1",' },
      { line: 29, text: '        "EventType": "viewer-request"', mark: { from: 21, to: 37 } },
    ],
  },
  "viewer-mtls/passthrough-origin-shield": {
    says: ["Origin Shield is not supported with viewer mTLS in passthrough mode."],
    syntax: "json",
    lines: [
      { line: 5, text: '"Origins": {' },
      { text: "…" },
      { line: 7, text: '  "Items": [' },
      { text: "…" },
      { line: 16, text: '      "OriginShield": {' },
      { line: 17, text: '        "Enabled": true,', mark: { from: 19, to: 23 } },
      { line: 18, text: '        "OriginShieldRegion": "eu-west-1"' },
    ],
    fix: {
      title: "Turn off Origin Shield",
      safe: false,
      lines: [
        { line: 5, text: '"Origins": {' },
        { text: "…" },
        { line: 7, text: '  "Items": [' },
        { text: "…" },
        { line: 16, text: '      "OriginShield": {' },
        { line: 17, text: '        "Enabled": false,' },
        { line: 18, text: '        "OriginShieldRegion": "eu-west-1"' },
      ],
    },
  },
  "viewer-mtls/place": {
    says: [
      "TrustStoreId is in ViewerMtlsConfig, where CloudFront does not see it. It belongs in TrustStoreConfig.",
      "ConnectionFunctionAssociation is in ViewerMtlsConfig, where CloudFront does not see it. It applies to the whole distribution and belongs directly in the configuration.",
      "MutualAuthentication in DefaultCacheBehavior has settings that belong in ViewerMtlsConfig, directly in the configuration. Viewer mTLS applies to the whole distribution.",
      "ClientCertificateArn is a member of origin mTLS and belongs in the OriginMtlsConfig of an origin. ViewerMtlsConfig is for viewers.",
    ],
    syntax: "json",
    lines: [
      { line: 24, text: '"ViewerMtlsConfig": {' },
      { line: 25, text: '  "Mode": "required",' },
      { line: 26, text: '  "TrustStoreId": "ts_0123456789"', mark: { from: 2, to: 16 } },
    ],
    fix: {
      title: "Move TrustStoreId into TrustStoreConfig",
      safe: false,
      lines: [
        { line: 24, text: '"ViewerMtlsConfig": {' },
        { line: 25, text: '  "Mode": "required",' },
        { line: 26, text: '  "TrustStoreConfig": {' },
        { line: 27, text: '    "TrustStoreId": "ts_0123456789"' },
      ],
    },
  },
  "viewer-mtls/trust-store": {
    says: [
      "The passthrough mode has no trust store. The origin checks the certificates of viewers, not CloudFront.",
      "The mode optional requires a trust store. Set its ID as TrustStoreId in TrustStoreConfig.",
    ],
    syntax: "json",
    lines: [
      { line: 25, text: '"ViewerMtlsConfig": {' },
      { line: 26, text: '  "Mode": "passthrough",' },
      { line: 27, text: '  "TrustStoreConfig": {', mark: { from: 2, to: 20 } },
      { line: 28, text: '    "TrustStoreId": "ts_0123456789"' },
    ],
    fix: {
      title: "Remove TrustStoreConfig",
      safe: false,
      lines: [
        { line: 25, text: '"ViewerMtlsConfig": {' },
        { line: 26, text: '  "Mode": "passthrough"' },
      ],
    },
  },
  "viewer-mtls/trust-store-id": {
    says: [
      "This is a certificate or a certificate file. TrustStoreId must name a CloudFront trust store.",
      "TrustStoreId is empty. Enter the ID of the CloudFront trust store with the CA certificates.",
      "This looks like a placeholder. Enter the ID of the CloudFront trust store.",
      "This is an S3 URI. TrustStoreId must name a CloudFront trust store. CloudFront creates a trust store from a file in S3. Enter the ID of that trust store.",
    ],
    syntax: "json",
    lines: [
      { line: 24, text: '"ViewerMtlsConfig": {' },
      { text: "…" },
      { line: 26, text: '  "TrustStoreConfig": {' },
      { line: 27, text: '    "TrustStoreId": "clients.pem"', mark: { from: 20, to: 33 } },
    ],
  },
  "viewer-mtls/viewer-protocol-policy": {
    says: [
      "The default cache behavior accepts HTTP, and viewers do not present a certificate over HTTP. With viewer mTLS, CloudFront accepts only https-only and redirect-to-https.",
    ],
    syntax: "json",
    lines: [
      { line: 19, text: '"DefaultCacheBehavior": {' },
      { line: 20, text: '  "TargetOriginId": "o1",' },
      { line: 21, text: '  "ViewerProtocolPolicy": "allow-all",', mark: { from: 26, to: 37 } },
      { line: 22, text: '  "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"' },
    ],
    fix: {
      title: "Use redirect-to-https (HTTP requests are redirected to HTTPS)",
      safe: false,
      lines: [
        { line: 19, text: '"DefaultCacheBehavior": {' },
        { line: 20, text: '  "TargetOriginId": "o1",' },
        { line: 21, text: '  "ViewerProtocolPolicy": "redirect-to-https",' },
        { line: 22, text: '  "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"' },
      ],
    },
  },
};
