// A program of its own that takes the lock on a data folder and keeps it until it is killed.
import { openDataFolder } from '../../dist/src/embedded/data-folder.js';
import { lockDataFolder } from '../../dist/src/embedded/data-lock.js';

try {
  await lockDataFolder(await openDataFolder(process.argv[2]));
  process.send({ held: true, words: '' });
} catch (error) {
  process.send({ held: false, words: String(error) });
}
// The lock alone does not keep a program running.
setInterval(() => undefined, 60_000);
