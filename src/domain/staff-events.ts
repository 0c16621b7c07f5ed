/** What can happen to people and departments. */
export const staffEvents = [
  'invite-made',
  'invite-joined',
  'invite-wrong',
  'invite-confirmed',
  'invite-refused',
  'grant-revoked',
  'department-added',
  'department-changed',
] as const;
export type StaffEvent = (typeof staffEvents)[number];
