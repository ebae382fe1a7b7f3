const MAX_REMEMBERED = 1_000;

/** `read`, asked at most once per argument in `forMs`; those who ask meanwhile share the answer. Failures are not kept. */
export function remembered<A extends string | undefined, T>(
  forMs: number,
  nowMs: () => number,
  read: (argument?: A) => Promise<T>,
): (argument?: A) => Promise<T> {
  const answers = new Map<A | undefined, { answer: Promise<T>; untilMs: number }>();
  return (argument) => {
    const known = answers.get(argument);
    if (known && known.untilMs > nowMs()) return known.answer;
    if (answers.size >= MAX_REMEMBERED) answers.clear();
    const answer = read(argument);
    answers.set(argument, { answer, untilMs: nowMs() + forMs });
    answer.catch(() => answers.delete(argument));
    return answer;
  };
}
