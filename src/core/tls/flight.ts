import { triple, word } from "./bytes.ts";
import { type CertificateRequest, readCertificateRequest } from "./certificate-request.ts";

/** What a server sent, as far as it can be read. RFC 8446, sections 4 and 5; RFC 5246, sections 6 and 7. */
export interface ServerFlight {
  /** Whether it begins as TLS does. */
  readonly isTls: boolean;
  /** The version that the server chose: 0x0301 is TLS 1.0, 0x0304 TLS 1.3. Undefined: it chose none. */
  readonly version: number | undefined;
  /** Its cipher suite, by the number of the registry. */
  readonly suite: number | undefined;
  /** Whether it asks for a client certificate; undefined: it did not get so far, or it cannot be read. */
  readonly asks: boolean | undefined;
  readonly request: CertificateRequest | undefined;
  /** The certificates that it presented, its own first; DER. */
  readonly chain: readonly Uint8Array[];
  /** The number of the alert that ended it. */
  readonly alert: number | undefined;
  /** Whether it wants another handshake after the first, which up to TLS 1.2 is how it asks for a certificate late. */
  readonly asksForRenegotiation: boolean;
}

/** Which of the server's secrets a record of TLS 1.3 is encrypted with. */
export type SecretName = "handshake" | "application";

/**
 * Decrypts the record that is the `sequence`th of those with a secret, header included; undefined where that is
 * impossible.
 */
export type OpenRecord = (
  secret: SecretName,
  suite: number,
  record: Uint8Array,
  sequence: number,
) => Uint8Array | undefined;

const record = { changeCipherSpec: 20, alert: 21, handshake: 22, data: 23 } as const;
const message = {
  serverHello: 2,
  certificate: 11,
  certificateRequest: 13,
  serverHelloDone: 14,
  finished: 20,
} as const;

export const tls13 = 0x0304;

/** Record header and largest body: 2^14 bytes, and 2,048 more where it is encrypted (RFC 5246, section 6.2.3). */
const headerLength = 5;
const longestBody = 16_384 + 2048;

/** A message of the handshake is no longer than this: chains and lists of CAs have 3 and 2 bytes for their length. */
const longestHandshake = 1 << 20;

/** Reads what came from a server so far. Never throws; what is cut off is left out. Linear in the bytes. */
export function readServerFlight(bytes: Uint8Array, openRecord: OpenRecord): ServerFlight {
  const reading = new Reading(openRecord);
  let at = 0;
  while (at + headerLength <= bytes.length) {
    const length = word(bytes, at + 3);
    const end = at + headerLength + length;
    if (!isRecord(bytes, at) || length > longestBody || end > bytes.length) break;
    if (!reading.take(bytes.subarray(at, end))) break;
    at = end;
  }
  return { isTls: bytes.length > 0 && isRecord(bytes, 0), ...reading.seen() };
}

/** A type of record, and a version whose major number is 3. What is missing yet is no fault. */
function isRecord(bytes: Uint8Array, at: number): boolean {
  const type = bytes[at] ?? 0;
  const major = bytes[at + 1];
  return type >= record.changeCipherSpec && type <= record.data && (major === undefined || major === 3);
}

class Reading {
  readonly #open: OpenRecord;
  #version: number | undefined;
  #suite: number | undefined;
  #asks: boolean | undefined;
  #request: CertificateRequest | undefined;
  #chain: readonly Uint8Array[] = [];
  #alert: number | undefined;
  #asksForRenegotiation = false;
  /** Of handshake messages that began and did not end yet. */
  #pieces: Uint8Array[] = [];
  #pending = 0;
  #isEncrypted = false;
  #encryptedHandshakes = 0;
  #secret: SecretName = "handshake";
  #sequence = 0;

  constructor(openRecord: OpenRecord) {
    this.#open = openRecord;
  }

  seen(): Omit<ServerFlight, "isTls"> {
    return {
      version: this.#version,
      suite: this.#suite,
      asks: this.#asks,
      request: this.#request,
      chain: this.#chain,
      alert: this.#alert,
      asksForRenegotiation: this.#asksForRenegotiation,
    };
  }

  /** Takes one whole record; false: the rest says no more. */
  take(bytes: Uint8Array): boolean {
    const type = bytes[0];
    const body = bytes.subarray(headerLength);
    if (this.#version === tls13) {
      // A change of the cipher is sent for the sake of boxes in between, and means nothing there.
      if (type === record.changeCipherSpec) return true;
      if (type === record.data) return this.#takeSealed(bytes);
    } else if (type === record.changeCipherSpec) {
      this.#isEncrypted = true;
      return true;
    }
    if (this.#isEncrypted) {
      // The first is Finished. A server has nothing else to say after it than that it wants another handshake.
      if (type === record.handshake) {
        this.#encryptedHandshakes += 1;
        if (this.#encryptedHandshakes > 1) this.#asksForRenegotiation = true;
      }
      return true;
    }
    return this.#takePlain(type, body);
  }

  #takePlain(type: number | undefined, body: Uint8Array): boolean {
    if (type === record.alert) {
      // A warning does not end it, but for the one that says good-bye.
      if (body[0] === 2) this.#alert = body[1];
      return true;
    }
    return type === record.handshake ? this.#takeHandshake(body) : true;
  }

  #takeSealed(bytes: Uint8Array): boolean {
    const plain = this.#open(this.#secret, this.#suite ?? 0, bytes, this.#sequence);
    if (plain === undefined) return false;
    this.#sequence += 1;
    // The type is the last byte that is not zero: RFC 8446, section 5.4.
    let last = plain.length - 1;
    while (last >= 0 && plain[last] === 0) last -= 1;
    const type = plain[last];
    const body = plain.subarray(0, Math.max(0, last));
    if (type === record.alert) {
      // In TLS 1.3 all are fatal, whatever the level says, but for these two (section 6).
      if (body[1] !== 0 && body[1] !== 90) this.#alert = body[1];
      return true;
    }
    return type === record.handshake ? this.#takeHandshake(body) : true;
  }

  #takeHandshake(body: Uint8Array): boolean {
    this.#pieces.push(body);
    this.#pending += body.length;
    if (this.#pending > longestHandshake) return false;
    const needed = this.#needed();
    if (this.#pending < needed) return true;
    const joined = joinedBytes(this.#pieces, this.#pending);
    let at = 0;
    while (at + 4 <= joined.length) {
      const end = at + 4 + triple(joined, at + 1);
      if (end > joined.length) break;
      this.#takeMessage(joined[at] ?? 0, joined.subarray(at + 4, end));
      at = end;
    }
    const rest = joined.subarray(at);
    this.#pieces = rest.length === 0 ? [] : [rest];
    this.#pending = rest.length;
    return true;
  }

  /** How many bytes the message that began has; so that what comes byte by byte is not joined again and again. */
  #needed(): number {
    const first = this.#pieces[0];
    if (first !== undefined && first.length >= 4) return 4 + triple(first, 1);
    const head = joinedBytes(this.#pieces, this.#pending);
    this.#pieces = [head];
    return head.length < 4 ? 4 : 4 + triple(head, 1);
  }

  #takeMessage(type: number, body: Uint8Array): void {
    if (type === message.serverHello) this.#takeHello(body);
    else if (type === message.certificateRequest) {
      // After the handshake it is a request of TLS 1.3 that nobody offered to answer.
      if (this.#secret === "application") return;
      this.#asks = true;
      this.#request = readCertificateRequest(body, this.#version ?? 0);
    } else if (type === message.certificate) {
      if (this.#chain.length === 0) this.#chain = readChain(body, this.#version === tls13);
      // In TLS 1.3 the request stands before the certificate, up to 1.2 after it.
      if (this.#version === tls13) this.#asks ??= false;
    } else if (type === message.serverHelloDone) this.#asks ??= false;
    else if (type === message.finished && this.#version === tls13) {
      this.#secret = "application";
      this.#sequence = 0;
    }
  }

  #takeHello(body: Uint8Array): void {
    const session = body[34] ?? 0;
    const at = 35 + session;
    if (body.length < at + 3) return;
    this.#suite = word(body, at);
    this.#version = chosenVersion(body, at + 3) ?? word(body, 0);
  }
}

/** What the extension supported_versions (43) says, which alone counts where it is there. */
function chosenVersion(body: Uint8Array, extensions: number): number | undefined {
  const end = Math.min(body.length, extensions + 2 + word(body, extensions));
  for (let at = extensions + 2; at + 4 <= end; at += 4 + word(body, at + 2))
    if (word(body, at) === 43 && word(body, at + 2) === 2) return word(body, at + 4);
  return undefined;
}

/** RFC 8446, section 4.4.2; up to TLS 1.2 without the context before, and without extensions: RFC 5246, 7.4.2. */
function readChain(body: Uint8Array, isTls13: boolean): Uint8Array[] {
  const start = isTls13 ? 1 + (body[0] ?? 0) : 0;
  const end = Math.min(body.length, start + 3 + triple(body, start));
  const chain: Uint8Array[] = [];
  let at = start + 3;
  while (at + 3 <= end) {
    const length = triple(body, at);
    if (length === 0 || at + 3 + length > end) break;
    // A copy, so that what is kept of a try is not all that came.
    chain.push(body.slice(at + 3, at + 3 + length));
    at += 3 + length;
    if (isTls13) at += 2 + word(body, at);
  }
  return chain;
}

function joinedBytes(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
