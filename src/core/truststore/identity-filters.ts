import type { FilterField, IdentityFilter, IdentityFilters } from "../elb/identity-filter.ts";
import { allOf, type SharedReason } from "../reason.ts";
import type { Certificate } from "../x509/model.ts";
import { type Called, certificateCalled, showable } from "../x509/naming.ts";

// Does a Network Load Balancer's listener accept this client by its identity? Asked of a client that the trust store
// accepts, before revocation. What the pages leave open is told apart from what they decide.

/** `undecided`: some of the filters are not known, or of the certificate not all can be read. */
export interface FilterAnswer {
  readonly verdict: "accepted" | "undocumented" | "refused" | "undecided";
  readonly reason: SharedReason;
}

/** What is said of the filters of a listener. */
export type FilterReason =
  | { readonly code: "filters:not-looked-at" | "filters:none"; readonly args?: never }
  | { readonly code: "filters:accepts"; readonly args: Said & { readonly found: Called } }
  | { readonly code: "filters:nearly"; readonly args: Said & { readonly found: Called } }
  | { readonly code: "filters:encoding"; readonly args: Said & { readonly found: Called; readonly encoding: string } }
  | { readonly code: "filters:refuses" | "filters:unreadable"; readonly args: { readonly title: Called } }
  | { readonly code: "filters:unknown"; readonly args: { readonly count: number } }
  | { readonly code: "filters:has"; readonly args: { readonly field: FilterField; readonly values: readonly Called[] } }
  | { readonly code: "filters:lacks"; readonly args: { readonly field: FilterField } };

type Said = { readonly field: string; readonly matchType: string; readonly value: string };

/** @param filters `undefined`: nobody said which listener is meant */
export function answerOfFilters(certificate: Certificate, filters: IdentityFilters | undefined): FilterAnswer {
  const say = (verdict: FilterAnswer["verdict"], reason: FilterReason, ...more: FilterReason[]): FilterAnswer => ({
    verdict,
    reason: allOf(reason, ...more),
  });
  if (filters === undefined) return say("accepted", { code: "filters:not-looked-at" });
  const { known, unknown } = filters;
  if (known.length === 0 && unknown === 0) return say("accepted", { code: "filters:none" });
  const identity = identityOf(certificate);
  let open: FilterReason | undefined;
  for (const filter of known) {
    for (const { text, encoding } of identity[filter.field].values) {
      const match = matchOf(filter, text);
      if (match === "no") continue;
      const args = { ...filter, found: showable(text, longest) };
      if (match === "nearly") open ??= { code: "filters:nearly", args };
      else if (encoding !== undefined) open ??= { code: "filters:encoding", args: { ...args, encoding } };
      else return say("accepted", { code: "filters:accepts", args });
    }
  }
  const title = certificateCalled(certificate);
  if (unknown > 0) return say("undecided", { code: "filters:unknown", args: { count: unknown } });
  if (open !== undefined) return say("undocumented", open);
  const fields = [...new Set(known.map(({ field }) => field))];
  if (fields.some((field) => identity[field].isUnreadable))
    return say("undecided", { code: "filters:unreadable", args: { title } });
  return say(
    "refused",
    { code: "filters:refuses", args: { title } },
    ...fields.map((field): FilterReason => {
      const values = identity[field].values.slice(0, mostValues).map(({ text }) => showable(text, longest));
      return values.length === 0
        ? { code: "filters:lacks", args: { field } }
        : { code: "filters:has", args: { field, values } };
    }),
  );
}

/** More values of one field are not listed, and of each not more characters. */
const mostValues = 5;
const longest = 200;

// --- what the certificate says

interface Field {
  /** `encoding`: one of which the pages do not say how it is compared. */
  readonly values: readonly { readonly text: string; readonly encoding: string | undefined }[];
  readonly isUnreadable: boolean;
}

function identityOf({ subject, subjectAltName, der }: Certificate): Readonly<Record<FilterField, Field>> {
  const attributes = (wanted: string): Field => {
    const found = subject.rdns.flat().filter(({ oid }) => oid === wanted);
    return {
      values: found.flatMap(({ value, slice }) =>
        value === undefined ? [] : [{ text: value, encoding: rareEncodings.get(der[slice.start] ?? 0) }],
      ),
      isUnreadable: found.some(({ value }) => value === undefined),
    };
  };
  const names = (wanted: "dns" | "uri"): Field => ({
    values: (subjectAltName?.value ?? []).flatMap((name) =>
      name.kind === wanted ? [{ text: name.value, encoding: undefined }] : [],
    ),
    isUnreadable: subjectAltName?.fault !== undefined,
  });
  return {
    "subject-cn": attributes("2.5.4.3"),
    "subject-ou": attributes("2.5.4.11"),
    "san-dns": names("dns"),
    "san-uri": names("uri"),
  };
}

/** By the tag of the string. */
const rareEncodings: ReadonlyMap<number, string> = new Map([
  [0x14, "TeletexString"],
  [0x1c, "UniversalString"],
  [0x1e, "BMPString"],
]);

// --- whether it matches

/** `nearly`: what is written differs only in what the pages do not speak of. */
function matchOf({ field, matchType, value }: IdentityFilter, text: string): "yes" | "nearly" | "no" {
  const compare = (form: Form): boolean =>
    matchType === "exact" ? form(text) === form(value) : form(text).startsWith(form(value));
  if (compare(field === "san-uri" ? foldUri : foldAscii)) return "yes";
  return compare(looseForms[matchType][field]) ? "nearly" : "no";
}

/** “Matching is case-insensitive”: of letters beyond ASCII nothing is said, and a filter has none. */
function foldAscii(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** “The scheme and host are matched case-insensitively, and the rest of the URI is matched case-sensitively.” */
function foldUri(uri: string): string {
  const scheme = uri.slice(0, uri.includes(":") ? uri.indexOf(":") + 1 : uri.length);
  if (!uri.startsWith("//", scheme.length)) return foldAscii(scheme) + uri.slice(scheme.length);
  const rest = uri.slice(scheme.length + 2);
  const end = rest.search(/[/?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const host = authority.lastIndexOf("@") + 1;
  return `${foldAscii(scheme)}//${authority.slice(0, host)}${foldAscii(authority.slice(host))}${rest.slice(authority.length)}`;
}

/** Spaces, letters of other scripts and forms of letters, as RFC 4518 prepares them. */
function looseText(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trimStart();
}

/** A name before the host, which the beginning of a URI does not show yet. */
function looseUri(uri: string): string {
  return /^[^:]*:\/\/[^/?#]*@/.test(uri) ? foldAscii(uri) : foldUri(uri);
}

type Form = (text: string) => string;

const looseForms: Readonly<Record<IdentityFilter["matchType"], Readonly<Record<FilterField, Form>>>> = {
  exact: {
    "subject-cn": (text) => looseText(text).trimEnd(),
    "subject-ou": (text) => looseText(text).trimEnd(),
    // The dot of the root at the end of a name.
    "san-dns": (text) => foldAscii(text).replace(/\.$/, ""),
    "san-uri": foldUri,
  },
  prefix: { "subject-cn": looseText, "subject-ou": looseText, "san-dns": foldAscii, "san-uri": looseUri },
};
