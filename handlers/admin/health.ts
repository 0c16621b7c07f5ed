/** The administrator sees counts, never content. */
import { plain } from '../../src/text/rich.js';
import { view } from '../../src/text/view.js';
import type { Feature, HandlerDeps } from '../turn.js';

export const health = ({ queries, deadLetters }: HandlerDeps): Feature => ({
  commands: {
    health: {
      roles: ['admin'],
      run: async (turn) => {
        const [{ cases, deliveries }, dead] = await Promise.all([queries.counts(), deadLetters()]);
        const { text } = turn.reader;
        const counted = (counts: Readonly<Record<string, number>>): string =>
          Object.entries(counts)
            .map(
              ([name, count]) =>
                `${name in text.words.state ? text.words.state[name as keyof typeof text.words.state] : name} ${count}`,
            )
            .join(' · ') || '—';
        await turn.send(
          view(
            plain(text.health({ cases: counted(cases), deliveries: counted(deliveries), deadLetters: dead })),
          ),
        );
      },
    },
  },
});
