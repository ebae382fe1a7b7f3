/** The numbers of a PostgreSQL array as text: `{1,2,3}`. */
export function numbersIn(text: string | null): number[] {
  return text === null || text === "{}" ? [] : text.slice(1, -1).split(",").map(Number);
}
