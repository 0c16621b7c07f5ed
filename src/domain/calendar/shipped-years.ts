import year2024 from './2024.json' with { type: 'json' };
import year2025 from './2025.json' with { type: 'json' };
import year2026 from './2026.json' with { type: 'json' };
import year2027 from './2027.json' with { type: 'json' };
import type { CalendarYear } from './calendar.js';

/** The years that come with the program: the announced ones, and the next one as far as the law fixes it. */
export const shippedYears: readonly CalendarYear[] = [year2024, year2025, year2026, year2027];
