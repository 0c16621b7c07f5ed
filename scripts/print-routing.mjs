// Prints how far the router's proposals agree with labelled reports; every disagreement is shown with its words.
// node scripts/print-routing.mjs [--misses] [file.json …]   Needs a build (npm run build).
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { classify } from '../dist/src/domain/routing/classify.js';

// Only fresh.json measures anything: all other sets, the samples too, lay open while the rules were written.
const sets = [
  'test/support/reports.json',
  ...['held-out', 'second', 'third', 'fourth', 'fresh'].map((name) => `test/unit/routing/${name}.json`),
];
const given = process.argv.slice(2);
const showMisses = given.includes('--misses');
const files = given.filter((argument) => !argument.startsWith('--'));

/** What is compared. A label without a track is of the service track, one without urgency is not judged for it. */
const fields = [
  ['kind', (proposal) => proposal.kind.value],
  ['track', (proposal) => proposal.track],
  ['urgent', (proposal) => proposal.urgent],
  ['domain', (proposal) => proposal.domain.value],
  ['conduct', (proposal) => proposal.conduct.value],
];

for (const file of files.length > 0 ? files : sets) {
  const labels = JSON.parse(await readFile(file, 'utf8')).map((label) => ({ track: 'service', ...label }));
  const results = labels.map((label) => ({ label, proposal: classify(label.text, { year: 2025 }) }));
  console.log(`\n${file}: ${labels.length} reports`);
  for (const [name, read] of fields) printField(name, read, results);
  const sealed = results.filter(({ label }) => label.track === 'integrity');
  const missed = sealed.filter(({ proposal }) => proposal.track !== 'integrity').length;
  const falselySealed = results.filter(
    ({ label, proposal }) => label.track !== 'integrity' && proposal.track === 'integrity',
  ).length;
  console.log(`  integrity: ${missed} of ${sealed.length} missed, ${falselySealed} falsely sealed`);
}

function printField(name, read, results) {
  const judged = results.filter(({ label }) => label[name] !== undefined);
  const wrong = judged.filter(({ label, proposal }) => read(proposal) !== label[name]);
  console.log(`  ${name.padEnd(8)} ${judged.length - wrong.length}/${judged.length}`);
  if (!showMisses) return;
  for (const { label, proposal } of wrong) {
    const words = proposal[name]?.because?.join(' · ') ?? proposal.urgentReason ?? '';
    console.log(`    ${label[name]} → ${read(proposal)} [${words}] ${label.text.slice(0, 70)}`);
  }
}
