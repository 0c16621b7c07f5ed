import type { ChosenFile } from '../files/send-files.js';
import { oggOpus, opusRate, samplesPerPacket, silentPacket } from './ogg.js';

const bitrate = 24_000;
const mostPacketBytes = 1_275;

/** Mono sound (samples at 48 kHz) as an Ogg/Opus voice file; silence of the same length where the browser has no encoder. */
export async function voiceFile(samples: Float32Array<ArrayBuffer>): Promise<ChosenFile> {
  const packets = await encode(samples).catch(() => silence(samples.length));
  const file = new File([oggOpus(packets)], 'voice.ogg', { type: 'audio/ogg' });
  return { kind: 'voice', file, duration: Math.max(1, Math.round(samples.length / opusRate)) };
}

function silence(length: number): readonly Uint8Array[] {
  return Array<Uint8Array>(Math.max(1, Math.ceil(length / samplesPerPacket))).fill(silentPacket);
}

async function encode(samples: Float32Array<ArrayBuffer>): Promise<readonly Uint8Array[]> {
  const packets: Uint8Array[] = [];
  let fault: Error | undefined;
  const encoder = new AudioEncoder({
    output: (chunk) => {
      const packet = new Uint8Array(Math.min(chunk.byteLength, mostPacketBytes));
      chunk.copyTo(packet);
      packets.push(packet);
    },
    error: (error) => {
      fault = error;
    },
  });
  encoder.configure({ codec: 'opus', sampleRate: opusRate, numberOfChannels: 1, bitrate });
  const sound = new AudioData({
    format: 'f32',
    sampleRate: opusRate,
    numberOfFrames: samples.length,
    numberOfChannels: 1,
    timestamp: 0,
    data: samples,
  });
  encoder.encode(sound);
  sound.close();
  await encoder.flush();
  encoder.close();
  if (fault) throw fault;
  if (packets.length === 0) throw new Error('the encoder gave nothing');
  return packets;
}

/** Any sound the browser can play, as mono samples at 48 kHz. */
export async function decode(sound: Blob): Promise<Float32Array<ArrayBuffer>> {
  const context = new OfflineAudioContext({ numberOfChannels: 1, length: 1, sampleRate: opusRate });
  const buffer = await context.decodeAudioData(await sound.arrayBuffer());
  const mono = new Float32Array(buffer.length);
  for (let channel = 0; channel < buffer.numberOfChannels; channel += 1) {
    const data = buffer.getChannelData(channel);
    for (let at = 0; at < mono.length; at += 1)
      mono[at] = (mono[at] ?? 0) + (data[at] ?? 0) / buffer.numberOfChannels;
  }
  return mono;
}
