import type { ChosenFile } from '../files/send-files.js';
import { decode, voiceFile } from './encode.js';

export interface Recording {
  /** Ends the recording and gives it as a voice file. */
  readonly finish: () => Promise<ChosenFile>;
  readonly discard: () => void;
}

/** Starts recording from the microphone; throws where there is none or the user refuses it. */
export async function startRecording(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream);
  const pieces: Blob[] = [];
  recorder.addEventListener('dataavailable', (event) => pieces.push(event.data));
  recorder.start();
  const release = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    finish: async () => {
      const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
      recorder.stop();
      await stopped;
      release();
      return voiceFile(await decode(new Blob(pieces, { type: recorder.mimeType })));
    },
    discard: () => {
      recorder.stop();
      release();
    },
  };
}
