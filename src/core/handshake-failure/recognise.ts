import { finish, type Steps } from "../steps.ts";
import { alertNamedAt, causeOfAlert, ofServersAlone, stepOf } from "./alerts.ts";
import type { Cause, Failure, Side } from "./failure.ts";
import { curlCodes, readErrorCode, verifyErrors } from "./numbers.ts";
import { type Phrase, phrasesByWord } from "./phrases.ts";

// A text is gone through word by word: each word may begin one of the phrases that begin with it. What else a find
// depends on stands near it, so that the work grows with the text whatever it holds.

/** What stands at a place, and how far. */
interface Find {
  readonly said: Omit<Phrase, "text">;
  readonly end: number;
  readonly alert?: number;
}

/** What is followed by a number or a name that decides. */
interface Opening {
  readonly text: string;
  readonly read: (text: string, end: number) => Find | undefined;
}

/** In UTF-16 code units: what is behind that in a text is not looked at. */
export const mostRead = 1_000_000;

/** The failures that a text tells of: each once, in the order in which they come first. */
export function recognise(text: string): readonly Failure[] {
  return finish(recogniseInSteps(text));
}

export function* recogniseInSteps(whole: string): Steps<readonly Failure[]> {
  const text = whole.slice(0, mostRead);
  const lower = normalised(text);
  const isShort = text.length <= shortText;
  const found = new Found();
  const lines = new LineWalk(text);
  const writer = writerOf(text);
  const word = /[a-z0-9]+/g;
  for (let count = 1; ; count++) {
    if (count % wordsPerStep === 0) yield;
    const start = word.exec(lower)?.index;
    if (start === undefined) break;
    const find = findAt(lower, start, lower.slice(start, word.lastIndex));
    if (find === undefined) continue;
    word.lastIndex = find.end;
    const near = lines.around(start);
    if (near.isSource || (find.said.isPlain === true && !isShort && !near.isError && !isCode(text, start, find.end)))
      continue;
    found.add(failureOf(find, start, near.writer ?? writer), lines.line, rankOf(find.said));
  }
  return found.all();
}

/** A text of one or two lines was pasted for what it says. */
const shortText = 200;
const wordsPerStep = 4096;

/** In lower case, with spaces for underscores: every character stays in its place. */
function normalised(text: string): string {
  return text
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    .replaceAll("_", " ")
    .replaceAll("’", "'");
}

/** `CERT_HAS_EXPIRED` means one thing only. */
function isCode(text: string, start: number, end: number): boolean {
  return /^[A-Z0-9]+_[A-Z0-9_]+$/.test(text.slice(start, end));
}

function failureOf({ said, end, alert }: Find, start: number, writer: Side | undefined): Failure {
  const { cause, by, step, service } = said;
  const side = writer ?? "client";
  const isOfWriter = by === "writer" || by === "peer";
  const refusing = by === "writer" ? side : by === "peer" ? otherSide(side) : by;
  const isAssumed = isOfWriter && writer === undefined && alert !== undefined && !ofServersAlone.has(alert);
  return {
    at: { start, end },
    count: 1,
    cause,
    refusing: alert !== undefined && ofServersAlone.has(alert) ? "server" : refusing,
    isAssumed,
    step: step ?? stepOf(cause, refusing),
    ...(alert === undefined ? {} : { alert }),
    ...(service === undefined ? {} : { service }),
  };
}

function otherSide(side: Side): Side {
  return side === "client" ? "server" : "client";
}

// --- what stands at a word

function findAt(lower: string, start: number, word: string): Find | undefined {
  for (const { text, read } of openings.get(word) ?? []) {
    const find = lower.startsWith(text, start) ? read(lower, start + text.length) : undefined;
    if (find !== undefined) return find;
  }
  for (const phrase of phrasesByWord.get(word) ?? []) {
    const end = start + phrase.text.length;
    if (lower.startsWith(phrase.text, start) && isEndOfWord(lower, end))
      return { said: dateAware(phrase, lower, end), end };
  }
  return undefined;
}

function isEndOfWord(lower: string, end: number): boolean {
  return !/[a-z0-9]/.test(lower[end] ?? "") || !/[a-z0-9]/.test(lower[end - 1] ?? "");
}

/** Go has one message for both, with the dates behind it. */
function dateAware(phrase: Phrase, lower: string, end: number): Omit<Phrase, "text"> {
  if (phrase.cause !== "expired" || !lower.startsWith(" or is not yet valid", end)) return phrase;
  return / is before \d/.test(lower.slice(end, end + 120)) ? { ...phrase, cause: "not-yet-valid" } : phrase;
}

function matchAt(pattern: RegExp, lower: string, start: number): RegExpExecArray | undefined {
  pattern.lastIndex = start;
  return pattern.exec(lower) ?? undefined;
}

/** @param by who sent it */
function alertFind(alert: number, end: number, by: "peer" | "writer" = "peer"): Find | undefined {
  const cause = causeOfAlert(alert);
  return { said: { cause, by, isWeak: by === "writer" || alert === 0 }, end, alert };
}

function alertByName(by: "peer" | "writer" = "peer"): Opening["read"] {
  return (lower, start) => {
    const named = alertNamedAt(lower, start);
    return named && alertFind(named.alert, named.end, by);
  };
}

function alertByNumber(pattern: RegExp): Opening["read"] {
  return (lower, start) => {
    const match = matchAt(pattern, lower, start);
    const alert = Number(match?.[1]);
    return match === undefined || alert > 255 ? undefined : alertFind(alert, match.index + match[0].length);
  };
}

/** `TLSv1.3 (IN), TLS alert, unknown CA (560):` has the level above the number. */
function alertOfCurl(by: "peer" | "writer"): Opening["read"] {
  return (lower, start) => {
    const match = matchAt(/[a-z ]{0,60}\((\d{3})\)/y, lower, start);
    const number = Number(match?.[1]) - fatal;
    if (match === undefined || number < 0 || number > 255) return undefined;
    return alertFind(number, match.index + match[0].length, by);
  };
}

/** 2, the level of alerts that end a connection, above the number's eight bits. */
const fatal = 512;

function numbered(pattern: RegExp, said: (number: number) => Omit<Phrase, "text"> | undefined): Opening["read"] {
  return (lower, start) => {
    const match = matchAt(pattern, lower, start);
    const what = match && said(Number(match[1]));
    return match && what && { said: what, end: match.index + match[0].length };
  };
}

function verifyError(by: Phrase["by"]): Opening["read"] {
  return numbered(/(\d{1,3})\b/y, (number) => {
    const cause: Cause = verifyErrors.get(number) ?? "certificate-refused";
    return number === 0 ? undefined : { cause, by };
  });
}

/** Behind the words, the reason in words again: it is part of the find. */
const openings = byWord([
  { text: "alert number", read: alertByNumber(/ {0,4}(\d{1,3})\b/y) },
  { text: "received alert [", read: alertByNumber(/(\d{1,3})\]/y) },
  ...["sslv3 alert", "tlsv1 alert", "tlsv13 alert", "ssl/tls alert", "tlsv1", "tlsv13"].map((text) => ({
    text,
    read: alertByName(),
  })),
  { text: "remote error: tls:", read: alertByName() },
  { text: "remote error:", read: alertByName() },
  { text: "received fatal alert:", read: alertByName() },
  { text: "tlsfatalalertreceived:", read: alertByName() },
  { text: "alert read:fatal:", read: alertByName() },
  { text: "alert write:fatal:", read: alertByName("writer") },
  { text: "in), tls alert,", read: alertOfCurl("peer") },
  { text: "out), tls alert,", read: alertOfCurl("writer") },
  { text: "curl: (", read: numbered(/(\d{1,2})\)/y, (number) => curlCodes.get(number)) },
  {
    text: "error:",
    read: (lower: string, start: number) => {
      const match = matchAt(/([0-9a-f]{8}):/y, lower, start);
      const said = match && readErrorCode(match[1] ?? "");
      if (match === undefined || said === undefined) return undefined;
      const end = match.index + match[0].length;
      return "alert" in said ? alertFind(said.alert, end) : { said, end };
    },
  },
  { text: "client ssl certificate verify error: (", read: verifyError("server") },
  { text: "upstream ssl certificate verify error: (", read: verifyError("client") },
  { text: "certificate verification: error (", read: verifyError("server") },
  { text: "verify error:num=", read: verifyError("writer") },
  { text: "verify return code: ", read: verifyError("writer") },
  {
    text: "message",
    read: (lower: string, start: number) => {
      const match = matchAt(/" {0,4}: {0,4}"forbidden"/y, lower, start);
      return match && { said: { cause: "api-gateway-forbidden", by: "server" }, end: match.index + match[0].length };
    },
  },
  {
    text: "the request could not be satisfied",
    // The page of every refusal of CloudFront has these words: its status is near them.
    read: (lower: string, end: number) =>
      /\b50[24](?: error|:)/.test(lower.slice(Math.max(0, end - 500), end + 500))
        ? { said: { cause: "cloudfront-origin", by: "neither", isWeak: true }, end }
        : undefined,
  },
  ...(["495", "496"] as const).map((text) => ({
    text,
    // As the status in an access log, or of a response.
    read: (lower: string, end: number): Find | undefined =>
      /(?:" |http\/[0-9.]{1,3}"? |status[:= ]{1,2})$/.test(lower.slice(Math.max(0, end - 15), end - 3)) &&
      isEndOfWord(lower, end)
        ? {
            said: {
              cause: text === "495" ? "certificate-refused" : "no-client-certificate",
              by: "server",
              step: "request",
              isWeak: true,
            },
            end,
          }
        : undefined,
  })),
]);

function byWord(all: readonly Opening[]): ReadonlyMap<string, readonly Opening[]> {
  const map = new Map<string, Opening[]>();
  for (const opening of all) {
    const word = /^[a-z0-9]+/.exec(opening.text)?.[0] ?? "";
    map.set(word, [...(map.get(word) ?? []), opening]);
  }
  return map;
}

// --- what stands around it

interface Near {
  /** Which side wrote the line, where it tells. */
  readonly writer: Side | undefined;
  /** It says that something went wrong. */
  readonly isError: boolean;
  /** It is a line of a program, which only names what may go wrong. */
  readonly isSource: boolean;
}

const errorSign =
  /error|fail|problem|verif|alert|exception|curl|ssl|tls\b|x509|refus|reject|handshake|errno|depth[ =]/i;
const sourceSign =
  /[=!]==|==\s?['"]|\bcase ['"A-Z]|\bif \(|\bthrow new\b|\bconst \w|\bexpect\(|\bassert\b|\?\? |\) =>|^\s*(?:\/[/*]|import |#include)|^\s+\*\s|\*\/|^\s*['"][A-Z_]+['"],?\s*$|\breturn ["'\w]+;/;
const clientSign =
  /to upstream|curl: \(|SSL_connect|\bs_client\b|process_server|get_server|process_ske|(?:Get|Post|Put|Head|GET|POST|PUT|HEAD) "https|urlopen|HTTPSConnectionPool|requests\.exceptions|dial tcp|axios|fetch failed/;
const serverSign =
  /http: TLS handshake error from|tlsClientError|SSL_accept|\bs_server\b|process_client|get_client|while SSL handshaking|while reading client request|, client: [0-9a-f.:]{3,45}, server:|\[client [0-9a-f.:]{3,45}\]|client SSL certificate verify|SSL client certificate|Certificate Verification: Error/;

/** In UTF-16 code units: more of a long line is looked at in pieces. */
const piece = 400;

/** Follows the lines of a text from its beginning to its end, and what they are. */
class LineWalk {
  readonly #text: string;
  #start = 0;
  #end = -1;
  #piece = -1;
  #near: Near | undefined;
  /** Zero-based. */
  line = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** @param at not before what was asked last */
  around(at: number): Near {
    while (at >= this.#end) {
      if (this.#end >= this.#text.length) break;
      this.#start = this.#end + 1;
      const end = this.#text.indexOf("\n", this.#start);
      this.#end = end < 0 ? this.#text.length : end;
      this.line += 1;
      this.#piece = -1;
    }
    const here = Math.floor((at - this.#start) / piece);
    if (this.#near === undefined || here !== this.#piece) {
      this.#piece = here;
      const from = this.#start + (here - 1) * piece;
      this.#near = nearOf(this.#text.slice(Math.max(this.#start, from), Math.min(this.#end, from + 3 * piece)));
    }
    return this.#near;
  }
}

/** Who wrote a text, where all that tells it says the same. */
function writerOf(text: string): Side | undefined {
  const [isClient, isServer] = [clientSign.test(text), serverSign.test(text)];
  return isClient === isServer ? undefined : isClient ? "client" : "server";
}

function nearOf(text: string): Near {
  return {
    // A proxy's line has the client in front of it, too.
    writer: clientSign.test(text) ? "client" : serverSign.test(text) ? "server" : undefined,
    isError: errorSign.test(text),
    isSource: sourceSign.test(text),
  };
}

// --- what is found

/** 0: only that something failed; 1: it has a cause that is often not the whole truth; 2: it says what went wrong. */
type Rank = 0 | 1 | 2;

function rankOf({ cause, isWeak = false }: Omit<Phrase, "text">): Rank {
  if (!isWeak) return 2;
  return cause === "handshake-unclear" || cause === "certificate-refused" ? 0 : 1;
}

/** So many lines around it, what says more counts alone. */
const nearness = 10;

interface Kind {
  failure: Failure;
  readonly rank: Rank;
  readonly lines: number[];
  /** Where it stands in each of the lines. */
  readonly spans: Failure["at"][];
}

class Found {
  readonly #kinds = new Map<string, Kind>();
  /** The lines with something that says more than what has the rank of their place; in order, each once. */
  readonly #above: readonly [number[], number[]] = [[], []];

  add(failure: Failure, line: number, rank: Rank): void {
    for (const lines of this.#above.slice(0, rank)) if (lines.at(-1) !== line) lines.push(line);
    const { cause, refusing, service, step, alert } = failure;
    const key = [cause, refusing, service, step, cause === "protocol-fault" ? alert : "", rank].join();
    const known = this.#kinds.get(key);
    if (known === undefined) {
      this.#kinds.set(key, { failure, rank, lines: [line], spans: [failure.at] });
      return;
    }
    known.failure = {
      ...known.failure,
      isAssumed: known.failure.isAssumed && failure.isAssumed,
      ...(known.failure.alert === undefined && alert !== undefined ? { alert } : {}),
    };
    if (known.lines.at(-1) === line) return;
    known.lines.push(line);
    known.spans.push(failure.at);
  }

  all(): readonly Failure[] {
    const left = [...this.#kinds.values()].flatMap(({ failure, rank, lines, spans }) => {
      const alone = rank === 2 ? spans : spansAlone(lines, spans, this.#above[rank]);
      const [at] = alone;
      return at === undefined ? [] : [{ ...failure, at, count: alone.length }];
    });
    return left.toSorted((one, other) => one.at.start - other.at.start);
  }
}

/** What stands in lines that none of some others is near. */
function spansAlone(
  lines: readonly number[],
  spans: readonly Failure["at"][],
  others: readonly number[],
): readonly Failure["at"][] {
  let next = 0;
  return spans.filter((_, index) => {
    const line = lines[index] ?? 0;
    while ((others[next] ?? Infinity) < line - nearness) next += 1;
    return (others[next] ?? Infinity) > line + nearness;
  });
}
