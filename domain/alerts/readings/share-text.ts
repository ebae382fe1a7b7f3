/** "99.49 %": cut, never rounded up. */
export function shareText(share: number): string {
  return `${(Math.floor(share * 10_000 + 1e-9) / 100).toFixed(2)} %`;
}
