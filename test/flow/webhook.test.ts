/** The other ways of running the program: updates pushed to a webhook, and messages sent in a single phase. */
import { afterEach, expect, test } from 'vitest';
import { startChannel, type Channel } from '../support/channel.js';
import { quiet } from '../support/listening.js';
import { liveWholeLife } from '../support/whole-life.js';

let channel: Channel | undefined;
afterEach(async () => {
  await channel?.stop();
  channel = undefined;
});

test('over a webhook the whole life of a case is the same, and nothing is polled', async () => {
  channel = await startChannel({ mode: 'webhook' });
  await liveWholeLife(channel);
  const methods = channel.sandbox.journal().map(({ method }) => method);
  expect(methods).toContain('setWebhook');
  expect(methods).not.toContain('getUpdates');
  await quiet(channel);
  expect((await channel.state()).deadLetters).toBe(0);
});

test('over a webhook in a single phase the whole life is the same, and no empty notice is ever sent', async () => {
  channel = await startChannel({ mode: 'webhook', sendMode: 'single' });
  await liveWholeLife(channel);
  expect(JSON.stringify(channel.sandbox.journal())).not.toContain('有新情况');
});

test('polling in a single phase the whole life is the same', async () => {
  channel = await startChannel({ sendMode: 'single' });
  await liveWholeLife(channel);
  expect(JSON.stringify(channel.sandbox.journal())).not.toContain('有新情况');
});
