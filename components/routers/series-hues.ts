import { HUES, type Hue } from "../charts/prepared-chart";

/**
 * A colour for each name: the one that its letters choose, else the next free one. It does not hang on the order of the
 * names, so that a series keeps its colour while others overtake it, in this chart and in the one beside it.
 */
export function seriesHues(names: readonly string[]): (name: string) => Hue {
  const taken = new Map<number, string>();
  const places = new Map<string, number>();
  for (const name of [...new Set(names)].sort()) {
    let place = hash(name) % HUES.length;
    for (let tries = 0; taken.has(place) && tries < HUES.length; tries++) place = (place + 1) % HUES.length;
    taken.set(place, name);
    places.set(name, place);
  }
  return (name) => HUES[places.get(name) ?? 0] ?? HUES[0];
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973, 7);
}
