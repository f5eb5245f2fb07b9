/** Shows the progress of a running command. */
export type Progress = { show: (done: number, total: number, note?: string) => void; clear: () => void };

const BAR_WIDTH = 30;

/** `[######------] 5/10  12/s, 5s left`, with the note at the end. */
export function progressLine(done: number, total: number, note?: string): string {
  const filled = total === 0 ? BAR_WIDTH : Math.round((BAR_WIDTH * done) / total);
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] ${done}/${total}${note === undefined ? '' : `  ${note}`}`;
}

/** Shows progress as one line that is overwritten. Shows nothing without a terminal. */
export function createProgress(stream: { isTTY?: boolean; write: (text: string) => unknown }): Progress {
  let shown = false;
  return {
    show: (done, total, note) => {
      if (!stream.isTTY) return;
      stream.write(`\r${progressLine(done, total, note)}\u001b[K`);
      shown = true;
    },
    clear: () => {
      if (shown) stream.write('\r\u001b[K');
      shown = false;
    },
  };
}
