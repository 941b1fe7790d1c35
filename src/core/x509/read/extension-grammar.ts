import type { Extension, Fault } from "../model.ts";
import { accessIn, authorityInfoAccess } from "./authority-access.ts";
import { attempt, bitsOf, Cursor, Damaged, type DerBytes, oidOf } from "./der.ts";
import { alternativeNamesOf, generalNameOf, generalNamesOf, refuseEmpty } from "./general-names.ts";
import { textOf } from "./names.ts";
import {
  bitString,
  constructed,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  primitive,
  sequence,
  set,
  tagName,
} from "./tags.ts";

// What an extension must be like that is not read with its certificate. The inspector shows those of them that pass.

/** @throws {Damaged} */
type Grammar = (content: Cursor) => void;

/** A SEQUENCE of nothing else. */
const sequenceOf =
  (grammar: Grammar): Grammar =>
  (content) => {
    const inner = content.into(sequence, content.part);
    grammar(inner);
    inner.end();
  };

const listOf = (grammar: Grammar): Grammar =>
  sequenceOf((list) => {
    while (list.more) grammar(list);
  });

/** Of at least one. */
const listOfSome = (grammar: Grammar): Grammar => notEmpty(listOf(grammar));

/** A SEQUENCE with something in it. */
const notEmpty =
  (grammar: Grammar): Grammar =>
  (content) => {
    const start = content.at;
    grammar(content);
    refuseEmpty(content.source, start, content.at, content.part);
  };

const one =
  (tag: number): Grammar =>
  (content) => {
    content.take(tag, content.part);
  };

const optional =
  (...tags: readonly number[]): Grammar =>
  (content) => {
    for (const tag of tags) content.optional(tag, content.part);
  };

const inOrder =
  (...parts: readonly Grammar[]): Grammar =>
  (content) => {
    for (const part of parts) part(content);
  };

const whereMore =
  (grammar: Grammar): Grammar =>
  (content) => {
    if (content.more) grammar(content);
  };

const objectId: Grammar = (content) => {
  oidOf(content.source, content.take(objectIdentifier, content.part), content.part);
};

const anything: Grammar = (content) => {
  content.any(content.part);
};

const bits: Grammar = (content) => {
  bitsOf(content.source, content.take(bitString, content.part), content.part);
};

/** Of one of the types that have characters. */
const text: Grammar = (content) => {
  const element = content.any(content.part);
  if (textOf(content.source, element) === undefined)
    throw new Damaged(content.part, element, { code: "der:no-text", args: { found: tagName(element.tag) } });
};

const names: Grammar = (content) => {
  alternativeNamesOf(content);
};

/** RFC 5280 section 4.2.1.10. */
const subtree = sequenceOf((tree) => {
  const { source, part } = tree;
  const base = tree.any(part);
  generalNameOf(source, base, part);
  const minimum = tree.optional(primitive(0), part);
  const isWhole =
    minimum === undefined || (minimum.contentEnd - minimum.content === 1 && source.bytes[minimum.content] === 0);
  if (!isWhole || tree.optional(primitive(1), part) !== undefined)
    throw new Damaged(part, base, { code: "der:subtree-distance" });
});

const subtrees =
  (tag: number): Grammar =>
  (content) => {
    if (!content.sees(tag)) return;
    const start = content.at;
    const list = content.into(tag, content.part);
    while (list.more) subtree(list);
    refuseEmpty(content.source, start, content.at, content.part);
  };

/** RFC 5280 section 4.2.1.13. */
const distributionPoint = sequenceOf((point) => {
  const { part, at: start } = point;
  const isNamed = point.sees(constructed(0));
  if (isNamed) {
    const place = point.into(constructed(0), part);
    if (place.sees(constructed(0))) generalNamesOf(place.into(constructed(0), part));
    else {
      const relative = place.into(constructed(1), part);
      while (relative.more) sequenceOf(inOrder(objectId, anything))(relative);
    }
    place.end();
  }
  const reasons = point.optional(primitive(1), part);
  if (reasons !== undefined) bitsOf(point.source, reasons, part);
  if (point.sees(constructed(2))) generalNamesOf(point.into(constructed(2), part));
  else if (!isNamed) throw new Damaged(part, { start, end: point.at }, { code: "der:nameless-point" });
});

const practiceStatement = "1.3.6.1.5.5.7.2.1";
const userNotice = "1.3.6.1.5.5.7.2.2";

/** RFC 5280 section 4.2.1.4. */
const qualifier = sequenceOf((content) => {
  const oid = oidOf(content.source, content.take(objectIdentifier, content.part), content.part);
  if (oid === practiceStatement) text(content);
  else if (oid === userNotice) notice(content);
  else anything(content);
});

const notice = sequenceOf((content) => {
  if (content.sees(sequence)) sequenceOf(inOrder(text, listOf(one(integer))))(content);
  whereMore(text)(content);
});

const policy = sequenceOf((content) => {
  objectId(content);
  if (content.sees(sequence)) listOf(qualifier)(content);
});

/** Each once. */
const policies: Grammar = (content) => {
  const { source, part, at: start } = content;
  listOfSome(policy)(content);
  const list = new Cursor(source, start, content.at, part).into(sequence, part);
  const seen = new Set<string>();
  while (list.more) {
    const type = list.into(sequence, part).take(objectIdentifier, part);
    const oid = oidOf(source, type, part);
    if (seen.has(oid)) throw new Damaged(part, type, { code: "der:repeated-policy", args: { oid } });
    seen.add(oid);
  }
};

/** RFC 6962 section 3.3: lists with lengths of two bytes, as TLS writes them, in an OCTET STRING. */
const timestamps: Grammar = (content) => {
  const list = content.take(octetString, content.part);
  const { bytes } = content.source;
  const two = (at: number) => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
  let at = list.content + 2;
  const isWhole = list.contentEnd >= at && two(list.content) === list.contentEnd - at;
  while (isWhole && at < list.contentEnd) at += 2 + two(at);
  if (!isWhole || at > list.contentEnd) throw new Damaged(content.part, list, { code: "der:timestamps" });
};

const access = notEmpty((content) => {
  accessIn(content);
});

/** RFC 5280 section 4.2.1.8. */
const directoryAttribute = sequenceOf(inOrder(objectId, one(set)));

const grammars: ReadonlyMap<string, Grammar> = new Map<string, Grammar>([
  ["2.5.29.9", listOfSome(directoryAttribute)],
  ["2.5.29.16", sequenceOf(optional(primitive(0), primitive(1)))],
  ["2.5.29.18", names],
  ["2.5.29.30", notEmpty(sequenceOf(inOrder(subtrees(constructed(0)), subtrees(constructed(1)))))],
  ["2.5.29.31", listOfSome(distributionPoint)],
  ["2.5.29.46", listOfSome(distributionPoint)],
  ["2.5.29.32", policies],
  ["1.3.6.1.4.1.311.21.10", listOf(policy)],
  ["2.5.29.33", listOfSome(sequenceOf(inOrder(objectId, objectId)))],
  ["2.5.29.36", notEmpty(sequenceOf(optional(primitive(0), primitive(1))))],
  ["2.5.29.54", one(integer)],
  ["2.5.29.56", one(nullValue)],
  [authorityInfoAccess, access],
  ["1.3.6.1.5.5.7.1.11", access],
  ["1.3.6.1.5.5.7.1.3", listOf(sequenceOf(inOrder(objectId, whereMore(anything))))],
  ["1.3.6.1.5.5.7.1.14", sequenceOf(inOrder(optional(integer), sequenceOf(inOrder(objectId, optional(octetString)))))],
  ["1.3.6.1.5.5.7.1.24", listOf(one(integer))],
  ["1.3.6.1.5.5.7.48.1.5", one(nullValue)],
  ["1.3.6.1.4.1.11129.2.4.2", timestamps],
  ["1.3.6.1.4.1.11129.2.4.3", one(nullValue)],
  ["1.3.6.1.4.1.311.20.2", text],
  ["1.3.6.1.4.1.311.21.1", one(integer)],
  ["1.3.6.1.4.1.311.21.2", one(octetString)],
  ["1.3.6.1.4.1.311.21.7", sequenceOf(inOrder(objectId, optional(integer), optional(integer)))],
  ["2.16.840.1.113730.1.1", bits],
  ...["2", "3", "4", "7", "8", "12", "13"].map((last): [string, Grammar] => [`2.16.840.1.113730.1.${last}`, text]),
]);

/** Whose content can be told to be damaged. */
export const checkedExtensions: ReadonlySet<string> = new Set(grammars.keys());

/** What of an extension is not as its specification has it; `undefined` of one that nobody here knows. */
export function extensionFault(source: DerBytes, { oid, value }: Extension): Fault | undefined {
  const grammar = grammars.get(oid);
  if (grammar === undefined) return undefined;
  return attempt(() => {
    const content = new Cursor(source, value.start, value.end, `extension ${oid}`);
    grammar(content);
    content.end();
  }).fault;
}

const encoded: readonly Uint8Array[] = [...grammars.keys()].map(octetsOf);

/** The content of an OBJECT IDENTIFIER whose first arc is 0, 1 or 2, and second below 40. */
function octetsOf(oid: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = oid.split(".").map(Number);
  return Uint8Array.from([first * 40 + second, ...rest].flatMap(septets));
}

function septets(arc: number): number[] {
  const octets = [arc & 0x7f];
  for (let left = arc >>> 7; left > 0; left >>>= 7) octets.unshift((left & 0x7f) | 0x80);
  return octets;
}

/** Whether it is one of those, by the octets of its OID. */
export function isChecked(bytes: Uint8Array, type: number, typeEnd: number): boolean {
  return encoded.some((oid) => oid.length === typeEnd - type && isAt(bytes, type, oid));
}

function isAt(bytes: Uint8Array, at: number, oid: Uint8Array): boolean {
  for (let place = oid.length - 1; place >= 0; place--) if (bytes[at + place] !== oid[place]) return false;
  return true;
}
