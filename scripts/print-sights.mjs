// Prints who sees what into docs/who-sees-what.md. Needs a build (npm run build).
import { writeFile } from 'node:fs/promises';
import { printSights } from '../dist/src/domain/print-sights.js';

const page = new URL('../docs/who-sees-what.md', import.meta.url);
await writeFile(page, printSights());
console.log('docs/who-sees-what.md');
