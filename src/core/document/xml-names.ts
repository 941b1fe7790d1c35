const startsName = 1;

const continuesName = 2;

/** What of ASCII a name may begin with and consist of. */
const nameCharacters = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[:A-Z_a-z]/.test(character) ? startsName | continuesName : /[-.0-9]/.test(character) ? continuesName : 0;
});

const nameStart = String.raw`:A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}`;

const nameRest = String.raw`-.0-9\xB7\u0300-\u036F\u203F\u2040`;

const anyName = new RegExp(`[${nameStart}][${nameStart}${nameRest}]*`, "uy");

/** Equal to `start` where no name begins. */
export function endOfName(text: string, start: number): number {
  let wanted = startsName;
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code >= 128) {
      anyName.lastIndex = start;
      return anyName.test(text) ? anyName.lastIndex : start;
    }
    // Behind the end of the text `code` is no number, and nothing is found.
    if (((nameCharacters[code] ?? 0) & wanted) === 0) return at;
    wanted = continuesName;
  }
}

/** Whether an element can have that name. */
export function isXmlName(name: string): boolean {
  return name !== "" && endOfName(name, 0) === name.length;
}
