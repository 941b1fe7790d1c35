import * as assert from "node:assert/strict";
import { suite, test } from "node:test";
import { tell } from "../../../../src/core/messages/tell.ts";
import { breachOf, nameConstraintsOf } from "../../../../src/core/x509/path/name-constraints.ts";
import {
  ascii,
  attribute,
  type Bytes,
  basicConstraints,
  certificate,
  explicit,
  extension,
  ia5String,
  implicit,
  name,
  oid,
  sequence,
  set,
  subjectAltName,
  utf8String,
} from "../der-writer.ts";
import { read } from "../pki.ts";

const email = (text: string) => implicit(1, ascii(text));
const dns = (text: string) => implicit(2, ascii(text));
const uri = (text: string) => implicit(6, ascii(text));
const ip = (...octets: readonly number[]) => implicit(7, octets);
const directory = (text: string) => explicit(4, name(text));
const otherName = explicit(0, oid("1.2.3"), explicit(0, utf8String("x")));

interface Trees {
  readonly permitted?: readonly Bytes[];
  readonly excluded?: readonly Bytes[];
}

const subtrees = (number: number, bases: readonly Bytes[] | undefined) =>
  bases === undefined ? [] : [explicit(number, ...bases.map((base) => sequence(base)))];

function constraints({ permitted, excluded }: Trees, critical = true) {
  const value = sequence(...subtrees(0, permitted), ...subtrees(1, excluded));
  return nameConstraintsOf(
    read(
      certificate({ subject: "CN=CA", extensions: [basicConstraints(true), extension("2.5.29.30", value, critical)] }),
    ),
  );
}

function judge(trees: Trees, names: readonly Bytes[], subject: string | Bytes = sequence()): string {
  const parsed = constraints(trees);
  assert.ok(parsed?.value !== undefined, parsed?.fault && tell(parsed.fault.reason));
  return (
    breachOf(
      parsed.value,
      read(certificate({ subject, extensions: names.length === 0 ? [] : [subjectAltName(...names)] })),
    )?.how ?? "passes"
  );
}

const table = (rows: readonly (readonly [name: Bytes, tree: Bytes, isWithin: boolean])[]) => {
  for (const [one, tree, isWithin] of rows) {
    const shown = Buffer.from(one).toString("latin1");
    assert.equal(judge({ permitted: [tree] }, [one]), isWithin ? "passes" : "outside", `${shown} permitted`);
    assert.equal(judge({ excluded: [tree] }, [one]), isWithin ? "excluded" : "passes", `${shown} excluded`);
  }
};

suite("name constraints (RFC 5280 section 4.2.1.10)", () => {
  test("DNS: the host and all below it, whole labels, in any case", () => {
    table([
      [dns("example.com"), dns("example.com"), true],
      [dns("A.Example.COM"), dns("example.com"), true],
      [dns("a.b.example.com"), dns("EXAMPLE.com"), true],
      [dns("notexample.com"), dns("example.com"), false],
      [dns("example.com"), dns("a.example.com"), false],
      [dns("example.com.org"), dns("example.com"), false],
      [dns("anything.at.all"), dns(""), true],
    ]);
  });

  test("DNS: wildcards are names like others, but where they stand for one that is excluded", () => {
    assert.equal(judge({ permitted: [dns("example.com")] }, [dns("*.example.com")]), "passes");
    assert.equal(judge({ excluded: [dns("a.example.com")] }, [dns("*.example.com")]), "unclear");
    assert.equal(judge({ excluded: [dns("a.example.org")] }, [dns("*.example.com")]), "passes");
  });

  test("DNS: what is no host name is unclear", () => {
    for (const odd of [".example.com", "a..example.com", "example.com.", "", "a b.example.com"])
      assert.equal(judge({ permitted: [dns("example.com")] }, [dns(odd)]), "unclear", odd);
  });

  test("email: a mailbox, a host, all hosts of a domain", () => {
    table([
      [email("root@example.com"), email("root@example.com"), true],
      [email("root@EXAMPLE.com"), email("root@example.com"), true],
      [email("Root@example.com"), email("root@example.com"), false],
      [email("any@example.com"), email("example.com"), true],
      [email("any@a.example.com"), email("example.com"), false],
      [email("*@example.com"), email("**@example.com"), false],
      [email("**@example.com"), email("**@example.com"), true],
    ]);
    assert.equal(judge({ permitted: [email(".example.com")] }, [email("any@a.example.com")]), "passes");
    assert.equal(judge({ permitted: [email(".example.com")] }, [email("any@example.com")]), "outside");
    assert.equal(judge({ permitted: [email("example.com")] }, [email("a@b@example.com")]), "unclear");
  });

  test("URI: its host, a name; what has none is refused", () => {
    table([
      [uri("https://user:word@Example.com:8443/path?x#y"), uri("example.com"), true],
      [uri("https://a.example.com/"), uri("example.com"), false],
    ]);
    assert.equal(judge({ permitted: [uri(".example.com")] }, [uri("https://a.example.com/")]), "passes");
    for (const lost of [
      "urn:example:com",
      "https://192.0.2.1/",
      "https://[2001:db8::1]/",
      "example.com",
      "https:///path",
    ])
      assert.equal(judge({ excluded: [uri("example.com")] }, [uri(lost)]), "outside", lost);
  });

  test("IP: by mask, of the same family", () => {
    table([
      [ip(192, 0, 2, 1), ip(192, 0, 2, 0, 255, 255, 255, 0), true],
      [ip(192, 0, 3, 1), ip(192, 0, 2, 0, 255, 255, 255, 0), false],
      [ip(192, 0, 2, 1), ip(0, 0, 0, 0, 0, 0, 0, 0), true],
      [ip(...Array.from({ length: 16 }, () => 1)), ip(0, 0, 0, 0, 0, 0, 0, 0), false],
      [
        ip(...Array.from({ length: 15 }, () => 0), 1),
        ip(...Array.from({ length: 16 }, () => 0), ...Array.from({ length: 16 }, () => 255)),
        false,
      ],
      [ip(...Array.from({ length: 15 }, () => 0), 1), ip(...Array.from({ length: 32 }, () => 0)), true],
    ]);
  });

  test("directory names: RDN for RDN, compared as names are", () => {
    table([
      [directory("C=US,O=Example,CN=x"), directory("C=US,O=Example"), true],
      [directory("C=US,O=EXAMPLE"), directory("C=US,O=example"), true],
      [directory("C=US,O=Examples"), directory("C=US,O=Example"), false],
      [directory("C=US"), directory("C=US,O=Example"), false],
      [directory("O=a/2.5.4.3=b"), directory("O=a"), false],
      [directory("CN=x"), directory(""), true],
    ]);
    assert.equal(judge({ permitted: [directory("O=Example")] }, [], "O=Other,CN=x"), "outside", "the subject too");
    assert.equal(judge({ permitted: [directory("O=Example")] }, [dns("a.example")]), "passes", "not an empty one");
  });

  test("emails of the subject, where there are no alternative names; where there are, programs differ", () => {
    const subject = sequence(set(attribute("1.2.840.113549.1.9.1", ia5String("x@example.org"))));
    assert.equal(judge({ permitted: [email("example.com")] }, [], subject), "outside");
    assert.equal(judge({ permitted: [email("example.com")] }, [dns("a.example")], subject), "unclear");
  });

  test("a common name that looks like a host, where no DNS name is there", () => {
    assert.equal(judge({ permitted: [dns("example.com")] }, [], "CN=host.example.org"), "unclear");
    assert.equal(judge({ permitted: [dns("example.com")] }, [dns("a.example.com")], "CN=host.example.org"), "passes");
    assert.equal(judge({ permitted: [dns("example.com")] }, [], "CN=Joe Bloggs"), "passes");
  });

  test("kinds that nothing is said of pass; kinds that are not compared do not, where they are there", () => {
    assert.equal(judge({ permitted: [dns("example.com")] }, [ip(192, 0, 2, 1), email("a@b.c"), otherName]), "passes");
    assert.equal(judge({ excluded: [otherName] }, [otherName]), "unknown-kind");
    assert.equal(judge({ excluded: [otherName] }, [dns("a.example")]), "passes");
  });

  test("what is excluded is so even where it is permitted, and each of several trees counts", () => {
    assert.equal(
      judge({ permitted: [dns("example.com")], excluded: [dns("example.com")] }, [dns("example.com")]),
      "excluded",
    );
    assert.equal(
      judge({ permitted: [dns("example.org"), dns("example.com")] }, [dns("a.example.com"), dns("b.example.org")]),
      "passes",
    );
    assert.equal(
      judge({ permitted: [dns("example.org"), dns("example.com")] }, [dns("a.example.com"), dns("b.example.net")]),
      "outside",
    );
  });

  test("forms that RFC 5280 does not have are told", () => {
    const odd = (base: Bytes) => constraints({ permitted: [base] })?.value?.odd;
    assert.equal(odd(dns(".example.com")), ".example.com");
    assert.equal(odd(dns("*.example.com")), "*.example.com");
    assert.equal(odd(ip(192, 0, 2, 0, 255, 0, 255, 0)), "192.0.2.0/255.0.255.0");
    assert.notEqual(odd(ip(192, 0, 2)), undefined);
    assert.equal(odd(email("invalid@invalid@example.com")), "invalid@invalid@example.com");
    assert.equal(odd(dns("example.com")), undefined);
    assert.equal(odd(email("example.com")), undefined);
  });

  test("a period in front is RFC 5280's for e-mail and URIs, where all hosts below are meant", () => {
    const odd = (base: Bytes) => constraints({ permitted: [base] })?.value?.odd;
    for (const kind of [email, uri]) {
      assert.equal(odd(kind(".example.com")), undefined);
      assert.equal(odd(kind("..example.com")), "..example.com");
      assert.equal(odd(kind(".")), ".");
      assert.equal(odd(kind("*.example.com")), "*.example.com");
      assert.notEqual(odd(kind("")), undefined);
    }
    assert.equal(judge({ permitted: [uri(".example.com")] }, [uri("spiffe://td.example.com/workload")]), "passes");
    assert.equal(judge({ permitted: [email(".example.com")] }, [email("a@mail.example.com")]), "passes");
    assert.equal(judge({ permitted: [email(".example.com")] }, [email("a@example.com")]), "outside");
  });

  test("what cannot be read is a fault, and a minimum or maximum is none of RFC 5280's", () => {
    const raw = (value: Bytes) =>
      nameConstraintsOf(read(certificate({ extensions: [extension("2.5.29.30", value, true)] })));
    assert.notEqual(raw(ascii("nonsense"))?.fault, undefined);
    assert.notEqual(raw(sequence(explicit(0, sequence(dns("a.example"), implicit(0, [1])))))?.fault, undefined);
    assert.notEqual(raw(sequence(explicit(0, sequence(dns("a.example"), implicit(1, [1])))))?.fault, undefined);
    assert.equal(raw(sequence(explicit(0, sequence(dns("a.example"), implicit(0, [0])))))?.fault, undefined);
    assert.equal(nameConstraintsOf(read(certificate())), undefined);
  });
});
