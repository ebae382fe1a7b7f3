/** Text as it may be stored: PostgreSQL takes neither NUL nor lone surrogates. */

const REPLACEMENT = "\uFFFD";
const NUL = "\0";
const LONE_SURROGATES = /\p{Cs}/gu;
/** What nearly every id and name is made of; told fastest. */
const PRINTABLE_ASCII = /^[\x20-\x7E]*$/;

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
  return text.replaceAll(NUL, REPLACEMENT).replace(LONE_SURROGATES, REPLACEMENT);
}

export function isPrintableAscii(text: string): boolean {
  return PRINTABLE_ASCII.test(text);
}

/** Whether an id or a name can be kept as it is: no NUL, no lone surrogate, no character that failed to decode. */
export function isCleanName(text: string): boolean {
  if (isPrintableAscii(text)) return true;
  return !text.includes(NUL) && !text.includes(REPLACEMENT) && text.search(LONE_SURROGATES) === -1;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
