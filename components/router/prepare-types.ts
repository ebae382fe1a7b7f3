import type { RouterDetail, Taker } from "@/contracts/http";

type TypeOfRouter = RouterDetail["types"]["items"][number];

export interface TypeRow {
  key: string;
  type: string;
  /** Whether it opens its type. */
  first: boolean;
  /** null in the row that counts the handlers left out. */
  taker: Taker | null;
  omitted: number;
  /** Other routers that take the type; set in its first row. */
  others: TypeOfRouter["others"] | null;
}

/** One row for each handler, those of a type together. */
export function typeRows(types: readonly TypeOfRouter[]): TypeRow[] {
  return types.flatMap(({ type, takers, others }) => [
    ...takers.items.map((taker, i) => ({
      ...{ key: JSON.stringify([type, taker.handler]), type, first: i === 0, taker, omitted: 0 },
      others: i === 0 ? others : null,
    })),
    ...(takers.omitted > 0
      ? [{ key: type, type, first: false, taker: null, omitted: takers.omitted, others: null }]
      : []),
  ]);
}
