import type { Extended, GeneralName } from "../model.ts";
import { attempt, Cursor, derBytesOf, oidOf } from "./der.ts";
import { generalNameOf } from "./general-names.ts";
import { objectIdentifier, sequence } from "./tags.ts";

export const authorityInfoAccess = "1.3.6.1.5.5.7.1.1";

/** What an access description leads to, and how it is to be used. */
export interface Access {
  /** A dotted OID. */
  readonly method: string;
  readonly location: GeneralName;
}

export function accessIn(content: Cursor): readonly Access[] {
  const { source, part } = content;
  const list = content.into(sequence, part);
  const found: Access[] = [];
  while (list.more) {
    const description = list.into(sequence, part);
    const method = oidOf(source, description.take(objectIdentifier, part), part);
    found.push({ method, location: generalNameOf(source, description.any(part), part) });
    description.end();
  }
  return found;
}

const ocsp = "1.3.6.1.5.5.7.48.1";

/** Of its authority information access; none where that cannot be read. */
export function ocspUrls({ extensions, der }: Extended & { readonly der: Uint8Array }): readonly string[] {
  const extension = extensions.find(({ oid }) => oid === authorityInfoAccess);
  if (extension === undefined) return [];
  const { start, end } = extension.value;
  const descriptions =
    attempt(() => accessIn(new Cursor(derBytesOf(der), start, end, authorityInfoAccess))).value ?? [];
  return descriptions.flatMap(({ method, location }) =>
    method === ocsp && location.kind === "uri" ? [location.value] : [],
  );
}
