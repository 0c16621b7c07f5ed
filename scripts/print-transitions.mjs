// Prints the transition table into docs/states.md. Needs a build (npm run build).
import { writeFile } from 'node:fs/promises';
import { printTransitions } from '../dist/src/domain/transitions/print-table.js';
import { transitions } from '../dist/src/domain/transitions/table.js';

const page = new URL('../docs/states.md', import.meta.url);
await writeFile(page, printTransitions(transitions));
console.log(`docs/states.md: ${transitions.length} transitions`);
