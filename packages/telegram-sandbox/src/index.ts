export { startSandbox, type JournalEntry, type Sandbox } from './sandbox.js';
export type { Limits, SandboxGroup, SandboxOptions, SandboxPerson } from './options.js';
export type {
  AlbumItem,
  FileRequest,
  Pattern,
  PressOptions,
  TestPerson,
  WaitOptions,
} from './people/test-person.js';
export type { ViewButton, ViewFile, ViewMessage } from './people/view.js';
export type { FaultRule, Faults } from './faults.js';
export type { CallbackAnswer } from './state/change.js';
export type { Shown } from './state/world.js';
