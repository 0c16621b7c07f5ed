import { expect, test } from 'vitest';
import { oggChecksum, oggOpus, silentPacket } from '../../web/voice/ogg.js';

/** Reads an Ogg file back into its pages, by RFC 3533 alone. */
const readPages = (bytes: Uint8Array) => {
  const pages: { flags: number; granule: number; sequence: number; checksum: number; body: Uint8Array }[] =
    [];
  const view = new DataView(bytes.buffer);
  let at = 0;
  while (at < bytes.length) {
    expect(new TextDecoder().decode(bytes.subarray(at, at + 4))).toBe('OggS');
    const segments = bytes.subarray(at + 27, at + 27 + view.getUint8(at + 26));
    const start = at + 27 + segments.length;
    const end = start + segments.reduce((sum, size) => sum + size, 0);
    const whole = bytes.slice(at, end);
    whole.fill(0, 22, 26);
    expect(view.getUint32(at + 22, true)).toBe(oggChecksum(whole));
    pages.push({
      flags: view.getUint8(at + 5),
      granule: Number(view.getBigUint64(at + 6, true)),
      sequence: view.getUint32(at + 18, true),
      checksum: view.getUint32(at + 22, true),
      body: bytes.subarray(start, end),
    });
    at = end;
  }
  return pages;
};

test('the checksum is that of Ogg: CRC-32 of polynomial 04c11db7, not reflected, from zero', () => {
  // The check value of this CRC with zero start is 89a1897f for the nine digits.
  expect(oggChecksum(new TextEncoder().encode('123456789'))).toBe(0x89a1897f);
});

test('three seconds of packets become a valid Ogg/Opus file: head, tags, then sound that ends at three seconds', () => {
  const pages = readPages(oggOpus(Array.from({ length: 150 }, () => silentPacket)));
  expect(pages.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4]);
  expect(pages.map(({ flags }) => flags)).toEqual([2, 0, 0, 0, 4]);
  expect(new TextDecoder().decode(pages[0]?.body.subarray(0, 8))).toBe('OpusHead');
  expect(new TextDecoder().decode(pages[1]?.body.subarray(0, 8))).toBe('OpusTags');
  expect(pages.at(-1)?.granule).toBe(3 * 48_000);
});

test('a packet longer than a segment is laced, not cut', () => {
  const packet = Uint8Array.from({ length: 600 }, (_, at) => at % 256);
  expect(readPages(oggOpus([packet])).at(-1)?.body).toEqual(packet);
});
