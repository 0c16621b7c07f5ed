import { afterAll, beforeAll, test } from 'vitest';
import { startChannel, type Channel } from '../support/channel.js';
import { liveWholeLife } from '../support/whole-life.js';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
});
afterAll(async () => await channel.stop());

test('a case goes from the owner through duty, officer and commission to the survey and the archive', async () => {
  await liveWholeLife(channel);
});
