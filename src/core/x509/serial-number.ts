import { isSelfSigned } from "./identity.ts";
import type { Certificate } from "./model.ts";

export const mostSerialOctets = 20;

/**
 * What RFC 5280 section 4.1.2.2 does not have. The zero that signs itself is left alone: roots that everybody trusts
 * have it, and nobody looks for a root by its number.
 */
export function serialOddity(certificate: Certificate): "negative" | "zero" | "long" | undefined {
  const { serial } = certificate;
  if (serial.startsWith("-")) return "negative";
  // An octet more may hold nothing but the sign, which is not written here.
  if (serial.length > mostSerialOctets * 2) return "long";
  return serial === "00" && !isSelfSigned(certificate) ? "zero" : undefined;
}
