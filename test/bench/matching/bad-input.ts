/** What was typed, or a set that was named, is not what it must be; the message says what to do about it. */
export class BadInput extends Error {}
