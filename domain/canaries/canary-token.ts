/**
 * Canary tokens: text that is planted in one user's data to see where it turns up. `sbxc_`, 26 characters of base32
 * (lower case, a-z and 2-7) that hold 130 random bits, and 4 that check them, so that text which only looks like a
 * token costs no look-up.
 */
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const PREFIX = "sbxc_";
const BODY_LENGTH = 26;
const CHECK_LENGTH = 4;
/** Tokens of one payload that are looked at. */
export const MAX_CANARY_TOKENS = 32;
/** Random bytes that a token is made of. */
export const CANARY_BYTES = BODY_LENGTH;

/** Looks ahead, because the end of one candidate may be the beginning of the next. */
const CANDIDATE = new RegExp(`${PREFIX}(?=([a-z2-7]{${BODY_LENGTH + CHECK_LENGTH}}))`, "g");

/** The token that these random bytes make; five bits of each count. Throws a RangeError on fewer than 26. */
export function canaryToken(random: Uint8Array): string {
  if (random.length < CANARY_BYTES) throw new RangeError(`a token takes ${CANARY_BYTES} random bytes`);
  const body = Array.from(random.subarray(0, CANARY_BYTES), (byte) => ALPHABET[byte & 31]).join("");
  return PREFIX + body + checksumOf(body);
}

/** The distinct valid tokens in the JSON text of a payload, in its strings and names, in linear time; at most 32. */
export function canaryTokensIn(json: string): string[] {
  const found = new Set<string>();
  for (const [, rest = ""] of json.matchAll(CANDIDATE)) {
    if (checksumOf(rest.slice(0, BODY_LENGTH)) !== rest.slice(BODY_LENGTH)) continue;
    found.add(PREFIX + rest);
    if (found.size === MAX_CANARY_TOKENS) break;
  }
  return [...found];
}

/** The largest prime below 2^20: one wrong character, or two neighbours that changed places, never keep the checksum. */
const MODULUS = 1_048_573;

/** The body read as digits to the base 33 (each character its place in the alphabet plus one), modulo a prime. */
function checksumOf(body: string): string {
  let sum = 0;
  for (const character of body) sum = (sum * 33 + ALPHABET.indexOf(character) + 1) % MODULUS;
  return [15, 10, 5, 0].map((shift) => ALPHABET[(sum >> shift) & 31]).join("");
}
