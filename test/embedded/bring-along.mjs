// A program of its own that brings along what is missing and waits to be ended.
import { loadConfig } from '../../dist/src/config.js';
import { startEmbedded } from '../../dist/src/embedded/index.js';
import { createLog } from '../../dist/src/log.js';

try {
  const config = loadConfig(JSON.parse(process.argv[2]));
  const { stop, dataKey, ...found } = await startEmbedded({ config, log: createLog('silent') });
  process.send({ ...found, dataKey: dataKey.toString('base64') });
  process.on('SIGTERM', () => void stop().then(() => process.exit(0)));
} catch (error) {
  process.send({ words: [String(error)] });
  process.disconnect();
}
