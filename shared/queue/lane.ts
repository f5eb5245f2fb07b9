/** The two ways of a conversation through the queues. Calls with few conversations are interactive. */
export type Lane = 'interactive' | 'bulk';
