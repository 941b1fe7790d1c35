import { charactersPerStep, type Steps } from "../../steps.ts";
import { Tokens } from "./tokens.ts";

/** What is told while a text is read. Offsets and lengths are those of the token that says it. */
export interface JsonVisitor {
  onObjectBegin(offset: number): void;
  onObjectEnd(offset: number, length: number): void;
  onObjectProperty(key: string, offset: number, length: number): void;
  onArrayBegin(offset: number): void;
  onArrayEnd(offset: number, length: number): void;
  onLiteralValue(value: string | number | boolean | null, offset: number, length: number): void;
  /** @param code as jsonc-parser calls it (`printParseErrorCode`) */
  onError(code: string, offset: number, length: number): void;
}

/** Nothing of ours is a tenth as deep; what walks through a tree calls itself for each level. */
export const deepest = 2_000;
/**
 * Values and names. What is read takes many times as much memory as its text where that says hardly anything but `1,`:
 * such a text is none of ours, whose names alone are longer.
 */
const mostIn = (length: number): number => 200_000 + length / 5;
/** Comments, and signs that mean nothing, between two tokens. */
const mostBetween = 100_000;
/** Characters there. */
const farthestBetween = 16 * charactersPerStep;

/** jsonc-parser's `SyntaxKind`, which is there for the compiler alone. */
const token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  blanks: 15,
  unknown: 16,
  end: 17,
} as const;

interface Open {
  readonly isObject: boolean;
  needsComma: boolean;
}

export type GivenUp = "NestedTooDeeply" | "TooManyValues" | "TooMuchBetween" | "TooLong";

/**
 * What jsonc-parser's `visit` does, comments and trailing commas allowed, in steps: it recovers from each fault in the
 * same way (test/core/document/json/parse.test.ts).
 * @returns why nothing is to be made of the text, where it was left before its end
 */
export function* parseInSteps(text: string, visitor: JsonVisitor): Steps<GivenUp | undefined> {
  const tokens = new Tokens(text);
  const open: Open[] = [];
  const most = mostIn(text.length);
  let count = 0;
  let kind: number = token.end;
  let hopeless: GivenUp | undefined;

  const error = (code: string): void => visitor.onError(code, tokens.offset, tokens.length);
  const giveUp = (why: GivenUp): void => {
    hopeless = why;
    kind = token.end;
  };
  const next = (): void => {
    const start = tokens.position;
    for (let passed = 0; ; passed++) {
      const found = tokens.next();
      if (found === undefined) return giveUp("TooLong");
      if (passed > mostBetween || tokens.offset - start > farthestBetween) return giveUp("TooMuchBetween");
      kind = found;
      if (tokens.fault !== undefined) error(tokens.fault);
      if (kind === token.unknown) error("InvalidSymbol");
      else if (kind < token.lineComment || kind === token.end) return;
    }
  };
  /** For where the compiler thinks that it still is what it was. */
  const isNow = (one: number): boolean => kind === one;
  /** As far as the next of some tokens. */
  const skipTo = function* (one: number, other: number): Steps<void> {
    while (kind !== one && kind !== other && kind !== token.end) {
      next();
      if (tokens.isDue()) yield;
    }
  };
  /** A value, or the beginning of one. @returns whether there was any */
  const begin = (): boolean => {
    count++;
    const { offset, length } = tokens;
    switch (kind) {
      case token.openBrace:
      case token.openBracket: {
        const isObject = kind === token.openBrace;
        if (isObject) visitor.onObjectBegin(offset);
        else visitor.onArrayBegin(offset);
        open.push({ isObject, needsComma: false });
        break;
      }
      case token.string:
        visitor.onLiteralValue(tokens.value, offset, length);
        break;
      case token.number: {
        const value = Number(tokens.value);
        if (Number.isNaN(value)) error("InvalidNumberFormat");
        visitor.onLiteralValue(Number.isNaN(value) ? 0 : value, offset, length);
        break;
      }
      case token.null:
        visitor.onLiteralValue(null, offset, length);
        break;
      case token.true:
      case token.false:
        visitor.onLiteralValue(kind === token.true, offset, length);
        break;
      default:
        return false;
    }
    next();
    return true;
  };
  /** @returns what went wrong last; the rest of the member is to be skipped */
  const member = (): "name" | "value" | undefined => {
    if (kind !== token.string) {
      error("PropertyNameExpected");
      return "name";
    }
    count++;
    visitor.onObjectProperty(tokens.value, tokens.offset, tokens.length);
    next();
    if (isNow(token.colon)) {
      next();
      if (begin()) return undefined;
      error("ValueExpected");
    } else error("ColonExpected");
    return "value";
  };

  next();
  if (kind === token.end || !begin()) {
    error("ValueExpected");
    return hopeless;
  }
  for (let inner = open.at(-1); inner !== undefined; inner = open.at(-1)) {
    if (open.length > deepest) return "NestedTooDeeply";
    if (count > most) return "TooManyValues";
    if (hopeless !== undefined) return hopeless;
    if (tokens.isDue()) yield;
    const { isObject } = inner;
    const closing = isObject ? token.closeBrace : token.closeBracket;
    if (kind === token.comma) {
      if (!inner.needsComma) error("ValueExpected");
      next();
    } else if (inner.needsComma && kind !== closing && kind !== token.end) error("CommaExpected");
    else if (kind === token.end) {
      close(visitor, isObject, tokens.offset, tokens.length);
      error(isObject ? "CloseBraceExpected" : "CloseBracketExpected");
      open.pop();
      continue;
    }
    if (kind === closing) {
      close(visitor, isObject, tokens.offset, tokens.length);
      open.pop();
      next();
      continue;
    }
    // What the value opens comes back here once it is closed.
    inner.needsComma = true;
    if (isObject) {
      const fault = member();
      if (fault !== undefined) yield* skipTo(token.closeBrace, token.comma);
      if (fault === "name") error("ValueExpected");
    } else if (!begin()) {
      error("ValueExpected");
      yield* skipTo(token.closeBracket, token.comma);
    }
  }
  if (kind !== token.end) error("EndOfFileExpected");
  return hopeless;
}

function close(visitor: JsonVisitor, isObject: boolean, offset: number, length: number): void {
  if (isObject) visitor.onObjectEnd(offset, length);
  else visitor.onArrayEnd(offset, length);
}
