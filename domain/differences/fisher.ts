/**
 * Fisher's exact test, one-sided: how likely `a` or more of `a + b` carriers fall among the `n1` of `n1 + n0`, if
 * carrying it has nothing to do with the side. (R. A. Fisher, The Design of Experiments, 1935, §21; the tail of the
 * hypergeometric distribution.) Counts are whole numbers with a ≤ n1 and b ≤ n0.
 */
export function chanceOfAsMany(a: number, n1: number, b: number, n0: number): number {
  const carriers = a + b;
  const most = Math.min(carriers, n1);
  const all = logChoose(n1 + n0, carriers);
  let sum = 0;
  // From the far end of the tail on, so that small terms are added before large ones.
  for (let k = most; k >= a; k--) {
    if (carriers - k <= n0) sum += Math.exp(logChoose(n1, k) + logChoose(n0, carriers - k) - all);
  }
  return Math.min(1, sum);
}

/**
 * Chances of many tests made at once, so that "at most 5 %" means at most 5 % for any of them to be noise, however the
 * tests hang together. (S. Holm, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6, 1979.)
 * `tests` may exceed the chances given: those left out are taken to be larger.
 */
export function adjustedChances(chances: readonly number[], tests: number): number[] {
  const order = chances.map((_, index) => index).sort((i, j) => (chances[i] ?? 1) - (chances[j] ?? 1));
  const adjusted = chances.map(() => 1);
  let least = 0;
  for (const [rank, index] of order.entries()) {
    least = Math.max(least, Math.min(1, (tests - rank) * (chances[index] ?? 1)));
    adjusted[index] = least;
  }
  return adjusted;
}

const logFactorials = [0];

function logFactorial(n: number): number {
  for (let k = logFactorials.length; k <= n; k++) logFactorials.push((logFactorials[k - 1] ?? 0) + Math.log(k));
  return logFactorials[n] ?? 0;
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}
