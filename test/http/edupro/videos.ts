import type { Part } from '../users/form.js';

const ftyp = (brand: string): Buffer => Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}`), Buffer.from([0, 0, 2, 0]), Buffer.from(`${brand}iso2`)]);

/** The beginnings of videos, which tell what they are. */
export const videos = {
  mp4: ftyp('isom'),
  mov: ftyp('qt  '),
  webm: Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84]), Buffer.from('webm'), Buffer.alloc(64)]),
} as const;

/** An MP4 of so many bytes, whose every byte beyond the head tells its place. */
export const videoOf = (bytes: number): Buffer => {
  const rest = Buffer.alloc(bytes - videos.mp4.length);
  for (let place = 0; place < rest.length; place += 1) rest[place] = (place + videos.mp4.length) % 251;
  return Buffer.concat([videos.mp4, rest]);
};

export const videoPart = (content: Uint8Array, filename = 'trailer.mp4'): Part => ({ content, filename, type: 'video/mp4' });
