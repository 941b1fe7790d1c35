// A server of TLS 1.2 written by hand: it can say what no library lets a server say. It shakes hands as far as the
// flight of the client with a cipher that encrypts with the server's RSA key: there is nothing to sign or to decrypt.
import type { Socket } from "node:net";
import { concat } from "../core/x509/der-writer.ts";
import type { Issued } from "../core/x509/pki.ts";
import { type Listening, listen } from "./tcp-server.ts";

type Bytes = Uint8Array;

export const recordType = { changeCipherSpec: 20, alert: 21, handshake: 22, data: 23 } as const;

/** A number of so many bytes, and so many bytes behind it. */
function counted(size: 1 | 2 | 3, content: Bytes): Bytes {
  const length = [content.length >> 16, (content.length >> 8) & 0xff, content.length & 0xff].slice(3 - size);
  return concat(length, content);
}

/** Records of at most 2^14 bytes each. */
export function records(type: number, content: Bytes): Bytes {
  const parts: Bytes[] = [];
  for (let at = 0; at < Math.max(1, content.length); at += 16_384)
    parts.push(concat([type, 3, 3], counted(2, content.subarray(at, at + 16_384))));
  return Buffer.concat(parts);
}

export function message(type: number, content: Bytes): Bytes {
  return concat([type], counted(3, content));
}

export function alertRecord(alert: number, level: 1 | 2 = 2): Bytes {
  return records(recordType.alert, Uint8Array.of(level, alert));
}

const aes128Sha = [0x00, 0x2f];
/** Without it OpenSSL takes the server for one that can be made to renegotiate by others. */
const renegotiationInfo = [0xff, 0x01, 0x00, 0x01, 0x00];

export function serverHello(): Bytes {
  const extensions = Uint8Array.from(renegotiationInfo);
  return message(2, concat([3, 3], new Uint8Array(32).fill(7), [0], aes128Sha, [0], counted(2, extensions)));
}

export function certificateMessage(chain: readonly Bytes[]): Bytes {
  return message(11, counted(3, Buffer.concat(chain.map((one) => counted(3, one)))));
}

/** Of RSA and ECDSA with SHA-256. */
export function certificateRequest(names: readonly Bytes[]): Bytes {
  const kinds = counted(1, Uint8Array.of(1, 64));
  const algorithms = counted(2, Uint8Array.of(4, 1, 4, 3));
  return message(13, concat(kinds, algorithms, counted(2, Buffer.concat(names.map((name) => counted(2, name))))));
}

export const serverHelloDone: Bytes = message(14, new Uint8Array());

/** All that a server says before the client does, in one piece. */
export function serverFlight(server: Issued, names: readonly Bytes[] | undefined): Bytes {
  const asks = names === undefined ? [] : [certificateRequest(names)];
  return records(
    recordType.handshake,
    Buffer.concat([serverHello(), certificateMessage([server.der]), ...asks, serverHelloDone]),
  );
}

/** The records that came, each as soon as it is whole. */
export function onRecords(socket: Socket, take: (type: number, body: Bytes) => void): void {
  let pending: Bytes = new Uint8Array();
  socket.on("data", (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const length = ((pending[3] ?? 0) << 8) | (pending[4] ?? 0);
      if (pending.length < 5 || pending.length < 5 + length) return;
      const [type = 0] = pending;
      const body = pending.subarray(5, 5 + length);
      pending = pending.subarray(5 + length);
      take(type, body);
    }
  });
}

/** Whether a ClientHello offers the cipher that the server has, which no client of TLS 1.3 alone does. */
export function offersOurCipher(hello: Bytes): boolean {
  const session = 38 + 1 + (hello[38] ?? 0);
  const length = ((hello[session] ?? 0) << 8) | (hello[session + 1] ?? 0);
  const suites = hello.subarray(session + 2, session + 2 + length);
  for (let at = 0; at + 1 < suites.length; at += 2)
    if (suites[at] === aes128Sha[0] && suites[at + 1] === aes128Sha[1]) return true;
  return false;
}

export interface RawServerOptions {
  readonly server: Issued;
  /** The names of the CAs that it asks for; undefined: it does not ask. */
  readonly asksFor?: readonly Bytes[];
  /** What it says to the ClientHello instead. */
  readonly afterHello?: Bytes;
  /** What it says to the Finished of the client. */
  readonly afterFinished?: Bytes;
}

export function startRawServer({ server, asksFor, afterHello, afterFinished }: RawServerOptions): Promise<Listening> {
  const flight = serverFlight(server, asksFor);
  return listen((socket) => {
    let isFinishing = false;
    let hasHello = false;
    onRecords(socket, (type, body) => {
      if (type === recordType.changeCipherSpec) isFinishing = true;
      else if (isFinishing) {
        if (afterFinished !== undefined) socket.end(afterFinished);
      } else if (type === recordType.handshake && !hasHello) {
        hasHello = true;
        if (!offersOurCipher(body)) socket.end(alertRecord(70));
        else if (afterHello !== undefined) socket.end(afterHello);
        else socket.write(flight);
      }
    });
  });
}
