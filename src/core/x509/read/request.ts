import type { Algorithm, Extended, Fault, Name, PublicKey, Slice, Unreadable } from "../model.ts";
import {
  attempt,
  bitsOf,
  Cursor,
  checkInteger,
  type DerBytes,
  derBytesOf,
  type Element,
  elementAt,
  elementIn,
  oidOf,
  smallInteger,
  wrongTag,
} from "./der.ts";
import { DecodedExtensions, type ExtensionPlaces, takeExtensions } from "./extensions.ts";
import { nameAt, takeName } from "./names.ts";
import { pssParameters } from "./pss.ts";
import { algorithmAt, publicKeyAt, takeAlgorithm, takePublicKey } from "./public-key.ts";
import { bitString, constructed, integer, objectIdentifier, sequence, set, tagName } from "./tags.ts";

/** A certification request (PKCS #10, RFC 2986). Its extensions are those it asks for. */
export interface CertificateRequest extends Extended {
  /** Exactly the outermost SEQUENCE. */
  readonly der: Uint8Array;
  /** Bytes behind it. */
  readonly trailing: number;
  /** What is signed. */
  readonly info: Slice;
  /** 1 is the only one defined. */
  readonly version: number;
  readonly subject: Name;
  readonly publicKey: PublicKey;
  /** The types of its attributes; the values may be secret, like a challenge password. */
  readonly attributes: readonly string[];
  readonly signatureAlgorithm: Algorithm;
  readonly signature: Slice;
  readonly faults: readonly Fault[];
}

/** Where the parts begin. */
interface Layout {
  readonly info: number;
  readonly version: number;
  readonly subject: number;
  readonly publicKey: number;
  readonly attributes: readonly string[];
  readonly extensions: ExtensionPlaces | undefined;
  readonly signatureAlgorithm: number;
  readonly signature: number;
}

/** Microsoft's programs ask with an attribute of their own. */
const extensionRequests = ["1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14"];

/** Refuses what is no request by its structure; what the parts say is read when it is asked for. */
export function readRequest(bytes: Uint8Array): CertificateRequest | Unreadable {
  const { value, fault } = attempt(() => {
    const source = derBytesOf(bytes);
    const outer = elementAt(source, 0, bytes.length, "CertificationRequest");
    const layout = walk(source, outer);
    const der = outer.end === bytes.length ? bytes : bytes.subarray(0, outer.end);
    return new DecodedRequest({ bytes: der, notes: source.notes }, layout, bytes.length - outer.end);
  });
  return value ?? { fault };
}

function walk(source: DerBytes, outer: Element): Layout {
  if (outer.tag !== sequence) throw wrongTag(outer, "CertificationRequest", tagName(sequence));
  const request = new Cursor(source, outer.content, outer.contentEnd, "CertificationRequest");
  const info = request.take(sequence, "certificationRequestInfo");
  const signatureAlgorithm = takeAlgorithm(request, "signatureAlgorithm").start;
  const signature = request.take(bitString, "signature");
  bitsOf(source, signature, "signature");
  request.end();

  const inner = new Cursor(source, info.content, info.contentEnd, "certificationRequestInfo");
  const number = inner.take(integer, "certificationRequestInfo.version");
  checkInteger(source, number, "certificationRequestInfo.version");
  const version = (smallInteger(source, number) ?? Number.MAX_SAFE_INTEGER - 1) + 1;
  const subject = takeName(inner, "certificationRequestInfo.subject");
  const publicKey = takePublicKey(inner, "certificationRequestInfo.subjectPKInfo");
  // Some programs leave out the attributes where they have none; RFC 2986 wants an empty set.
  const { attributes, extensions } = inner.sees(constructed(0))
    ? takeAttributes(inner.into(constructed(0), "certificationRequestInfo.attributes"))
    : { attributes: [], extensions: undefined };
  inner.end();
  return {
    info: info.start,
    version,
    subject: subject.start,
    publicKey: publicKey.start,
    attributes,
    extensions,
    signatureAlgorithm,
    signature: signature.start,
  };
}

function takeAttributes(cursor: Cursor): Pick<Layout, "attributes" | "extensions"> {
  const { source, part } = cursor;
  const attributes: string[] = [];
  let extensions: ExtensionPlaces | undefined;
  while (cursor.more) {
    const attribute = cursor.into(sequence, part);
    const type = oidOf(source, attribute.take(objectIdentifier, part), part);
    const values = attribute.into(set, part);
    attribute.end();
    attributes.push(type);
    if (extensionRequests.includes(type) && values.more)
      extensions ??= takeExtensions(values, "certificationRequestInfo.attributes.extensionRequest");
  }
  return { attributes, extensions };
}

class DecodedRequest extends DecodedExtensions implements CertificateRequest {
  readonly trailing: number;
  readonly #layout: Layout;
  #subject: Name | undefined;
  #publicKey: PublicKey | undefined;
  #faults: readonly Fault[] | undefined;

  constructor(source: DerBytes, layout: Layout, trailing: number) {
    super(source, layout.extensions);
    this.trailing = trailing;
    this.#layout = layout;
  }

  get der(): Uint8Array {
    return this.source.bytes;
  }

  get info(): Slice {
    const { start, end } = elementIn(this.source, this.#layout.info);
    return { start, end };
  }

  get version(): number {
    return this.#layout.version;
  }

  get attributes(): readonly string[] {
    return this.#layout.attributes;
  }

  get signature(): Slice {
    const { content, contentEnd } = elementIn(this.source, this.#layout.signature);
    return { start: content + 1, end: contentEnd };
  }

  get subject(): Name {
    this.#subject ??= nameAt(this.der, elementIn(this.source, this.#layout.subject));
    return this.#subject;
  }

  get publicKey(): PublicKey {
    this.#publicKey ??= publicKeyAt(this.source, this.#layout.publicKey, "certificationRequestInfo.subjectPKInfo");
    return this.#publicKey;
  }

  get signatureAlgorithm(): Algorithm {
    return algorithmAt(this.source, this.#layout.signatureAlgorithm);
  }

  get faults(): readonly Fault[] {
    this.#faults ??= this.#findFaults();
    return this.#faults;
  }

  #findFaults(): readonly Fault[] {
    const faults = [this.publicKey.fault, pssParameters(this.signatureAlgorithm, this.der)?.fault].filter(
      (fault) => fault !== undefined,
    );
    this.findExtensionFaults(faults);
    return [...faults, ...this.source.notes];
  }
}
