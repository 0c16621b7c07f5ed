import type { Words } from '../model.js';
import { en, type Text } from './en.js';
import { zh } from './zh.js';

export type { Text } from './en.js';
export type Language = keyof Words;

export const languages: readonly Language[] = ['zh', 'en'];

export const texts: Readonly<Record<Language, Text>> = { zh, en };
