/** Local date and time of day of a moment given in nanoseconds since 1970. */
export const clockIn = (timeZone: string): ((at: bigint) => string) => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (at) => format.format(Number(at / 1_000_000n));
};
