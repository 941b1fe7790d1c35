import { attempt, Cursor, Damaged, derBytesOf } from "./der.ts";
import { hex } from "./hex.ts";
import { constructed, integer, objectIdentifier, sequence, set } from "./tags.ts";

/** 1.2.840.113549.1.7.2, as it stands in DER. */
const signedData = "2A864886F70D010702";

/** Whether the bytes begin as a PKCS#7 (CMS) SignedData does, DER or BER. */
export function isPkcs7(bytes: Uint8Array): boolean {
  return attempt(() => openSignedData(bytes)).value !== undefined;
}

/**
 * The certificates of a SignedData (RFC 5652 section 5.1), as they stand there; none where it cannot be read that far.
 * Lengths may be indefinite, as Java and some Windows tools write them.
 */
export function certificatesInPkcs7(bytes: Uint8Array): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  attempt(() => {
    const data = openSignedData(bytes);
    data.take(integer, "version");
    data.take(set, "digestAlgorithms");
    data.take(sequence, "encapContentInfo");
    if (!data.sees(constructed(0))) return;
    const certificates = data.into(constructed(0), "certificates");
    while (certificates.more) {
      const { tag, start, end } = certificates.any("certificates");
      // The other choices are attribute certificates and certificates of PKCS#6.
      if (tag === sequence) found.push(bytes.subarray(start, end));
    }
  });
  return found;
}

function openSignedData(bytes: Uint8Array): Cursor {
  const content = new Cursor(derBytesOf(bytes), 0, bytes.length, "ContentInfo").into(sequence, "ContentInfo");
  const type = content.take(objectIdentifier, "contentType");
  if (hex(bytes, type.content, type.contentEnd) !== signedData)
    throw new Damaged("contentType", type, { code: "der:no-pkcs7" });
  return content.into(constructed(0), "content").into(sequence, "content");
}
