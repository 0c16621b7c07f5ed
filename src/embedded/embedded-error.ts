/** What was to be brought along could not be; the message is for the person who started the program. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
}
