/** Text as it may be stored: PostgreSQL takes neither NUL nor lone surrogates. */

const REPLACEMENT = "\uFFFD";
const UNSTORABLE = /[\u0000\uFFFD]|\p{Cs}/u;

/** Bytes of `text` in UTF-8; a lone surrogate counts as its replacement character. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(index + 1))) {
      bytes += 2;
      index++;
    } else bytes += 2;
  }
  return bytes;
}

/** Replaces NUL and lone surrogates; everything else stays. */
export function wellFormed(text: string): string {
  return UNSTORABLE.test(text) ? text.replace(/\u0000|\p{Cs}/gu, REPLACEMENT) : text;
}

/** Whether an id or a name can be kept as it is: no NUL, no lone surrogate, no character that failed to decode. */
export function isCleanName(text: string): boolean {
  return !UNSTORABLE.test(text);
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
