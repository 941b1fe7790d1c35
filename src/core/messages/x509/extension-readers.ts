import * as l10n from "@vscode/l10n";
import type { Slice } from "../../x509/model.ts";
import { oidText } from "../../x509/naming.ts";
import { accessIn, authorityInfoAccess } from "../../x509/read/authority-access.ts";
import { bitsOf, type Cursor, Damaged, type DerBytes, type Element, smallInteger } from "../../x509/read/der.ts";
import { hex } from "../../x509/read/hex.ts";
import { oidName, oidWords } from "../../x509/read/oids.ts";
import {
  bitString,
  constructed,
  generalizedTime,
  integer,
  nullValue,
  octetString,
  primitive,
  sequence,
  set,
} from "../../x509/read/tags.ts";
import { timeOf } from "../../x509/read/time.ts";
import { momentText, seriesText } from "../format.ts";
import { colons, shown } from "./describe.ts";
import { outline, valueText } from "./extension-outline.ts";
import {
  bytesField,
  bytesOf,
  eachIn,
  fieldsOf,
  integerText,
  mostItems,
  nameField,
  takeName,
  takeNames,
  takeNumber,
  takeOid,
  takeText,
  wordsAndOid,
} from "./extension-values.ts";
import type { Field } from "./field.ts";

type Reader = (content: Cursor) => readonly Field[];

const text =
  (name: () => string): Reader =>
  (content) => [{ name: name(), value: takeText(content) }];

const nothing =
  (say: () => string): Reader =>
  (content) => {
    content.take(nullValue, content.part);
    return [{ name: l10n.t("Meaning"), value: say() }];
  };

export const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["2.5.29.9", directoryAttributes],
  ["2.5.29.16", privateKeyUsagePeriod],
  ["2.5.29.17", (content) => takeNames(content, sequence)],
  ["2.5.29.18", (content) => takeNames(content, sequence)],
  ["2.5.29.30", nameConstraints],
  ["2.5.29.31", distributionPoints],
  ["2.5.29.46", distributionPoints],
  ["2.5.29.32", policies],
  ["1.3.6.1.4.1.311.21.10", policies],
  ["2.5.29.33", policyMappings],
  ["2.5.29.36", policyConstraints],
  [
    "2.5.29.54",
    (content) => [{ name: l10n.t("Certificates below it before anyPolicy is rejected"), value: takeNumber(content) }],
  ],
  ["2.5.29.56", nothing(() => l10n.t("No revocation information is available for this certificate"))],
  [authorityInfoAccess, access],
  ["1.3.6.1.5.5.7.1.11", access],
  ["1.3.6.1.5.5.7.1.3", statements],
  ["1.3.6.1.5.5.7.1.14", proxy],
  ["1.3.6.1.5.5.7.1.24", tlsFeatures],
  [
    "1.3.6.1.5.5.7.48.1.5",
    nothing(() => l10n.t("Programs that check an OCSP response do not need to check this certificate for revocation")),
  ],
  ["1.3.6.1.4.1.11129.2.4.2", timestamps],
  [
    "1.3.6.1.4.1.11129.2.4.3",
    nothing(() => l10n.t("Precertificate for certificate transparency logs, not for use as a certificate")),
  ],
  ["1.3.6.1.4.1.311.20.2", text(() => l10n.t("Template"))],
  ["1.3.6.1.4.1.311.21.1", authorityVersion],
  [
    "1.3.6.1.4.1.311.21.2",
    (content) => [
      bytesField(
        l10n.t("Hash of the previous CA certificate"),
        bytesOf(content, content.take(octetString, content.part)),
      ),
    ],
  ],
  ["1.3.6.1.4.1.311.21.7", template],
  ["2.16.840.1.113730.1.1", netscapeType],
  ...["2", "3", "4", "7", "8", "12", "13"].map((last): [string, Reader] => [
    `2.16.840.1.113730.1.${last}`,
    text(() => l10n.t("Text")),
  ]),
]);

function privateKeyUsagePeriod(content: Cursor): readonly Field[] {
  const period = content.into(sequence, content.part);
  const { source, part } = period;
  const fields = [l10n.t("Not before"), l10n.t("Not after")].flatMap((name, number) => {
    const element = period.optional(primitive(number), part);
    if (element === undefined) return [];
    const time = timeOf(source, { ...element, tag: generalizedTime });
    return [{ name, value: time.at === undefined ? shown(time.text) : momentText(new Date(time.at)) }];
  });
  period.end();
  return fields;
}

function nameConstraints(content: Cursor): readonly Field[] {
  const constraints = content.into(sequence, content.part);
  const fields = [l10n.t("Permitted"), l10n.t("Excluded")].flatMap((word, number) =>
    constraints.sees(constructed(number))
      ? eachIn(constraints.into(constructed(number), content.part), (trees) =>
          subtree(word, trees.into(sequence, content.part)),
        )
      : [],
  );
  constraints.end();
  return fields;
}

function subtree(word: string, tree: Cursor): Field {
  const { name, value } = takeName(tree);
  // RFC 5280 section 4.2.1.10 allows no other distances than these.
  const least = tree.optional(primitive(0), tree.part);
  const most = tree.optional(primitive(1), tree.part);
  tree.end();
  const distances =
    least === undefined && most === undefined
      ? ""
      : ` (${least === undefined ? 0 : integerText(tree, least)}…${most === undefined ? "" : integerText(tree, most)})`;
  return { name: `${word}, ${name}`, value: value === "" ? l10n.t("all") : value + distances };
}

const reasons = [
  "unused",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  "privilegeWithdrawn",
  "aACompromise",
];

function distributionPoints(content: Cursor): readonly Field[] {
  return eachIn(content.into(sequence, content.part), (points) => {
    const point = points.into(sequence, content.part);
    const { source, part } = point;
    const place = point.sees(constructed(0)) ? point.into(constructed(0), part) : undefined;
    const names =
      place === undefined ? [] : place.sees(constructed(0)) ? takeNames(place, constructed(0)) : [relativeName(place)];
    const because = point.optional(primitive(1), part);
    const limited =
      because === undefined
        ? []
        : [{ name: l10n.t("Only for reasons"), value: namedBits(source, because, reasons, part) }];
    const issuers = point.sees(constructed(2)) ? takeNames(point, constructed(2), l10n.t("CRL issuer")) : [];
    point.end();
    return [...names, ...limited, ...issuers];
  });
}

/** An RDN, whose tag is implicit. */
function relativeName(place: Cursor): Field {
  const { source, part } = place;
  const attributes = eachIn(place.into(constructed(1), part), (rdn) => {
    const attribute = rdn.into(sequence, part);
    const oid = takeOid(attribute);
    return { name: oidName(oid) ?? oid, value: valueText(source, attribute.any(part)) };
  });
  return {
    name: l10n.t("Name relative to the CRL issuer"),
    value: attributes.map(({ name, value }) => `${name}=${value}`).join("+"),
  };
}

function namedBits(source: DerBytes, element: Element, names: readonly string[], part: string): string {
  const { start, end } = bitsOf(source, element, part);
  const named = names.filter(
    (_, bit) => start + (bit >> 3) < end && ((source.bytes[start + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0,
  );
  return named.length === 0 ? l10n.t("none") : seriesText(named);
}

const practiceStatement = "1.3.6.1.5.5.7.2.1";

const userNotice = "1.3.6.1.5.5.7.2.2";

function policies(content: Cursor): readonly Field[] {
  return eachIn(content.into(sequence, content.part), (list) => {
    const policy = list.into(sequence, content.part);
    const field = { name: l10n.t("Policy"), value: wordsAndOid(takeOid(policy)) };
    const qualifiers = policy.sees(sequence)
      ? eachIn(policy.into(sequence, content.part), (all) => qualifier(all.into(sequence, content.part)))
      : [];
    policy.end();
    return [field, ...qualifiers];
  });
}

function qualifier(content: Cursor): readonly Field[] {
  const oid = takeOid(content);
  if (oid === practiceStatement)
    return [{ name: l10n.t("Certification practice statement"), value: takeText(content) }];
  if (oid !== userNotice) return [{ name: oidText(oid), value: outline(content.source, content.any(content.part)) }];
  const notice = content.into(sequence, content.part);
  const fields: Field[] = [];
  if (notice.sees(sequence)) {
    const reference = notice.into(sequence, content.part);
    const organization = takeText(reference);
    const numbers = reference.into(sequence, content.part);
    const all: string[] = [];
    while (numbers.more && all.length < mostItems) all.push(takeNumber(numbers));
    fields.push({ name: l10n.t("Notice reference"), value: `${organization}: ${seriesText(all)}` });
  }
  if (notice.more) fields.push({ name: l10n.t("User notice"), value: takeText(notice) });
  return fields;
}

function policyMappings(content: Cursor): readonly Field[] {
  return eachIn(content.into(sequence, content.part), (list) => {
    const mapping = list.into(sequence, content.part);
    const [from, to] = [takeOid(mapping), takeOid(mapping)];
    mapping.end();
    return { name: l10n.t("Mapping"), value: `${oidText(from)} → ${oidText(to)}` };
  });
}

function policyConstraints(content: Cursor): readonly Field[] {
  const constraints = content.into(sequence, content.part);
  const fields = [
    l10n.t("Certificates below it before a policy is required"),
    l10n.t("Certificates below it before policy mapping is rejected"),
  ].flatMap((name, number) =>
    constraints.sees(primitive(number)) ? [{ name, value: takeNumber(constraints, primitive(number)) }] : [],
  );
  constraints.end();
  return fields;
}

function access(content: Cursor): readonly Field[] {
  return fieldsOf(accessIn(content), ({ method, location }) => {
    const { name, value } = nameField(location, content.source.bytes);
    return { name: oidWords(method) ?? method, value: name === "URI" ? value : `${name} ${value}` };
  });
}

/** ETSI EN 319 412-5 and RFC 3739. */
const statementNames: Readonly<Record<string, string>> = {
  "1.3.6.1.5.5.7.11.1": "qcs-pkixQCSyntax-v1",
  "1.3.6.1.5.5.7.11.2": "qcs-pkixQCSyntax-v2",
  "0.4.0.1862.1.1": "qcs-QcCompliance",
  "0.4.0.1862.1.2": "qcs-QcLimitValue",
  "0.4.0.1862.1.3": "qcs-QcRetentionPeriod",
  "0.4.0.1862.1.4": "qcs-QcSSCD",
  "0.4.0.1862.1.5": "qcs-QcPDS",
  "0.4.0.1862.1.6": "qcs-QcType",
  "0.4.0.1862.1.7": "qcs-QcCClegislation",
  "0.4.0.19495.2": "qcs-PSD2",
};

function statements(content: Cursor): readonly Field[] {
  return eachIn(content.into(sequence, content.part), (list) => {
    const statement = list.into(sequence, content.part);
    const oid = takeOid(statement);
    const name = statementNames[oid];
    const information = statement.more ? outline(statement.source, statement.any(content.part)) : undefined;
    statement.end();
    const title = name === undefined ? oid : `${name} (${oid})`;
    return information === undefined
      ? { name: l10n.t("Statement"), value: title }
      : { name: title, value: information, monospace: true };
  });
}

function directoryAttributes(content: Cursor): readonly Field[] {
  return eachIn(content.into(sequence, content.part), (list) => {
    const attribute = list.into(sequence, content.part);
    const oid = takeOid(attribute);
    const values = attribute.take(set, content.part);
    attribute.end();
    return { name: oidText(oid), value: outline(attribute.source, values), monospace: true };
  });
}

function proxy(content: Cursor): readonly Field[] {
  const information = content.into(sequence, content.part);
  const length = information.optional(integer, content.part);
  const policy = information.into(sequence, content.part);
  const language = takeOid(policy);
  const words = policy.optional(octetString, content.part);
  policy.end();
  information.end();
  return [
    ...(length === undefined ? [] : [{ name: l10n.t("Path length"), value: integerText(content, length) }]),
    { name: l10n.t("Policy language"), value: oidText(language) },
    ...(words === undefined ? [] : [bytesField(l10n.t("Policy"), bytesOf(content, words))]),
  ];
}

/** TLS extension numbers (RFC 7633). */
const features: Readonly<Record<string, string>> = { "5": "status_request (5)", "17": "status_request_v2 (17)" };

function tlsFeatures(content: Cursor): readonly Field[] {
  return eachIn(content.into(sequence, content.part), (list) => {
    const number = takeNumber(list);
    return { name: l10n.t("Feature"), value: features[number] ?? number };
  });
}

function authorityVersion(content: Cursor): readonly Field[] {
  const version = smallInteger(content.source, content.take(integer, content.part)) ?? 0;
  // The number of the key above the number of the certificate.
  return [{ name: l10n.t("Version"), value: `V${version & 0xffff}.${version >>> 16}` }];
}

function template(content: Cursor): readonly Field[] {
  const inner = content.into(sequence, content.part);
  const fields = [{ name: l10n.t("Template"), value: oidText(takeOid(inner)) }];
  for (const name of [l10n.t("Major version"), l10n.t("Minor version")])
    if (inner.more) fields.push({ name, value: takeNumber(inner) });
  inner.end();
  return fields;
}

const netscapeTypes = [
  "SSL client",
  "SSL server",
  "S/MIME",
  "object signing",
  "reserved",
  "SSL CA",
  "S/MIME CA",
  "object signing CA",
];

function netscapeType(content: Cursor): readonly Field[] {
  return [
    {
      name: l10n.t("Types"),
      value: namedBits(content.source, content.take(bitString, content.part), netscapeTypes, content.part),
    },
  ];
}

/** RFC 6962 section 3.3: lists with lengths of two bytes, as TLS writes them, in an OCTET STRING. */
function timestamps(content: Cursor): readonly Field[] {
  const { source, part } = content;
  const { bytes } = source;
  const list = content.take(octetString, part);
  const two = (at: number) => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
  const damaged = () => new Damaged(part, list, { code: "der:timestamps" });
  if (list.contentEnd - list.content < 2 || two(list.content) !== list.contentEnd - list.content - 2) throw damaged();
  const entries: Slice[] = [];
  for (let at = list.content + 2; at < list.contentEnd; at = entries.at(-1)?.end ?? list.contentEnd) {
    entries.push({ start: at + 2, end: at + 2 + two(at) });
    if (at + 2 + two(at) > list.contentEnd) throw damaged();
  }
  return fieldsOf(entries, ({ start, end }) => {
    // Version 1 begins with the log's id and a time in milliseconds.
    if (bytes[start] !== 0 || end - start < 41)
      return {
        name: l10n.t("Timestamp with unknown version"),
        value: colons(hex(bytes, start, end)),
        monospace: true,
      };
    let time = 0;
    for (let at = start + 33; at < start + 41; at++) time = time * 256 + (bytes[at] ?? 0);
    const when = time < 253_402_300_800_000 ? momentText(new Date(time)) : String(time);
    return [
      { name: l10n.t("Log"), value: colons(hex(bytes, start + 1, start + 33)), monospace: true },
      { name: l10n.t("Logged"), value: when },
    ];
  });
}
