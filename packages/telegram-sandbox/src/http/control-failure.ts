import { z } from 'zod';
import { ApiError, ControlError } from '../errors.js';

/** Any failure of a control call as status and words. */
export const toControlFailure = (error: unknown): { readonly status: number; readonly message: string } => {
  if (error instanceof ControlError) return { status: error.status, message: error.message };
  if (error instanceof ApiError) return { status: error.code, message: error.description };
  if (error instanceof z.ZodError) return { status: 400, message: z.prettifyError(error) };
  const status = (error as { statusCode?: unknown }).statusCode;
  const message = error instanceof Error ? error.message : 'unknown failure';
  return { status: typeof status === 'number' ? status : 500, message };
};
