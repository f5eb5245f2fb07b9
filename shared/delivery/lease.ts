/** Milliseconds by which a claim must outlast the timeout of a request that is sent in its name. */
export const leaseMargin = 1_000;

/** Milliseconds that Lime has to carry out a request for whose answer nobody waited any longer. */
export const lateness = 20_000;
