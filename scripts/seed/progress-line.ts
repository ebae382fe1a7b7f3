const REDRAW_MS = 200;
const REPEAT_MS = 5_000;

export interface ProgressLine {
  show(text: string): void;
  end(): void;
}

/** One line that is written over in a terminal, and a new one every five seconds elsewhere. */
export function createProgressLine(out: NodeJS.WriteStream = process.stdout): ProgressLine {
  let shownAtMs = 0;
  let isOpen = false;
  return {
    show(text) {
      if (Date.now() - shownAtMs < (out.isTTY ? REDRAW_MS : REPEAT_MS)) return;
      shownAtMs = Date.now();
      isOpen = out.isTTY;
      out.write(out.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
    },
    end() {
      if (isOpen) out.write("\r\u001b[K");
      isOpen = false;
    },
  };
}
