/** Lines to the document store that end in the middle of everything (fault 2): whatever was asked is answered. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { connectStore } from '../../src/store/connect.js';
import { quiet } from '../support/intake-store.js';
import { freshServices } from '../support/services.js';
import { openTcpDoor } from '../support/tcp-door.js';

test('a question asked in any moment of a line’s end comes back: with an answer, or as trouble that passes', async () => {
  const { mongoUri } = freshServices();
  const [, path = ''] = /^mongodb:\/\/([^/?]+)/.exec(mongoUri) ?? [];
  const door = await openTcpDoor(decodeURIComponent(path));
  const connection = await connectStore(mongoUri.replace(path, `127.0.0.1:${door.port}`), { log: quiet });
  const ask = async (): Promise<string> => {
    try {
      await connection.db?.command({ ping: 1 });
      return 'answered';
    } catch (error) {
      return error instanceof Error ? error.name : 'no error';
    }
  };
  const asked: Promise<string>[] = [];
  for (let round = 0; round < 8; round += 1) {
    await expect.poll(ask).toBe('answered');
    door.cut();
    for (let moment = 0; moment < 12; moment += 1) {
      asked.push(ask());
      await nextTurn();
    }
  }
  const heard = new Set(await Promise.all(asked));
  heard.delete('answered');
  expect(heard.size).toBeGreaterThan(0);
  for (const name of heard) expect(name).toMatch(/^Mongo(Network|PoolCleared|ServerSelection)/);

  await connection.close();
  await door.close();
}, 30_000);
