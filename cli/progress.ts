/** Shows the progress of a running command. */
export type Progress = { show: (done: number, total: number) => void; clear: () => void };

const BAR_WIDTH = 30;

/** `[######------] 5/10`. */
export function progressLine(done: number, total: number): string {
  const filled = total === 0 ? BAR_WIDTH : Math.round((BAR_WIDTH * done) / total);
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] ${done}/${total}`;
}

/** Shows progress as one line that is overwritten. Shows nothing without a terminal. */
export function createProgress(stream: { isTTY?: boolean; write: (text: string) => unknown }): Progress {
  let shown = false;
  return {
    show: (done, total) => {
      if (!stream.isTTY) return;
      stream.write(`\r${progressLine(done, total)}\u001b[K`);
      shown = true;
    },
    clear: () => {
      if (shown) stream.write('\r\u001b[K');
      shown = false;
    },
  };
}
