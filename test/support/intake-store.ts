import { createSeal } from '../../src/seal.js';
import { createLog } from '../../src/log.js';
import { connectStore, ensureIndexes } from '../../src/store/connect.js';
import { createInbox } from '../../src/store/inbox.js';
import { createLaneLeases } from '../../src/store/lanes.js';
import { createLanes, type LanesOptions } from '../../src/telegram/lanes.js';
import { freshServices } from './services.js';

export const botId = 424_242;
export const quiet = createLog('silent');
const seal = createSeal({ dataKey: Buffer.alloc(32, 3) });

export type Replica = Awaited<ReturnType<typeof openIntakeStore>>['replicas'][number];

/** A database of its own with as many replicas of the way in as asked for, each on a connection of its own. */
export const openIntakeStore = async ({ replicas: count = 1, leaseMs = 10_000 } = {}) => {
  const { mongoUri } = freshServices();
  const open = async () => {
    const connection = await connectStore(mongoUri, { log: quiet });
    const inbox = createInbox(connection, seal);
    const leases = createLaneLeases(connection, { leaseMs });
    return { connection, inbox, leases };
  };
  const replicas = await Promise.all(Array.from({ length: count }, open));
  const [first] = replicas;
  if (first === undefined) throw new Error('at least one replica');
  await ensureIndexes(first.connection);
  const started: { stop(limitMs?: number): Promise<void> }[] = [];
  return {
    ...first,
    replicas,
    /** Lanes over a replica, with nobody to tell unless told otherwise; stopped by `close`. */
    startLanes(
      replica: Pick<LanesOptions, 'inbox' | 'leases'>,
      options: Pick<LanesOptions, 'handle'> & Partial<LanesOptions>,
    ) {
      const lanes = createLanes({ onDead: () => Promise.resolve(), log: quiet, ...replica, ...options });
      started.push(lanes);
      return lanes;
    },
    rows: () => first.connection.collection('inbox').find().toArray(),
    async close() {
      await Promise.all(started.map((lanes) => lanes.stop(1_000)));
      await Promise.all(replicas.map(({ connection }) => connection.close()));
    },
  };
};

/** A message of a person, in a private chat unless a group is given. */
export const messageFrom = (
  person: number,
  updateId: number,
  { group, text = `text ${updateId}` }: { readonly group?: number; readonly text?: string } = {},
) => ({
  updateId,
  lanes: group === undefined ? [person] : [group, person],
  update: {
    update_id: updateId,
    message: { message_id: updateId, date: 0, from: { id: person }, chat: { id: group ?? person }, text },
  },
});

/** A promise with its end in hand. */
export const gate = () => {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
};
