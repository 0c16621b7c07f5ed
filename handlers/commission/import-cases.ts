/** A duty officer sends a table of cases: a preview with what is wrong, then all of them or none (rules §2, file-for). */
import { cut, lines, bold } from '../../src/text/rich.js';
import { view } from '../../src/text/view.js';
import type { Feature, HandlerDeps } from '../turn.js';

const shownErrors = 20;
const shownRows = 5;

export const importCases = ({ actions }: HandlerDeps): Feature => ({
  commands: {
    import: {
      roles: ['duty'],
      run: async (turn) => void (await turn.send(view(lines(turn.reader.text.importing.how)))),
    },
  },
  words: async (turn, input) => {
    if (turn.viewer.role !== 'duty' || input.type !== 'file' || input.file.fileId === undefined) return false;
    if (!/\.csv$/i.test(input.file.name ?? '')) return false;
    const { importing, buttons } = turn.reader.text;
    const found = await actions.readImport(turn.person, input.file.fileId);
    if (!found.ok) {
      await turn.send(view(lines(importing[found.why])));
      return true;
    }
    const { rows, errors } = found.read;
    if (found.importId === null) {
      const wrong = errors
        .slice(0, shownErrors)
        .map(({ line, what }) => importing.wrong({ line, what: importing.reasons[what] }));
      await turn.send(view(lines(bold(importing.errors(errors.length)), ...wrong)));
      return true;
    }
    const first = rows.slice(0, shownRows).map((row) => cut(`• ${row.enterprise}: ${row.text}`, 80));
    await turn.send(
      view(lines(bold(importing.preview(rows.length)), ...first, rows.length > shownRows ? '…' : null), [
        [{ label: buttons.send, press: { action: 'import', id: found.importId } }],
      ]),
    );
    return true;
  },
  presses: {
    import: async (turn, press) => {
      const { importing } = turn.reader.text;
      if (turn.viewer.role !== 'duty') return await turn.deny();
      const filed = await actions.confirmImport(turn.person, press.id ?? '', turn.causeId);
      await turn.show(view(lines(filed === null ? importing.forgotten : importing.done(filed))));
    },
  },
});
