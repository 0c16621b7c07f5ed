import type { Text } from '../text/text.js';
import { voiceFile } from '../voice/encode.js';
import { opusRate } from '../voice/ogg.js';
import type { ChosenFile } from './send-files.js';

const photoWidth = 960;
const photoHeight = 640;

/** A drawn picture with the time on it, so that two samples are never the same file. */
export async function samplePhoto(text: Text): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = photoWidth;
  canvas.height = photoHeight;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('this browser cannot draw');
  drawFactory(pen);
  pen.fillStyle = '#fff';
  pen.font = '600 34px sans-serif';
  pen.fillText(text.attach.samplePhotoText, 32, 56);
  pen.font = '24px sans-serif';
  pen.fillText(new Date().toLocaleString(text.locale), 32, 94);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
  if (!blob) throw new Error('this browser cannot make a picture');
  return new File([blob], 'sample.jpg', { type: 'image/jpeg' });
}

function drawFactory(pen: CanvasRenderingContext2D): void {
  const sky = pen.createLinearGradient(0, 0, 0, photoHeight);
  sky.addColorStop(0, '#2f6ea8');
  sky.addColorStop(1, '#f3c98b');
  pen.fillStyle = sky;
  pen.fillRect(0, 0, photoWidth, photoHeight);
  pen.fillStyle = '#3c4a57';
  for (const left of [120, 300, 480, 660]) {
    pen.beginPath();
    pen.moveTo(left, 420);
    pen.lineTo(left, 300);
    pen.lineTo(left + 180, 360);
    pen.lineTo(left + 180, 420);
    pen.fill();
  }
  pen.fillRect(120, 410, 720, 150);
  pen.fillRect(740, 180, 44, 240);
  pen.fillStyle = '#ffe3a1';
  for (let left = 160; left < 800; left += 80) pen.fillRect(left, 450, 44, 40);
  pen.fillStyle = '#26303a';
  pen.fillRect(0, 560, photoWidth, 80);
}

export function sampleDocument(text: Text): File {
  return new File([text.attach.sampleBody], text.attach.sampleName, { type: 'text/plain' });
}

/** Three soft notes, three seconds. */
export async function sampleVoice(): Promise<ChosenFile> {
  const notes = [392, 494, 587];
  const samples = new Float32Array(3 * opusRate);
  for (let at = 0; at < samples.length; at += 1) {
    const second = Math.floor(at / opusRate);
    const within = (at % opusRate) / opusRate;
    const pitch = notes[second] ?? 440;
    samples[at] = 0.25 * Math.sin(2 * Math.PI * pitch * (at / opusRate)) * Math.sin(Math.PI * within);
  }
  return voiceFile(samples);
}
