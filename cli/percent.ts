/** A fraction as people read it: 0.25 is `25 %`. */
export function percentText(fraction: number): string {
  return `${(fraction * 100).toLocaleString('en', { maximumFractionDigits: 4 })} %`;
}
