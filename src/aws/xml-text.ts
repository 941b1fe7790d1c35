import * as l10n from "@vscode/l10n";
import { isUtf8 } from "../core/document/xml.ts";
import { type Asked, FailureError, serviceOf } from "./asked.ts";

/** By what a text in it begins with: a mark, or a `<` in more than one byte. */
const wide: readonly (readonly [name: string, ...bytes: readonly number[]])[] = [
  ["UTF-32", 0, 0, 0xfe, 0xff],
  ["UTF-32", 0xff, 0xfe, 0, 0],
  ["UTF-16", 0xfe, 0xff],
  ["UTF-16", 0xff, 0xfe],
  ["UTF-16", 0, 0x3c],
  ["UTF-16", 0x3c, 0],
];

/**
 * The text of an answer. AWS sends UTF-8: what is in another encoding is refused, since read wrongly it would go back
 * so with the next change.
 */
export function xmlText(body: Uint8Array, contentType: string, asked: Pick<Asked, "action">): string {
  const bytes = wide.find(([, ...first]) => first.every((byte, index) => body[index] === byte));
  if (bytes !== undefined) throw otherEncoding(bytes[0], asked);
  const charset = /;\s*charset\s*=\s*"?([\w.:+-]{1,40})/i.exec(contentType)?.[1];
  if (charset !== undefined && !isUtf8(charset)) throw otherEncoding(charset, asked);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw otherEncoding(undefined, asked);
  }
}

/** @param encoding as it is called; `undefined`: not known */
export function otherEncoding(encoding: string | undefined, asked: Pick<Asked, "action">): FailureError {
  const service = serviceOf(asked);
  return new FailureError({
    failure: "wrong-endpoint",
    message:
      encoding === undefined
        ? l10n.t(
            "Unexpected response: it is not valid UTF-8, in which {0} sends its responses. It was not read, so that nothing is changed by mistake. This may not be AWS, or a proxy changed the response.",
            service,
          )
        : l10n.t(
            "Unexpected response: it is encoded as {1}, but {0} sends UTF-8. It was not read, so that nothing is changed by mistake. This may not be AWS, or a proxy changed the response.",
            service,
            encoding,
          ),
    action: asked.action,
  });
}
