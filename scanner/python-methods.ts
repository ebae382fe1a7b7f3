/** Where the functions of a Python text begin and end, told from its indentation without parsing it. */

export interface MethodText {
  /** Its name and parameters; more where it cannot be told where they end. */
  header: string;
  /** The rest, up to the next definition that does not stand inside of it. */
  body: string;
}

/** Comments and strings, so that what they hold is no definition. */
const TOKENS = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|#[^\n]*/g;
const DEFINITION = /^([ \t]*)(?:async[ \t]+)?(def|class)\b/gm;
const HEADER_END = /\)\s{0,200}(?:->[^\n]{0,300}?)?:/;

const withoutProse = (text: string): string =>
  text.replace(TOKENS, (token) => {
    if (token.startsWith("#")) return "";
    return token.startsWith('"""') || token.startsWith("'''") ? '""' : token;
  });

/** Every function that does not stand at the top; null where tabs and spaces are mixed. */
export function methodsOf(text: string): MethodText[] | null {
  const code = withoutProse(text);
  const found: MethodText[] = [];
  const open: { from: number; indent: number; isClass: boolean }[] = [];
  const indents = new Set<string>();
  const close = (indent: number, until: number): void => {
    for (let last = open.at(-1); last && last.indent >= indent; last = open.at(-1)) {
      open.pop();
      if (last.isClass || last.indent === 0) continue;
      const whole = code.slice(last.from, until);
      const end = HEADER_END.exec(whole)?.index ?? whole.length;
      found.push({ header: whole.slice(0, end), body: whole.slice(end) });
    }
  };
  for (const { index, 1: indent = "", 2: word } of code.matchAll(DEFINITION)) {
    if (indent !== "") indents.add(indent.includes("\t") ? (indent.includes(" ") ? "both" : "tab") : "space");
    close(indent.length, index);
    open.push({ from: index, indent: indent.length, isClass: word === "class" });
  }
  close(0, code.length);
  return indents.size > 1 || indents.has("both") ? null : found;
}
