/** Makes what servers send, byte by byte. */

export const records = { change: 20, alert: 21, handshake: 22, data: 23 } as const;

export function bytesOf(...parts: readonly (number | Uint8Array | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === "number" ? [part] : [...part])));
}

function sized(width: 1 | 2 | 3, body: Uint8Array): Uint8Array {
  const length = Array.from({ length: width }, (_, index) => (body.length >> (8 * (width - 1 - index))) & 0xff);
  return bytesOf(length, body);
}

export function record(type: number, body: Uint8Array): Uint8Array {
  return bytesOf(type, [3, 3], sized(2, body));
}

export function message(type: number, body: Uint8Array = new Uint8Array()): Uint8Array {
  return bytesOf(type, sized(3, body));
}

export function serverHello(version: 0x0301 | 0x0303 | 0x0304, suite: number, session = 0): Uint8Array {
  const supported = version === 0x0304 ? bytesOf([0, 43], [0, 2], [3, 4]) : new Uint8Array();
  return message(
    2,
    bytesOf(
      version === 0x0301 ? [3, 1] : [3, 3],
      new Uint8Array(32),
      session,
      new Uint8Array(session),
      [suite >> 8, suite & 0xff],
      0,
      // One more before it, so that extensions are walked.
      sized(2, bytesOf([0xff, 0x01], [0, 1], 0, supported)),
    ),
  );
}

export function certificates(chain: readonly Uint8Array[], isTls13: boolean): Uint8Array {
  const entries = chain.flatMap((der) => (isTls13 ? [sized(3, der), bytesOf(0, 0)] : [sized(3, der)]));
  return message(11, bytesOf(...(isTls13 ? [0] : []), sized(3, bytesOf(...entries))));
}

/** Up to TLS 1.1 without the list of signatures. */
export function requestOfTls12(
  names: readonly Uint8Array[],
  types: readonly number[],
  signatures: readonly number[] = [4, 3, 8, 4],
): Uint8Array {
  return message(
    13,
    bytesOf(
      sized(1, bytesOf(types)),
      ...(signatures.length === 0 ? [] : [sized(2, bytesOf(signatures))]),
      sized(2, bytesOf(...names.map((name) => sized(2, name)))),
    ),
  );
}

export function requestOfTls13(names: readonly Uint8Array[] | undefined, schemes: readonly number[]): Uint8Array {
  const algorithms = sized(2, sized(2, bytesOf(...schemes.map((scheme) => [scheme >> 8, scheme & 0xff]))));
  const authorities =
    names === undefined ? [] : [bytesOf([0, 47]), sized(2, sized(2, bytesOf(...names.map((name) => sized(2, name)))))];
  return message(13, bytesOf(0, sized(2, bytesOf([0, 13], algorithms, ...authorities))));
}

/** As TLS 1.3 encrypts, but for the encryption: the content, its type, and padding of zeros. */
export function sealed(type: number, body: Uint8Array, padding = 0): Uint8Array {
  return record(records.data, bytesOf(body, type, new Uint8Array(padding)));
}
