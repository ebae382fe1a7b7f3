/** Globs in time that grows with pattern × text at most, whatever stands in them: both may come from strangers. */

type Matches<P, T> = (pattern: P, text: T) => boolean;

/** A star takes as little as it can; only the last one is ever widened. */
function matchAll<P, T>(
  pattern: ArrayLike<P>,
  text: ArrayLike<T>,
  isStar: (part: P) => boolean,
  one: Matches<P, T>,
): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < text.length; ) {
    const part = pattern[at] as P;
    if (at < pattern.length && isStar(part)) {
      star = at;
      resume = index;
      at += 1;
    } else if (at < pattern.length && one(part, text[index] as T)) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else return false;
  }
  while (at < pattern.length && isStar(pattern[at] as P)) at += 1;
  return at === pattern.length;
}

/** `*` is any number of characters, `?` one, `[a-z]` and `[!a-z]` one of some where `classes`. */
export function matchesName(glob: string, name: string, classes = false): boolean {
  const parts = glob.match(classes ? /\[[!^]?[^\]]+\]|./gs : /./gs) ?? [];
  return matchAll(parts, name, (part) => part === "*", matchesCharacter);
}

function matchesCharacter(part: string, character: string): boolean {
  if (part === "?" || part === character) return true;
  if (part.length < 3) return false;
  const negated = part[1] === "!" || part[1] === "^";
  const ranges = part.slice(negated ? 2 : 1, -1).matchAll(/(.)-(.)|./gs);
  const within = [...ranges].some(([one, from, to]) =>
    from !== undefined && to !== undefined ? from <= character && character <= to : one === character,
  );
  return within !== negated;
}

const MAX_ALTERNATIVES = 100;

/** `a/{b,c}` as `a/b` and `a/c`; null where there would be too many. */
function alternatives(glob: string): string[] | null {
  const done: string[] = [];
  const open = [glob];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [whole, inner = ""] = /\{([^{}]*)\}/.exec(next) ?? [];
    if (whole === undefined) done.push(next);
    else for (const part of inner.split(",")) open.push(next.replace(whole, () => part));
    if (done.length + open.length > MAX_ALTERNATIVES) return null;
  }
  return done;
}

/** What is wrong with a glob of paths; null where nothing is. */
export function globFault(glob: string): string | null {
  if (/^\/|(^|\/)\.\.(\/|$)/.test(glob)) return "must stay within the checkout";
  if (/[!@?*+]\(|^!/.test(glob)) return "knows *, **, ?, [a-z] and {a,b}, and no negation";
  if (/[[\]]/.test(glob.replace(/\[[!^]?[^\]/]+\]/g, ""))) return "has a [ without its ]";
  if (alternatives(glob) === null) return "has too many alternatives";
  return alternatives(glob)?.some((one) => /[{}]/.test(one)) ? "has a { without its }" : null;
}

/** Paths with `/`; `**` is any number of folders, `*` stays within one, `app/**` is also `app`. */
export function pathMatcher(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.flatMap((glob) => alternatives(glob.replace(/^\.\//, "")) ?? []).map((one) => one.split("/"));
  return (path) => {
    const folders = path.split("/");
    return patterns.some((pattern) =>
      matchAll(
        pattern,
        folders,
        (part) => part === "**",
        (part, name) => matchesName(part, name, true),
      ),
    );
  };
}
