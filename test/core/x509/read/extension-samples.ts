// Extensions as their specifications have them, by OID.
import {
  ascii,
  type Bytes,
  bits,
  boolean,
  concat,
  dnsName,
  element,
  explicit,
  ia5String,
  implicit,
  integer,
  name,
  nothing,
  octets,
  oid,
  printableString,
  sequence,
  set,
  utf8String,
} from "../der-writer.ts";

const uri = implicit(6, ascii("http://ca.example.com/ca.crl"));
const points = sequence(
  sequence(explicit(0, explicit(0, uri))),
  sequence(explicit(0, explicit(1, sequence(oid("2.5.4.3"), utf8String("CRL 1")))), implicit(1, [1, 0x60])),
  sequence(explicit(2, explicit(4, name("CN=CRL issuer")))),
);
const notice = sequence(
  sequence(utf8String("Example"), sequence(integer(1), integer(2))),
  element(0x1a, ascii("Rely on it")),
);
const policies = sequence(
  sequence(oid("2.23.140.1.2.1")),
  sequence(
    oid("1.3.6.1.4.1.99999.7"),
    sequence(
      sequence(oid("1.3.6.1.5.5.7.2.1"), ia5String("http://ca.example.com/cps")),
      sequence(oid("1.3.6.1.5.5.7.2.2"), notice),
      sequence(oid("1.2.3.4"), boolean(true)),
    ),
  ),
);
const access = sequence(
  sequence(oid("1.3.6.1.5.5.7.48.1"), uri),
  sequence(oid("1.3.6.1.5.5.7.48.2"), explicit(4, name("CN=CA"))),
);
const timestamp = concat([0], new Uint8Array(32).fill(7), [0, 0, 1, 0x90, 0, 0, 0, 0], [0, 0, 4, 3, 0, 2, 1, 2]);
const timestamps = octets(concat([0, timestamp.length + 2, 0, timestamp.length], timestamp));
const text = ia5String("http://ca.example.com/");

export const extensionSamples: ReadonlyMap<string, Bytes> = new Map([
  ["2.5.29.9", sequence(sequence(oid("1.3.6.1.5.5.7.9.4"), set(printableString("DE"))))],
  ["2.5.29.16", sequence(implicit(0, ascii("20240101000000Z")), implicit(1, ascii("20250101000000Z")))],
  ["2.5.29.18", sequence(dnsName("ca.example.com"), uri)],
  [
    "2.5.29.30",
    sequence(
      explicit(0, sequence(dnsName("example.com")), sequence(implicit(7, [192, 0, 2, 0, 255, 255, 255, 0]))),
      explicit(1, sequence(explicit(4, name("CN=x")))),
    ),
  ],
  ["2.5.29.31", points],
  ["2.5.29.46", points],
  ["2.5.29.32", policies],
  ["1.3.6.1.4.1.311.21.10", policies],
  ["2.5.29.33", sequence(sequence(oid("1.2.3"), oid("1.2.4")))],
  ["2.5.29.36", sequence(implicit(0, [0]), implicit(1, [1]))],
  ["2.5.29.54", integer(3)],
  ["2.5.29.56", nothing],
  ["1.3.6.1.5.5.7.1.1", access],
  ["1.3.6.1.5.5.7.1.11", access],
  ["1.3.6.1.5.5.7.1.3", sequence(sequence(oid("0.4.0.1862.1.1")), sequence(oid("0.4.0.1862.1.3"), integer(10)))],
  ["1.3.6.1.5.5.7.1.14", sequence(integer(1), sequence(oid("1.3.6.1.5.5.7.21.1"), octets([1, 2])))],
  ["1.3.6.1.5.5.7.1.24", sequence(integer(5), integer(17))],
  ["1.3.6.1.5.5.7.48.1.5", nothing],
  ["1.3.6.1.4.1.11129.2.4.2", timestamps],
  ["1.3.6.1.4.1.11129.2.4.3", nothing],
  ["1.3.6.1.4.1.311.20.2", printableString("WebServer")],
  ["1.3.6.1.4.1.311.21.1", integer(0x10001)],
  ["1.3.6.1.4.1.311.21.2", octets([1, 2, 3])],
  ["1.3.6.1.4.1.311.21.7", sequence(oid("1.3.6.1.4.1.311.21.8.1.2"), integer(100), integer(3))],
  ["2.16.840.1.113730.1.1", bits([0x80], 7)],
  ...["2", "3", "4", "7", "8", "12", "13"].map((last) => [`2.16.840.1.113730.1.${last}`, text] as const),
]);

/** As nearly every certificate has them. */
export const plainExtensions: ReadonlyMap<string, Bytes> = new Map([
  ["2.5.29.31", sequence(sequence(explicit(0, explicit(0, uri, uri))), sequence(explicit(0, explicit(0, uri))))],
  [
    "2.5.29.32",
    sequence(
      sequence(oid("2.23.140.1.2.1")),
      sequence(oid("1.2.3.4"), sequence(sequence(oid("1.3.6.1.5.5.7.2.1"), ia5String("http://ca.example.com/cps")))),
    ),
  ],
  ["1.3.6.1.5.5.7.1.1", sequence(sequence(oid("1.3.6.1.5.5.7.48.1"), uri), sequence(oid("1.3.6.1.5.5.7.48.2"), uri))],
]);
