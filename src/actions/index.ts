import { answerOnce } from './answer-once.js';
import { answerCase } from './forms/answer-case.js';
import { answerForm } from './forms/answer-form.js';
import { beginForm } from './forms/begin-form.js';
import { cancelForm } from './forms/cancel-form.js';
import { fileFor } from './forms/file-for.js';
import { fileReport } from './forms/file-report.js';
import { resumeForm } from './forms/resume-form.js';
import { sendAlsoFile, sendForm } from './forms/send-form.js';
import { alarmAdmins } from './alarm-admins.js';
import { checkFile } from './check-file.js';
import { changeCase } from './change-case.js';
import type { ActionDeps } from './deps.js';
import { changeRules } from './change-rules.js';
import { readSentText } from './read-text-file.js';
import { confirmImport, readImport } from './import-cases.js';
import { importCalendar } from './import-calendar.js';
import { forgetPerson } from './forget-person.js';
import { forgetQuestion } from './forget-question.js';
import { exclude } from './exclude.js';
import { importOrganisation } from './import-organisation.js';
import { invites } from './invites.js';
import { joinCases } from './join-cases.js';
import { continuesRefused } from './continues-refused.js';
import { knowPerson } from './know-person.js';
import { manageOrganisation } from './manage-organisation.js';
import { maskReport } from './mask-report.js';
import { moveClock } from './move-clock.js';
import { publishRanking } from './publish-ranking.js';
import { keepCurrent } from './refresh-later.js';
import { relayCase } from './relay-case.js';
import { reviveDeadLetters } from './revive-dead-letters.js';
import { routeCase } from './route-case.js';
import { showCard } from './show-card.js';
import { startSchedules } from './run-schedules.js';
import { sweep } from './sweep.js';
import { takeOver } from './take-over.js';

export type Actions = ReturnType<typeof createActions>;

/** Everything that can change something. */
export const createActions = (deps: ActionDeps) => ({
  ...knowPerson(deps),
  beginForm: beginForm(deps),
  answerForm: answerForm(deps),
  answerCase: answerCase(deps),
  cancelForm: cancelForm(deps),
  continuesRefused: continuesRefused(deps),
  checkFile: checkFile(deps),
  sendForm: sendForm(deps),
  sendAlsoFile: sendAlsoFile(deps),
  resumeForm: resumeForm(deps),
  fileReport: fileReport(deps),
  fileFor: fileFor(deps),
  readImport: readImport(deps),
  confirmImport: confirmImport(deps),
  answerOnce: answerOnce(deps),
  changeCase: changeCase(deps),
  importCalendar: importCalendar(deps),
  changeRules: changeRules(deps),
  readSentText: readSentText(deps),
  joinCases: joinCases(deps),
  maskReport: maskReport(deps),
  exclude: exclude(deps),
  invites: invites(deps),
  manageOrganisation: manageOrganisation(deps),
  showCard: showCard(deps),
  keepCurrent: keepCurrent(deps),
  relayCase: relayCase(deps),
  routeCase: routeCase(deps),
  reviveDeadLetters: reviveDeadLetters(deps),
  alarmAdmins: alarmAdmins(deps),
  takeOver: takeOver(deps),
  startSchedules: startSchedules(deps),
  sweep: sweep(deps),
  moveClock: moveClock(deps),
  rememberSearch: deps.store.searches.remember,
  importOrganisation: importOrganisation(deps),
  publishRanking: publishRanking(deps),
  forgetPerson: forgetPerson(deps),
  forgetDrafts: deps.store.drafts.eraseOpenOf,
  forgetQuestion: forgetQuestion(deps),
});
