/** The case numbers in what somebody is shown, in their order. */
export const numbersIn = (text: string): readonly string[] => text.match(/ZT-\d{3}-\d{3}-\d{4}/g) ?? [];
