/**
 * Text from telemetry where it meets a reader that gives characters a meaning. Whoever watched systems belong to may have
 * written it: it must not mention people, make links, fake a line or move a cursor.
 */

/** Controls, bidirectional marks, invisible formatting and fillers, line separators, lone surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]/gu;
const MAX_LOG_CHARACTERS = 500;

/** One line in which everything that is not seen is written out, such as `\u{202e}`. Safe on a terminal. */
export function forTerminal(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\r") return "\\r";
    if (character === "\t") return "\\t";
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** As {@link forTerminal}, cut to what a line of a log should hold. */
export function forLog(text: string): string {
  return cutText(forTerminal(text), MAX_LOG_CHARACTERS);
}

/** For `mrkdwn` with `verbatim`: mentions and links need `<`, formatting needs the characters that are replaced by others of their look. */
export function forSlack(text: string): string {
  return forTerminal(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("*", "\u2217")
    .replaceAll("~", "\u223C")
    .replaceAll("`", "\u02CB")
    .replace(/(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])/gu, "\u02CD");
}

/** As code, which Slack shows as it is; an empty text is shown as a dash. */
export function slackCode(text: string): string {
  const plain = forTerminal(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return plain.trim() === "" ? "–" : `\`${plain.replaceAll("`", "\u02CB")}\``;
}

/**
 * For CommonMark and its relatives: all ASCII punctuation is escaped, so nothing is emphasis, a link, an image, HTML or a
 * block; `@` and `#` cannot mention, and no address becomes a link by itself.
 */
export function forMarkdown(text: string): string {
  return forTerminal(text)
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, (character) =>
      BY_REFERENCE.has(character) ? `&#${character.charCodeAt(0)};` : `\\${character}`,
    )
    .replace(/^\d+/, (digits) => [...digits].map((digit) => `&#${digit.charCodeAt(0)};`).join(""))
    .replace(/www/gi, (word) => `${word.slice(0, 2)}&#${word.charCodeAt(2)};`);
}

/** Characters that mention, link or open HTML in some dialect even behind a backslash. */
const BY_REFERENCE = new Set(["@", "#", "<", ">", "&", ":"]);

/** At most `max` characters; what is cut off is counted in words at the end. No character is cut in half. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const says = (left: number) => ` … (${left} more characters)`;
  const kept = [...text.slice(0, Math.max(0, max - says(text.length).length))];
  if (/\p{Cs}/u.test(kept.at(-1) ?? "")) kept.pop();
  const head = kept.join("");
  return `${head}${says(text.length - head.length)}`;
}
