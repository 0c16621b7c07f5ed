// A program of its own that starts the private redis-server and waits to be killed.
import { startRedis } from '../../dist/src/embedded/redis.js';

const silent = { debug() {}, info() {}, warn() {}, error() {}, fatal() {}, child: () => silent };
const place = JSON.parse(process.argv[2]);
const { path, password } = await startRedis({ ...place, log: silent });
process.send({ path, password });
