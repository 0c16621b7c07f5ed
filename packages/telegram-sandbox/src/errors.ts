/** A refusal in Telegram's words; `parameters` carries retry_after or migrate_to_chat_id. */
export class ApiError extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
    readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number },
  ) {
    super(description);
    this.name = 'ApiError';
  }
}

/** 400 with the prefix Telegram puts before every such reason. */
export const badRequest = (reason: string): ApiError => new ApiError(400, `Bad Request: ${reason}`);

/** 403: the person cannot be reached. */
export const forbidden = (reason: string): ApiError => new ApiError(403, `Forbidden: ${reason}`);

/** 409: two takers of one bot's updates. */
export const conflict = (reason: string): ApiError => new ApiError(409, `Conflict: ${reason}`);

/** 429 with the whole seconds to wait. */
export const tooMany = (retryAfterSeconds: number): ApiError =>
  new ApiError(429, `Too Many Requests: retry after ${retryAfterSeconds}`, {
    retry_after: retryAfterSeconds,
  });

/** A refusal of the control API, with its HTTP status: the person, not the bot, asked for something impossible. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'ControlError';
  }
}
