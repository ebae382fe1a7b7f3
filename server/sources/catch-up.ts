/**
 * When a replay after a reconnect is over: as soon as something arrives that happened after the reconnect, or when
 * nothing has come for a while. Only then is silence of the source evidence again.
 */
export interface CatchUp {
  /** A connection was made: a replay may follow. */
  begin(): void;
  /** A batch is being stored. */
  busy(): void;
  free(): void;
  /** Something arrived that happened after the reconnect. */
  reached(): void;
  /** The connection is gone. */
  cancel(): void;
}

export function createCatchUp(quietMs: number, onCaughtUp: () => void): CatchUp {
  let isOpen = false;
  let batches = 0;
  let timer: NodeJS.Timeout | undefined;

  const watch = () => {
    clearTimeout(timer);
    if (isOpen && batches === 0) timer = setTimeout(finish, quietMs);
  };
  const finish = () => {
    if (!isOpen) return;
    isOpen = false;
    clearTimeout(timer);
    onCaughtUp();
  };

  return {
    begin: () => {
      isOpen = true;
      watch();
    },
    busy: () => {
      batches++;
      clearTimeout(timer);
    },
    free: () => {
      batches--;
      watch();
    },
    reached: finish,
    cancel: () => {
      isOpen = false;
      clearTimeout(timer);
    },
  };
}
