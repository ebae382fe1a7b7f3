/**
 * Where a text stops being JSON. The engine's own message repeats the text, which may be somebody's message, so it cannot
 * be shown; this finds the place instead. Reads token by token, without recursion.
 */
const SPACE = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

type Expected = "value" | "value_or_end" | "key" | "key_or_end" | "colon" | "comma_or_end" | "nothing";

/** Offset (UTF-16 units) of the first character that cannot be there; the text's length where it ends too early. */
export function jsonErrorOffset(text: string): number {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let at = 0;
  while (true) {
    at = skip(SPACE, text, at);
    const char = text[at];
    const inside = open.at(-1);
    const closes = (char === "}" && inside === "{") || (char === "]" && inside === "[");
    const mayClose: boolean = expected === "comma_or_end" || expected === "value_or_end" || expected === "key_or_end";
    if (char === undefined || expected === "nothing") return at;
    if (closes && mayClose) {
      open.pop();
      at++;
      expected = open.length > 0 ? "comma_or_end" : "nothing";
    } else if (expected === "colon" || expected === "comma_or_end") {
      if (char !== (expected === "colon" ? ":" : ",")) return at;
      at++;
      expected = expected === "colon" || inside === "[" ? "value" : "key";
    } else if (expected === "key" || expected === "key_or_end") {
      const end = char === '"' ? stringEnd(text, at) : at;
      if (end <= at) return Math.abs(end);
      at = end;
      expected = "colon";
    } else if (char === "{" || char === "[") {
      open.push(char);
      at++;
      expected = char === "{" ? "key_or_end" : "value_or_end";
    } else {
      const end = char === '"' ? stringEnd(text, at) : skip(SCALAR, text, at);
      if (end <= at) return Math.abs(end);
      at = end;
      expected = open.length > 0 ? "comma_or_end" : "nothing";
    }
  }
}

/** "line 3, column 14", both from 1. */
export function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return `line ${line}, column ${offset - before.lastIndexOf("\n")}`;
}

/** Offset behind the string that begins at `at`; negative: minus the offset at which it goes wrong. */
function stringEnd(text: string, at: number): number {
  for (let index = at + 1; index < text.length; ) {
    const char = text.charCodeAt(index);
    if (char === 0x22) return index + 1;
    if (char < 0x20) return -index;
    const next = char === 0x5c ? skip(ESCAPE, text, index) : index + 1;
    if (next === index) return -index;
    index = next;
  }
  return -text.length;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
