import { createDecipheriv, createHmac } from "node:crypto";
import type { OpenRecord, SecretName } from "../../../core/tls/flight.ts";

/** What TLS 1.3 encrypts with, by the number of the cipher suite: RFC 8446, appendix B.4. */
const suites: ReadonlyMap<number, Suite> = new Map<number, Suite>([
  [0x1301, { cipher: "aes-128-gcm", keyLength: 16, hash: "sha256" }],
  [0x1302, { cipher: "aes-256-gcm", keyLength: 32, hash: "sha384" }],
  [0x1303, { cipher: "chacha20-poly1305", keyLength: 32, hash: "sha256" }],
]);

interface Suite {
  readonly cipher: "aes-128-gcm" | "aes-256-gcm" | "chacha20-poly1305";
  readonly keyLength: number;
  readonly hash: string;
}

/** What `keylog` calls the secrets of the server's records. */
const labels: Readonly<Record<string, SecretName>> = {
  SERVER_HANDSHAKE_TRAFFIC_SECRET: "handshake",
  SERVER_TRAFFIC_SECRET_0: "application",
};

const tagLength = 16;
const headerLength = 5;

/**
 * The secrets of one connection of ours, with which its records are read again. They come as lines of the NSS key log
 * format, and are gone with the connection.
 */
export class ConnectionSecrets {
  readonly #secrets = new Map<SecretName, Buffer>();

  /** Takes `LABEL random secret`. */
  take(line: Buffer): void {
    const [label = "", , secret = ""] = line.toString("latin1").trim().split(" ");
    const name = Object.hasOwn(labels, label) ? labels[label] : undefined;
    if (name !== undefined) this.#secrets.set(name, Buffer.from(secret, "hex"));
  }

  readonly open: OpenRecord = (name, suiteNumber, record, sequence) => {
    const suite = suites.get(suiteNumber);
    const secret = this.#secrets.get(name);
    if (suite === undefined || secret === undefined || record.length < headerLength + tagLength) return undefined;
    const key = expandLabel(suite.hash, secret, "key", suite.keyLength);
    const nonce = expandLabel(suite.hash, secret, "iv", 12);
    for (let index = 0; index < 6; index += 1)
      nonce[11 - index] = (nonce[11 - index] ?? 0) ^ (Math.floor(sequence / 256 ** index) & 0xff);
    try {
      const decipher = createDecipheriv(suite.cipher as "aes-128-gcm", key, nonce, { authTagLength: tagLength });
      decipher.setAAD(record.subarray(0, headerLength));
      decipher.setAuthTag(record.subarray(record.length - tagLength));
      const opened = decipher.update(record.subarray(headerLength, record.length - tagLength));
      decipher.final();
      return opened;
    } catch {
      // Changed keys, a library without the cipher: what cannot be read is not guessed at.
      return undefined;
    }
  };
}

/** HKDF-Expand-Label without a context: RFC 8446, section 7.1. What is asked for is never longer than one hash. */
function expandLabel(hash: string, secret: Buffer, label: string, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`, "latin1");
  const info = Buffer.concat([Buffer.from([length >> 8, length & 0xff, name.length]), name, Buffer.from([0, 1])]);
  return createHmac(hash, secret).update(info).digest().subarray(0, length);
}
