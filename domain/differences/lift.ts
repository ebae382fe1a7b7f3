/** z of a two-sided 95 % confidence interval. */
const Z = 1.959964;

export interface Lift {
  /** Share among `n1` over share among `n0`; null where none of `n0` has it. */
  ratio: number | null;
  /** Lower end of the ratio's 95 % confidence interval. */
  atLeast: number;
}

/**
 * How many times as often something is among `n1` (in `a` of them) as among `n0` (in `b`), and what is certain of it.
 * The interval is that of the log of the ratio (Katz, Baptista, Azen and Pike, Obtaining confidence intervals for the
 * risk ratio in cohort studies, Biometrics 34, 1978), with ½ added to each count so that it exists where a count is 0
 * (Pettigrew, Gart and Thomas, The bias and higher cumulants of the logarithm of a binomial variate, Biometrika 73, 1986).
 */
export function liftOf(a: number, n1: number, b: number, n0: number): Lift {
  const log = Math.log((a + 0.5) / (n1 + 0.5)) - Math.log((b + 0.5) / (n0 + 0.5));
  const error = Math.sqrt(1 / (a + 0.5) - 1 / (n1 + 0.5) + 1 / (b + 0.5) - 1 / (n0 + 0.5));
  return { ratio: b === 0 ? null : a / n1 / (b / n0), atLeast: Math.exp(log - Z * error) };
}
