import type { Lane, Mark } from "./prepared-timeline";

/** The mark that an arrow key leads to: in time by left and right, to the nearest of another lane by up and down. */
export function nextMark(marks: Mark[], lanes: Lane[], current: Mark, key: string): Mark | null {
  const index = marks.indexOf(current);
  if (key === "ArrowRight") return marks[index + 1] ?? null;
  if (key === "ArrowLeft") return marks[index - 1] ?? null;
  if (key === "Home") return marks[0] ?? null;
  if (key === "End") return marks.at(-1) ?? null;
  const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
  if (step === 0) return null;
  for (let lane = lanes.findIndex((entry) => entry.id === current.laneId) + step; lanes[lane]; lane += step) {
    const inLane = marks.filter((mark) => mark.laneId === lanes[lane]?.id);
    const nearest = inLane.sort((a, b) => Math.abs(a.x - current.x) - Math.abs(b.x - current.x))[0];
    if (nearest) return nearest;
  }
  return null;
}
