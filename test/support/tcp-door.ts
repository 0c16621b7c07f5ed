/** A TCP port of this machine in front of something that listens on a socket file only. */
import { connect, createServer, type Socket } from 'node:net';

export interface TcpDoor {
  readonly port: number;
  /** Ends every line that is open, as a server that dies does. */
  readonly cut: () => void;
  /** Carries nothing more on the lines that are open and does not say so, as a way that forgets them does; new ones are served. */
  readonly hush: () => void;
  readonly close: () => Promise<void>;
}

export async function openTcpDoor(path: string): Promise<TcpDoor> {
  const open = new Map<Socket, Socket>();
  const server = createServer((outside) => {
    const inside = connect(path);
    open.set(outside, inside);
    outside.on('close', () => open.delete(outside));
    for (const end of [outside, inside])
      end.on('error', () => [outside, inside].forEach((one) => one.destroy()));
    outside.pipe(inside).pipe(outside);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const cut = () => {
    for (const socket of open.keys()) socket.destroy();
  };
  const hush = () => {
    for (const [outside, inside] of open) {
      // Not even that somebody hung up is noticed then.
      outside.unpipe(inside).pause();
      inside.unpipe(outside).pause();
      outside.once('close', () => inside.destroy());
    }
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut,
    hush,
    close: () =>
      new Promise((resolve) => {
        cut();
        server.close(() => resolve());
      }),
  };
}
