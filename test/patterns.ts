// The regular expressions of the source, and what a hostile text can make of them.
import { type AST, RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";
import { isDisjointWith, JS, NFA } from "refa";
import { analyse } from "scslre";

export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/**
 * How it takes more than linear time: by `backtracking` within a match, by `starting` a search again at many places of
 * which each reads on, or by `repeating` its own beginning within a loop, which comes to the same.
 */
export interface Slowness {
  readonly how: "backtracking" | "starting" | "repeating";
  /** The quantifier that reads on. */
  readonly loop: string;
}

const skipped = /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/y;
const literal = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;
/** Where a value may begin a pattern may; elsewhere a slash is a division. */
const beforeValue = /(?:[(,=:?!&|[{};>]|\breturn|^)\s*$/;

/** The patterns that stand in code, also within its templates. */
export function patternsIn(code: string): Pattern[] {
  const found: Pattern[] = [];
  let at = 0;
  const take = (kind: RegExp): string | undefined => {
    kind.lastIndex = at;
    return kind.exec(code)?.[0];
  };
  const readTemplate = (): void => {
    for (at += 1; at < code.length && code[at] !== "`"; at++) {
      if (code[at] === "\\") at++;
      else if (code.startsWith("${", at)) {
        at += 2;
        readCode();
      }
    }
    at++;
  };
  /** Up to the brace that closes it, and leaves it there. */
  const readCode = (): void => {
    for (let depth = 0; at < code.length; ) {
      const passed = take(skipped);
      const character = code[at];
      if (passed !== undefined) at += passed.length;
      else if (character === "`") readTemplate();
      else if (character === "/" && beforeValue.test(code.slice(Math.max(0, at - 40), at))) {
        const pattern = take(literal);
        if (pattern === undefined) throw new Error(`No pattern: ${code.slice(at, at + 60)}`);
        const end = pattern.lastIndexOf("/");
        found.push({ source: pattern.slice(1, end), flags: pattern.slice(end + 1) });
        at += pattern.length;
      } else {
        if (character === "}" && depth-- === 0) return;
        if (character === "{") depth++;
        at++;
      }
    }
  };
  readCode();
  return found;
}

/** Patterns that are put together when a module is loaded. */
export async function patternsMadeBy(load: () => Promise<unknown>): Promise<Pattern[]> {
  const made: Pattern[] = [];
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct(constructor, given: [string | RegExp, string?], target) {
      const pattern: RegExp = Reflect.construct(constructor, given, target);
      made.push({ source: pattern.source, flags: pattern.flags });
      return pattern;
    },
  });
  try {
    await load();
  } finally {
    globalThis.RegExp = original;
  }
  return made;
}

/** Everything that makes a pattern slow on a text that was made for it. */
export function slownessOf({ source, flags }: Pattern): Slowness[] {
  const { reports } = analyse({ source, flags }, { reportTypes: { Move: true, Self: true, Trade: true } });
  return [
    ...reports.map((report): Slowness => {
      if (report.type === "Move") return { how: "starting", loop: report.quant.raw };
      const quantifier = report.type === "Self" ? report.quant : report.endQuant;
      return { how: "backtracking", loop: quantifier.raw };
    }),
    ...moreIn({ source, flags }),
  ];
}

/**
 * What the library does not see: loops whose alternatives are the same for some texts, as in `(?:a|aa)*`, and loops
 * that can read the text which leads to them: `<!--[^]*?-->` begins anew at each of many `<!--`, and reads to the end
 * each time.
 */
function moreIn({ source, flags }: Pattern): Slowness[] {
  const parsed = new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: flags.includes("u"),
    unicodeSets: flags.includes("v"),
  });
  const found: Slowness[] = [];
  visitRegExpAST(parsed, {
    onQuantifierEnter(loop) {
      if (loop.max !== Number.POSITIVE_INFINITY) return;
      if (isAmbiguous(loop)) found.push({ how: "backtracking", loop: loop.raw });
      if (flags.includes("y")) return;
      const around = surroundingsOf(loop);
      if (around === undefined || around.before.length === 0 || around.after.length === 0) return;
      const [before, after, repeated] = [around.before, around.after, [loop]].map((part) => languageOf(rawOf(part)));
      // Where nothing leads to it, a search begins in the loop: that is the library's. Where nothing need follow, it is
      // found at once.
      if (before === undefined || after === undefined || repeated === undefined) return;
      const isEmptyPossible = (words: NFA) => words.test([]);
      if (isEmptyPossible(before) || isEmptyPossible(after)) return;
      const within = languageOf(`[^]*(?:${rawOf(around.before)})[^]*`);
      if (!isDisjointWith(within, repeated)) found.push({ how: "repeating", loop: loop.raw });
    },
  });
  return found;

  /** Whether two of its alternatives may begin one text that the loop reads: they are tried again and again. */
  function isAmbiguous({ element, raw }: AST.Quantifier): boolean {
    if (element.type !== "Group" && element.type !== "CapturingGroup") return false;
    const ways = element.alternatives.map((one) => languageOf(`(?:${one.raw})(?:${raw})`));
    return ways.some((way, index) => ways.slice(0, index).some((other) => !isDisjointWith(way, other)));
  }
  function rawOf(elements: readonly AST.Element[]): string {
    return elements.map(({ raw }) => raw).join("");
  }
  function languageOf(text: string): NFA {
    const parser = JS.Parser.fromLiteral({ source: text, flags: flags.replace("y", "") });
    const { expression, maxCharacter } = parser.parse({ assertions: "ignore", backreferences: "disable" });
    return NFA.fromRegex(expression, { maxCharacter }, { assertions: "ignore" });
  }
}

/** What stands before and behind within the pattern; `undefined`: in a lookaround, or only where the text begins. */
function surroundingsOf(
  loop: AST.Quantifier,
): { readonly before: readonly AST.Element[]; readonly after: readonly AST.Element[] } | undefined {
  const before: AST.Element[] = [];
  const after: AST.Element[] = [];
  for (let node: AST.Element = loop; ; ) {
    const alternative: AST.Element["parent"] = node.parent;
    if (alternative.type !== "Alternative") {
      // A quantifier around a group.
      if (alternative.type !== "Quantifier") return undefined;
      node = alternative;
      continue;
    }
    const index = alternative.elements.indexOf(node);
    before.unshift(...alternative.elements.slice(0, index));
    after.push(...alternative.elements.slice(index + 1));
    const parent: AST.Alternative["parent"] = alternative.parent;
    if (parent.type === "Pattern") return isAnchored(before) ? undefined : { before, after };
    if (parent.type === "Assertion") return undefined;
    node = parent;
  }
}

function isAnchored([first]: readonly AST.Element[]): boolean {
  return first?.type === "Assertion" && first.kind === "start";
}
