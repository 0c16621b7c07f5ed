/** What people heard, and when nothing more is under way: for tests that say who was told, and who was not. */
import type { TestPerson } from 'telegram-sandbox';
import { expect } from 'vitest';
import type { Channel } from './channel.js';

/** Resolves when every update, case and delivery has been dealt with: whoever was to be told has been told. */
export async function quiet(channel: Channel, timeout = 20_000): Promise<void> {
  await expect
    .poll(async () => await underWay(channel), { timeout, interval: 10 })
    .toBe('nothing is under way');
}

/** Resolves when every update has been dealt with, whatever still goes out. */
export async function heardOut(channel: Channel): Promise<void> {
  const inbox = channel.connection().collection('inbox');
  const waits = async (): Promise<number> =>
    channel.sandbox.pendingUpdates().length + (await inbox.countDocuments({ state: 'new' }));
  await expect.poll(waits, { timeout: 60_000, interval: 5 }).toBe(0);
}

/** Looks along the way news takes; each stage is stored before the one before it is cleared. */
async function underWay(channel: Channel): Promise<string> {
  const store = channel.connection();
  if (channel.sandbox.pendingUpdates().length > 0) return 'updates at Telegram';
  if ((await store.collection('inbox').countDocuments({ state: 'new' })) > 0) return 'updates in the inbox';
  const unrouted = { state: 'filed', proposal: null };
  if ((await store.collection('cases').countDocuments(unrouted)) > 0) return 'cases to be routed';
  if ((await store.collection('cases').countDocuments({ relayAt: { $exists: true } })) > 0) return 'outboxes';
  if ((await store.collection('deliveries').countDocuments({ state: 'pending' })) > 0) return 'deliveries';
  return 'nothing is under way';
}

/** The first phase of news: nothing of its content yet. */
export const isNotice = (text: string): boolean => text.startsWith('🔔');

/** The first lines of the messages a person got since a mark, as he first read them; edits of older ones are no news. */
export function heard(person: TestPerson, since = 0): readonly string[] {
  const shown = person.history().filter(({ by, seq }) => by === 'bot' && seq > since);
  return shown
    .filter(({ kind }) => kind === 'new')
    .map(({ messageId }) => {
      const versions = shown.filter((one) => one.messageId === messageId && one.kind !== 'delete');
      const content = versions.find(({ text }) => !isNotice(text)) ?? versions[0];
      return content?.text.split('\n')[0] ?? '';
    });
}

/** Everything a person could ever read, every version of every message and button, as one text. */
export const everSeen = (person: TestPerson): string =>
  person
    .history()
    .filter(({ by }) => by === 'bot')
    .map(({ text, buttons }) => [text, ...buttons].join('\n'))
    .join('\n');
