import type { z } from 'zod';
import { badRequest, type ApiError } from '../errors.js';

const typeNames: Readonly<Record<string, string>> = {
  boolean: 'Boolean',
  string: 'String',
  number: 'Number',
  int: 'Number',
  array: 'Array',
  object: 'Object',
};

const deepest = (issue: z.core.$ZodIssue): z.core.$ZodIssue => {
  if (issue.code !== 'invalid_union') return issue;
  const closest = issue.errors
    .map(([first]) => first)
    .find((inner) => inner !== undefined && inner.path.length > 0);
  return closest ? deepest({ ...closest, path: [...issue.path, ...closest.path] }) : issue;
};

const standardMessage = /^Invalid|^Too |^Unrecognized/;

/** Words the first mistake zod found the way Telegram would. A schema's own message goes out as it is. */
export const explain = (error: z.ZodError): ApiError => {
  const [first] = error.issues;
  if (!first) return badRequest('wrong parameters');
  const issue = deepest(first);
  if (!standardMessage.test(issue.message)) return badRequest(issue.message);
  const field = issue.path.findLast((part) => typeof part === 'string') ?? '';
  if (issue.code === 'unrecognized_keys')
    return badRequest(`unknown parameter "${issue.keys[0] ?? ''}" specified`);
  if (issue.code !== 'invalid_type') return badRequest(`wrong parameter ${field} in request`);
  const isMissing = issue.input === undefined && issue.message.includes('received undefined');
  if (isMissing) return badRequest(`can't find field "${field}"`);
  return badRequest(`field "${field}" must be of type ${typeNames[issue.expected] ?? issue.expected}`);
};
