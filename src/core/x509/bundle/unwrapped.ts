import { decodeAll } from "../../pem/base64.ts";
import { readPem, writePem } from "../../pem/blocks.ts";
import { textOfBytes } from "../../pem/private-key.ts";
import { labelOfBytes } from "../read/contents.ts";

/** PEM, or its base64 alone, that was encoded once more, as `certutil -encode` does with a file that is PEM already. */
export interface Unwrapped {
  /** As PEM; line ends are LF. */
  readonly text: string;
  /** Whether every block in it can be read: then nothing is lost where it takes the place of the outer one. */
  readonly isSound: boolean;
}

const onlyBase64 = /^[A-Za-z0-9+/\s]{64,}(?:={1,2}\s*)?$/;

/** @param bytes of a block; what may be a private key never comes here */
export function unwrappedIn(bytes: Uint8Array): Unwrapped | undefined {
  const written = textOfBytes(bytes)?.replaceAll(/\r\n?/g, "\n");
  if (written === undefined) return undefined;
  if (onlyBase64.test(written)) {
    const inner = decodeAll(written, 0, written.length);
    const label = labelOfBytes(inner);
    return label === undefined ? undefined : { text: writePem(label, inner), isSound: true };
  }
  const blocks = readPem(written).chunks.flatMap(({ block }) => block ?? []);
  if (blocks.length === 0) return undefined;
  const isSound = blocks.every((block) => block.bytes !== undefined && block.damage.length === 0);
  return { text: `${written.trimEnd()}\n`, isSound };
}
