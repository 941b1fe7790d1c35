import type { SharedReason } from "../reason.ts";
import type { ProbeRequest } from "./facts.ts";

/** What a user wrote that no request can be made of. */
export type EnteredMistake = SharedReason &
  (
    | { readonly code: "probe:bad-server" | "probe:bad-port"; readonly args: { readonly text: string } }
    | {
        readonly code: "probe:bad-path" | "probe:bad-host" | "probe:bad-name";
        readonly args: { readonly text: string };
      }
    /** The value is not repeated: it may be secret. So may be what is no name, which is empty then. */
    | { readonly code: "probe:bad-header"; readonly args: { readonly name: string } }
    | { readonly code: "probe:own-header"; readonly args: { readonly name: string } }
  );

const usualPort = 443;

/**
 * Reads `HOST` or `HOST:PORT`; an IPv6 address before a port is in brackets. A scheme of HTTPS is taken off.
 * @param usual the port where none is written
 */
export function readServer(
  text: string,
  usual = usualPort,
): { readonly host: string; readonly port: number } | EnteredMistake {
  const given = text.trim().replace(/^https:\/\//i, "");
  const bare = given.endsWith("/") ? given.slice(0, -1) : given;
  const bracketed = /^\[([\da-f:.]+)\](?::(\d+))?$/i.exec(bare);
  if (bracketed !== null) return serverOf(bracketed[1] ?? "", bracketed[2], text, usual);
  if (addressOfIpv6.test(bare)) return { host: bare, port: usual };
  const named = /^([a-z\d_](?:[a-z\d_.-]{0,252}))(?::(\d+))?$/i.exec(bare);
  if (named !== null) return serverOf((named[1] ?? "").replace(/\.$/, ""), named[2], text, usual);
  // Who takes a whole URL may have one with a password in it.
  return { code: "probe:bad-server", args: { text: text.replace(/^((?:[a-z]+:\/\/)?).*@/is, "$1…@") } };
}

const addressOfIpv6 = /^[\da-f]*:[\da-f:.]*:[\da-f.]*$/i;

/** Reads what goes into the server name indication. What a library would leave out of it there would be no word of. */
export function readServerName(text: string): { readonly name: string } | EnteredMistake {
  const name = text.replace(/\.$/, "");
  if (addressOfIpv6.test(name) || /^[a-z\d_][a-z\d_.-]{0,252}$/i.test(name)) return { name };
  return { code: "probe:bad-name", args: { text } };
}

function serverOf(
  host: string,
  port: string | undefined,
  text: string,
  usual: number,
): { readonly host: string; readonly port: number } | EnteredMistake {
  const number = port === undefined ? usual : Number(port);
  if (number < 1 || number > 65_535) return { code: "probe:bad-port", args: { text } };
  return { host, port: number };
}

/** Headers that the request has already, or that would change where it ends: RFC 9112, sections 3.2, 6 and 9. */
const own = ["host", "connection", "content-length", "transfer-encoding"];

/** Why a request cannot be sent as it is; undefined: it can. RFC 9112, section 3; RFC 9110, section 5. */
export function mistakeInRequest({ path, host, headers }: ProbeRequest): EnteredMistake | undefined {
  if (!/^\/[\x21-\x7e]*$/.test(path)) return { code: "probe:bad-path", args: { text: path } };
  if (host !== undefined && !/^[\w.:[\]-]+$/.test(host)) return { code: "probe:bad-host", args: { text: host } };
  for (const [name, value] of headers) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return { code: "probe:bad-header", args: { name: "" } };
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return { code: "probe:bad-header", args: { name } };
    if (own.includes(name.toLowerCase())) return { code: "probe:own-header", args: { name } };
  }
  return undefined;
}
