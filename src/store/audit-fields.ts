/** What a fact of the audit is made of, on its way into the chain and in it. */
export const factFields = {
  at: Date,
  what: String,
  by: String,
  role: String,
  departments: String,
  caseId: String,
  rev: Number,
  state: String,
  detail: String,
  count: Number,
} as const;
