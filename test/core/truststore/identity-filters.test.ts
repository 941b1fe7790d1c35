import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { IdentityFilter } from "../../../src/core/elb/identity-filter.ts";
import { tell } from "../../../src/core/messages/tell.ts";
import { acceptance } from "../../../src/core/truststore/acceptance.ts";
import { answerOfFilters } from "../../../src/core/truststore/identity-filters.ts";
import type { Certificate } from "../../../src/core/x509/model.ts";
import {
  ascii,
  type Bytes,
  dnsName,
  element,
  extension,
  implicit,
  octets,
  oid,
  sequence,
  set,
  subjectAltName,
} from "../x509/der-writer.ts";
import { createCa, issue } from "../x509/pki.ts";

const root = createCa();
const uriName = (text: string): Bytes => implicit(6, ascii(text));
const emailName = (text: string): Bytes => implicit(1, ascii(text));

function certificate(subject: string | Bytes, ...names: readonly Bytes[]): Certificate {
  const extensions = names.length === 0 ? [] : [subjectAltName(...names)];
  return issue({ subject, issuer: root }, extensions).certificate;
}

/** A subject of one common name, as a string of this tag. */
const written = (tag: number, bytes: readonly number[]): Bytes =>
  sequence(set(sequence(oid("2.5.4.3"), element(tag, bytes))));
const utf16 = (text: string): readonly number[] => [...text].flatMap((one) => [0, one.charCodeAt(0)]);
const utf8 = (text: string): readonly number[] => [...Buffer.from(text)];

const fields = { cn: "subject-cn", ou: "subject-ou", dns: "san-dns", uri: "san-uri" } as const;

/** `cn=x`: exact; `cn^x`: prefix. */
function filterOf(said: string): IdentityFilter {
  const [, field, sign, value = ""] = /^(cn|ou|dns|uri)([=^])(.*)$/s.exec(said) ?? assert.fail(said);
  return { field: fields[field as keyof typeof fields], matchType: sign === "=" ? "exact" : "prefix", value };
}

const answer = (client: Certificate, filters: readonly string[], unknown = 0) =>
  answerOfFilters(client, { known: filters.map(filterOf), unknown });

describe("a filter matches", () => {
  const cases: readonly (readonly [
    name: string,
    client: Certificate,
    yes: readonly string[],
    no: readonly string[],
  ])[] = [
    [
      "the common name, whole or its beginning, in any case",
      certificate("CN=Client.Example.com"),
      ["cn=client.example.com", "cn=CLIENT.EXAMPLE.COM", "cn^client.", "cn^CLIENT.example.com"],
      ["cn=client.example", "cn=client.example.com.", "cn^example", "cn^client.example.com.", "ou=client.example.com"],
    ],
    [
      "any one of several common names",
      certificate("CN=first,O=Example,CN=second"),
      ["cn=first", "cn=second", "cn^sec"],
      ["cn=first,second", "cn=Example", "cn=third"],
    ],
    [
      "any one of several organizational units",
      certificate("O=Example,OU=Payments,OU=Europe,CN=client"),
      ["ou=payments", "ou=EUROPE", "ou^Pay"],
      ["ou=Example", "ou=Payments,Europe", "cn=payments", "ou^Asia"],
    ],
    [
      "one of an RDN with several attributes",
      certificate(
        sequence(
          set(
            sequence(oid("2.5.4.3"), element(0x13, ascii("client"))),
            sequence(oid("2.5.4.11"), element(0x13, ascii("Payments"))),
          ),
        ),
      ),
      ["cn=client", "ou=payments"],
      ["cn=payments"],
    ],
    [
      "any one of several DNS names, and no other kind of name",
      certificate("CN=client", dnsName("a.example.com"), dnsName("B.example.com"), emailName("c.example.com")),
      ["dns=a.example.com", "dns=b.EXAMPLE.com", "dns^b."],
      ["dns=c.example.com", "dns=example.com", "dns^example.com", "uri=a.example.com", "cn=a.example.com"],
    ],
    [
      "an asterisk by itself alone",
      certificate("CN=*.example.com", dnsName("*.example.com")),
      ["dns=*.example.com", "dns^*.", "cn=*.example.com"],
      ["dns=a.example.com", "dns^a.", "cn=a.example.com"],
    ],
    [
      "nothing by an asterisk of its own",
      certificate("CN=a.example.com", dnsName("a.example.com")),
      [],
      ["dns=*.example.com", "dns^*", "cn=*", "cn^a*"],
    ],
    [
      "scheme and host of a URI in any case, the rest as it is",
      certificate("CN=client", uriName("SPIFFE://Example.com/ns/Prod/sa/api")),
      [
        "uri=spiffe://example.COM/ns/Prod/sa/api",
        "uri^spiffe://EXAMPLE.com/ns/Prod/",
        "uri^Spiffe:",
        "uri^spiffe",
        "uri^spiffe://exam",
        "uri^spiffe://example.com",
      ],
      [
        "uri=spiffe://example.com/ns/prod/sa/api",
        "uri^spiffe://example.com/NS",
        "uri=spiffe://example.com",
        "uri^https://example.com/",
        "uri^spiffe://example.com.evil/",
        "dns=example.com",
      ],
    ],
    [
      "a host with a port, and a name before it as it is",
      certificate("CN=client", uriName("https://User@Example.com:8443?Q=1#F")),
      ["uri=HTTPS://User@example.COM:8443?Q=1#F", "uri^https://User@EXAMPLE"],
      ["uri=https://User@example.com:8443?q=1#F", "uri=https://User@example.com:8443?Q=1#f"],
    ],
    [
      "a URI without a host: its scheme alone in any case",
      certificate("CN=client", uriName("urn:Example:client")),
      ["uri=URN:Example:client", "uri^urn:Example:"],
      ["uri=urn:example:client", "uri^urn:EXAMPLE"],
    ],
    [
      "nothing where the certificate has no such field",
      certificate("O=Example"),
      [],
      ["cn=client", "ou=Example", "dns=client.example.com", "uri^urn:"],
    ],
    ["UTF-8 strings as others", certificate(written(0x0c, utf8("Zoë Client"))), [], ["cn=Zoe Client", "cn^client"]],
    [
      "the ASCII beginning of a name with other letters",
      certificate(written(0x0c, utf8("Client Zoë"))),
      ["cn^client z", "cn^CLIENT"],
      ["cn=client zo"],
    ],
    ["nothing behind a NUL", certificate(written(0x0c, utf8("client\0evil"))), ["cn^client"], ["cn=client"]],
  ];
  for (const [name, client, yes, no] of cases)
    test(name, () => {
      for (const said of yes) assert.equal(answer(client, [said]).verdict, "accepted", said);
      for (const said of no) assert.equal(answer(client, [said]).verdict, "refused", said);
      if (yes[0] !== undefined) assert.equal(answer(client, [...no, yes[0]]).verdict, "accepted", "one is enough");
      if (no.length > 1) assert.equal(answer(client, no).verdict, "refused", "none of several");
    });
});

describe("what no page decides is neither a yes nor a no", () => {
  const cases: readonly (readonly [name: string, client: Certificate, filter: string, says: RegExp])[] = [
    [
      "a letter that is one of ASCII in small",
      certificate(written(0x0c, utf8("\u212Aey"))),
      "cn=key",
      /spaces, non-ASCII letters/,
    ],
    ["wide letters", certificate(written(0x0c, utf8("ｃｌｉｅｎｔ"))), "cn=client", /does not say how\./],
    ["spaces around and within", certificate("CN=  my   client "), "cn=my client", /spaces/],
    ["a dot at the end", certificate("CN=c", dnsName("client.example.com.")), "dns=client.example.com", /final dot/],
    [
      "a name before the host",
      certificate("CN=c", uriName("https://User@example.com/")),
      "uri^https://us",
      /before the host/,
    ],
    ["a BMPString", certificate(written(0x1e, utf16("client"))), "cn=client", /has this value as a BMPString/],
    ["a TeletexString", certificate(written(0x14, utf8("client"))), "cn^cli", /has this value as a TeletexString/],
  ];
  for (const [name, client, filter, says] of cases)
    test(name, () => {
      const { verdict, reason } = answer(client, [filter]);
      assert.equal(verdict, "undocumented");
      assert.match(tell(reason), says);
      assert.equal(answer(client, [filter, "cn=nobody"]).verdict, "undocumented");
      assert.equal(answer(client, ["cn=nobody"]).verdict, "refused");
    });

  test("but a space at the end of a filter for a beginning is one", () => {
    assert.equal(answer(certificate("CN=Teamwork"), ["cn^Team "]).verdict, "refused");
    assert.equal(answer(certificate("CN=c", dnsName("apix.example.com")), ["dns^api."]).verdict, "refused");
  });

  test("what cannot be read may match, and filters that are not known too", () => {
    const damaged = issue({ subject: "CN=client", issuer: root }, [extension("2.5.29.17", octets([0x05, 0x00]))]);
    assert.equal(answer(damaged.certificate, ["dns=a.example.com"]).verdict, "undecided");
    assert.match(tell(answer(damaged.certificate, ["uri^urn:"]).reason), /cannot be read/);
    assert.equal(answer(damaged.certificate, ["cn=nobody"]).verdict, "refused", "which is not asked for");
    assert.equal(answer(damaged.certificate, ["dns=a.example.com", "cn=client"]).verdict, "accepted");
    const client = certificate("CN=client");
    assert.equal(answer(client, ["cn=nobody"], 1).verdict, "undecided");
    assert.equal(answer(client, ["cn=client"], 2).verdict, "accepted");
    assert.match(tell(answer(client, [], 2).reason), /^2 of the client certificate identity filters/);
    assert.match(tell(answer(client, [], 1).reason), /^One of the client certificate identity filters/);
  });
});

describe("what is said of filters", () => {
  const client = certificate("OU=Payments,CN=client", dnsName("a.example.com"), dnsName("b.example.com"));

  test("names the filter that matches", () => {
    assert.equal(
      tell(answer(client, ["cn=other", "dns^A."]).reason),
      "The filter san-dns prefix “A.” of the listener matches “a.example.com” in the certificate.",
    );
  });

  test("says what the certificate has, of each field once", () => {
    assert.equal(
      tell(answer(client, ["cn=other", "dns=c", "dns=d", "uri^urn:"]).reason),
      "No client certificate identity filter of the listener matches “client”. The certificate has this subject-cn: client. The certificate has this san-dns: a.example.com, b.example.com. The certificate has no san-uri.",
    );
  });

  test("is that they were not looked at where nobody said which, and that there are none where the list is empty", () => {
    assert.match(tell(answerOfFilters(client, undefined).reason), /no listener was selected\. /);
    assert.equal(answerOfFilters(client, undefined).verdict, "accepted");
    assert.match(tell(answer(client, []).reason), /has no client certificate identity filters/);
    assert.equal(answer(client, []).verdict, "accepted");
  });

  test("shows no more of a certificate than fits", () => {
    const large = certificate(
      "CN=client",
      ...Array.from({ length: 2000 }, (_, index) => dnsName(`${index}.${"x".repeat(300)}`)),
    );
    assert.ok(tell(answer(large, ["dns=none"]).reason).length < 2000);
  });
});

describe("a client of a Network Load Balancer", () => {
  const ask = (
    filters: readonly string[] | undefined,
    { subject = "CN=client", notAfter = "20351121100000Z", unknown = 0 } = {},
  ) => {
    const client = issue({ subject, issuer: root, parts: { notAfter } }, []).certificate;
    const search = acceptance({
      client,
      presented: [],
      store: [root.certificate],
      at: new Date("2026-06-01T00:00:00Z"),
      filters: filters === undefined ? undefined : { known: filters.map(filterOf), unknown },
    });
    let step = search.next();
    while (step.done !== true) step = search.next(step.value && "valid");
    return step.value;
  };

  test("is let in by the trust store and a filter, and refused by either", () => {
    for (const [filters, verdict] of [
      [undefined, "accepted"],
      [[], "accepted"],
      [["cn=client"], "accepted"],
      [["cn=other"], "refused"],
    ] as const)
      assert.equal(ask(filters).byTarget.nlb.verdict, verdict, JSON.stringify(filters));
    const { objections, path } = ask(["cn=other"]).byTarget.nlb;
    assert.deepEqual(
      objections.map(({ kind, index, weight }) => `${kind} ${index} ${weight}`),
      ["identity-filters 0 refuses"],
    );
    assert.equal(path.length, 2, "the trust store accepts it");
  });

  test("is refused by the trust store first: filters see none that it refuses", () => {
    for (const filters of [["cn=client"], ["cn=other"]]) {
      const { verdict, objections } = ask(filters, { notAfter: "20260101000000Z" }).byTarget.nlb;
      assert.equal(verdict, "refused");
      assert.deepEqual(
        objections.map(({ kind }) => kind),
        ["expired"],
      );
    }
  });

  test("is undecided where filters are not known, and no other service asks for filters", () => {
    assert.equal(ask(["cn=other"], { unknown: 1 }).byTarget.nlb.verdict, "gave-up");
    assert.equal(ask(["cn=my client"], { subject: "CN=my  client" }).byTarget.nlb.verdict, "undocumented");
    const { rfc5280, byTarget } = ask(["cn=other"]);
    assert.deepEqual(
      [rfc5280, byTarget.cloudfront, byTarget.apigateway, byTarget.alb].map(({ verdict }) => verdict),
      ["accepted", "accepted", "accepted", "accepted"],
    );
  });
});
