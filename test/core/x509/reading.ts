import * as assert from "node:assert/strict";
import { tell } from "../../../src/core/messages/tell.ts";
import { type Certificate, type Fault, isUnreadable } from "../../../src/core/x509/model.ts";
import { readCertificate } from "../../../src/core/x509/read/certificate.ts";
import { type CertificateRequest, readRequest } from "../../../src/core/x509/read/request.ts";
import { type Bytes, type CertificateParts, certificate } from "./der-writer.ts";

export function readable(der: Bytes): Certificate {
  const read = readCertificate(der);
  if (isUnreadable(read)) assert.fail(`${read.fault.part}: ${tell(read.fault.reason)}`);
  return read;
}

export function readableRequest(der: Bytes): CertificateRequest {
  const read = readRequest(der);
  if (isUnreadable(read)) assert.fail(`${read.fault.part}: ${tell(read.fault.reason)}`);
  return read;
}

export function refused(der: Bytes): Fault {
  const read = readCertificate(der);
  if (!isUnreadable(read)) assert.fail("it was read");
  return read.fault;
}

export const made = (parts: CertificateParts = {}): Certificate => readable(certificate(parts));

/** `part: message` of everything that is wrong in it. */
export function faultsOf({ faults }: Pick<Certificate, "faults">): readonly string[] {
  return faults.map(({ part, reason }) => `${part}: ${tell(reason)}`);
}
