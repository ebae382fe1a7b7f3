/** Stands in a batch for an item that could not even be parsed (a bad line of NDJSON), so that the others keep their index. */
export class UnreadableItem {
  /** `message` names the place and never repeats the text. */
  constructor(readonly message: string) {}
}
