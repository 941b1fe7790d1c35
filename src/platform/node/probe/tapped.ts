import type { Socket } from "node:net";
import { Duplex } from "node:stream";

/** More than this no server sends that is meant: a handshake has chains of 2^24 bytes at most, and no real one near. */
export const mostTapped = 1 << 20;

/** A connection whose incoming bytes are kept as they came, below TLS. */
export interface Tapped {
  readonly stream: Duplex;
  /** What came so far, not more than `mostTapped`. */
  bytes(): Uint8Array;
  /** Whether the connection was cut off, and not ended. */
  wasReset(): boolean;
}

export function tapped(socket: Socket): Tapped {
  const chunks: Buffer[] = [];
  let length = 0;
  let isReset = false;
  const stream = new Duplex({
    read: () => {
      socket.resume();
    },
    write: (chunk, _encoding, done) => {
      if (socket.destroyed) done();
      else socket.write(chunk, () => done());
    },
    final: (done) => {
      if (socket.destroyed) done();
      else socket.end(() => done());
    },
    destroy: (_error, done) => {
      socket.destroy();
      done(null);
    },
  });
  socket.on("data", (chunk: Buffer) => {
    if (length < mostTapped) chunks.push(chunk);
    length += chunk.length;
    if (!stream.push(chunk)) socket.pause();
  });
  socket.on("end", () => stream.push(null));
  socket.on("error", (error) => {
    isReset = true;
    stream.destroy(error);
  });
  socket.on("close", () => stream.destroy());
  return { stream, bytes: () => Buffer.concat(chunks).subarray(0, mostTapped), wasReset: () => isReset };
}
