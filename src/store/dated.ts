import { trusted } from 'mongoose';

/**
 * Takes a field and bounds on it, gives the filter that a partial index of the documents in which it is a date can serve.
 * That it has to be a date is said once more: neither MongoDB nor the embedded store concludes it from a bound, and
 * without it they read the whole collection.
 */
export const dated = (field: string, bounds: Readonly<Record<string, Date>>) => ({
  $and: [{ [field]: trusted({ ...bounds }) }, { [field]: trusted({ $type: 'date' }) }],
});
