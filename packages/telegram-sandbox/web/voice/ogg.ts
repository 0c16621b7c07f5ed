// Ogg (RFC 3533) around Opus packets (RFC 7845): what Telegram accepts as a voice message.

export const opusRate = 48_000;
export const samplesPerPacket = 960;

/** One 20 ms packet of digital silence, valid Opus without any encoder. */
export const silentPacket: Uint8Array = Uint8Array.of(0xf8, 0xff, 0xfe);

const preSkip = 312;
const packetsPerPage = 50;
const firstPage = 2;
const lastPage = 4;

/** Wraps mono 20 ms Opus packets into an Ogg file. */
export function oggOpus(packets: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const pages: Uint8Array[] = [
    page({ packets: [opusHead()], sequence: 0, granule: 0, flags: firstPage }),
    page({ packets: [opusTags()], sequence: 1, granule: 0, flags: 0 }),
  ];
  for (let at = 0; at < packets.length; at += packetsPerPage) {
    const some = packets.slice(at, at + packetsPerPage);
    const isLast = at + packetsPerPage >= packets.length;
    pages.push(
      page({
        packets: some,
        sequence: pages.length,
        granule: (at + some.length) * samplesPerPacket,
        flags: isLast ? lastPage : 0,
      }),
    );
  }
  return join(pages);
}

function opusHead(): Uint8Array {
  const bytes = new Uint8Array(19);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('OpusHead'));
  view.setUint8(8, 1);
  view.setUint8(9, 1);
  view.setUint16(10, preSkip, true);
  view.setUint32(12, opusRate, true);
  return bytes;
}

function opusTags(): Uint8Array {
  const vendor = new TextEncoder().encode('sandbox');
  const bytes = new Uint8Array(16 + vendor.length);
  bytes.set(new TextEncoder().encode('OpusTags'));
  new DataView(bytes.buffer).setUint32(8, vendor.length, true);
  bytes.set(vendor, 12);
  return bytes;
}

interface PageContent {
  readonly packets: readonly Uint8Array[];
  readonly sequence: number;
  readonly granule: number;
  readonly flags: number;
}

function page({ packets, sequence, granule, flags }: PageContent): Uint8Array {
  const lacing = packets.flatMap((packet) => [
    ...Array<number>(Math.floor(packet.length / 255)).fill(255),
    packet.length % 255,
  ]);
  const head = new Uint8Array(27 + lacing.length);
  const view = new DataView(head.buffer);
  head.set(new TextEncoder().encode('OggS'));
  view.setUint8(5, flags);
  view.setBigUint64(6, BigInt(granule), true);
  view.setUint32(14, 1, true);
  view.setUint32(18, sequence, true);
  view.setUint8(26, lacing.length);
  head.set(lacing, 27);
  const bytes = join([head, ...packets]);
  new DataView(bytes.buffer).setUint32(22, oggChecksum(bytes), true);
  return bytes;
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The checksum of an Ogg page: CRC-32 with polynomial 04c11db7, not reflected, starting from 0. */
export function oggChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 0x8000_0000 ? (sum << 1) ^ 0x04c1_1db7 : sum << 1;
  }
  return sum >>> 0;
}
