// Runs before `npm start`, `npm test`, `npm run bench` and `npm run chaos`: makes a bare machine ready. Node's own modules only,
// for nothing else may be there yet. What is ready already costs a few milliseconds.
import { ensureBuild } from './prepare/build.mjs';
import { ensureDependencies } from './prepare/dependencies.mjs';
import { ensureRedis } from './prepare/redis.mjs';
import { CannotPrepare, logFile, say } from './prepare/progress.mjs';

const oldestNode = [20, 12];

const checkNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new CannotPrepare(
    `This needs Node ${oldestNode.join('.')} or later; here is ${process.versions.node}.`,
  );
};

try {
  const purpose = process.argv[2] === 'test' ? 'test' : 'start';
  checkNode();
  await ensureDependencies();
  // Tests and benchmarks run on a redis-server of their own, whatever REDIS_URL says.
  if (purpose === 'test' || !process.env.REDIS_URL) await ensureRedis();
  await ensureBuild();
} catch (error) {
  if (!(error instanceof CannotPrepare)) throw error;
  say(`\n✗ ${error.message}`);
  if (error.output) say(`\n${error.output}\n\nThe whole output is in ${logFile}`);
  process.exitCode = 1;
}
