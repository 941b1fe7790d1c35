import type { Algorithm, Extended, Fault, Name, PublicKey, Slice, Unreadable } from "./certificate.ts";
import { attempt, bitsOf, bitString, checkInteger, constructed, Cursor, elementAt, integer, objectIdentifier, oidOf, sequence, set, smallInteger, sourceOf, type Element, type Source } from "./der.ts";
import { DecodedExtensions, takeExtensions } from "./extensions.ts";
import { nameOf, takeName } from "./names.ts";
import { algorithmAt, publicKeyAt, takeAlgorithm, takePublicKey } from "./public-key.ts";
import { pssParameters } from "./pss.ts";

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

interface Layout {
  readonly info: Element;
  readonly version: Element;
  readonly subject: Element;
  readonly publicKey: Element;
  readonly attributes: readonly string[];
  readonly extensions: Element | undefined;
  readonly signatureAlgorithm: number;
  readonly signature: Slice;
}

/** Microsoft's programs ask with an attribute of their own. */
const extensionRequests = ["1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14"];

/** Refuses what is no request by its structure; what the parts say is read when it is asked for. */
export function readRequest(bytes: Uint8Array): CertificateRequest | Unreadable {
  const { value, fault } = attempt(() => {
    const outer = elementAt(sourceOf(bytes), 0, bytes.length, "CertificationRequest");
    const der = outer.end === bytes.length ? bytes : bytes.subarray(0, outer.end);
    const source = sourceOf(der);
    return new DecodedRequest(source, walk(source), bytes.length - outer.end);
  });
  return value ?? { fault };
}

function walk(source: Source): Layout {
  const request = new Cursor(source, 0, source.bytes.length, "CertificationRequest").into(sequence, "CertificationRequest");
  const info = request.take(sequence, "certificationRequestInfo");
  const signatureAlgorithm = takeAlgorithm(request, "signatureAlgorithm").start;
  const signature = bitsOf(source, request.take(bitString, "signature"), "signature");
  request.end();

  const inner = new Cursor(source, info.content, info.contentEnd, "certificationRequestInfo");
  const version = inner.take(integer, "certificationRequestInfo.version");
  checkInteger(source, version, "certificationRequestInfo.version");
  const subject = takeName(inner, "certificationRequestInfo.subject");
  const publicKey = takePublicKey(inner, "certificationRequestInfo.subjectPKInfo");
  // Some programs leave out the attributes where they have none; RFC 2986 wants an empty set.
  const { attributes, extensions } = inner.sees(constructed(0)) ? takeAttributes(inner.into(constructed(0), "certificationRequestInfo.attributes")) : { attributes: [], extensions: undefined };
  inner.end();
  return { info, version, subject, publicKey, attributes, extensions, signatureAlgorithm, signature };
}

function takeAttributes(cursor: Cursor): { readonly attributes: readonly string[]; readonly extensions: Element | undefined } {
  const { source, part } = cursor;
  const attributes: string[] = [];
  let extensions: Element | undefined;
  while (cursor.more) {
    const attribute = cursor.into(sequence, part);
    const type = oidOf(source, attribute.take(objectIdentifier, part), part);
    const values = attribute.into(set, part);
    attribute.end();
    attributes.push(type);
    if (extensionRequests.includes(type) && values.more) extensions ??= takeExtensions(values, "certificationRequestInfo.attributes.extensionRequest");
  }
  return { attributes, extensions };
}

class DecodedRequest extends DecodedExtensions implements CertificateRequest {
  readonly trailing: number;
  readonly info: Slice;
  readonly version: number;
  readonly attributes: readonly string[];
  readonly signature: Slice;
  protected readonly extensionList: Slice | undefined;
  readonly #layout: Layout;

  constructor(source: Source, layout: Layout, trailing: number) {
    super(source);
    this.trailing = trailing;
    this.#layout = layout;
    this.info = { start: layout.info.start, end: layout.info.end };
    this.version = (smallInteger(source, layout.version) ?? Number.MAX_SAFE_INTEGER - 1) + 1;
    this.attributes = layout.attributes;
    this.signature = { start: layout.signature.start, end: layout.signature.end };
    this.extensionList = layout.extensions && { start: layout.extensions.start, end: layout.extensions.end };
  }

  get der(): Uint8Array {
    return this.source.bytes;
  }

  get subject(): Name {
    return nameOf(this.der, this.#layout.subject);
  }

  get publicKey(): PublicKey {
    return publicKeyAt(this.source, this.#layout.publicKey, "certificationRequestInfo.subjectPKInfo");
  }

  get signatureAlgorithm(): Algorithm {
    return algorithmAt(this.source, this.#layout.signatureAlgorithm);
  }

  get faults(): readonly Fault[] {
    return [this.publicKey.fault, pssParameters(this.signatureAlgorithm, this.der)?.fault, ...this.extensionFaults(), ...this.source.notes].filter((fault) => fault !== undefined);
  }
}
