/** The least a bot can do: telegraf as it comes, long polling, every text sent back. */
import { Telegraf } from 'telegraf';

export interface EchoOrder {
  readonly token: string;
  readonly apiRoot: string;
}

const { token, apiRoot } = JSON.parse(process.argv[2] ?? '{}') as EchoOrder;
process.on('disconnect', () => process.exit(0));
const bot = new Telegraf(token, { telegram: { apiRoot } });
bot.on('text', async (context) => await context.reply(context.message.text));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const usage = { cpuMs: (user + system) / 1_000, rssMb: process.memoryUsage.rss() / 2 ** 20 };
  process.send?.({ usage });
});
bot.launch().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
