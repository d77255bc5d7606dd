import { Buffer } from 'node:buffer';
import type { Part } from './form.js';

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const png = Buffer.from(pixel, 'base64');

export const pictures = {
  png,
  jpg: Buffer.from(
    [
      'ffd8ffe000104a46494600010100000100010000ffdb0043001b12141714111b1716171e1c1b2028422b28252528513a3d3042605565645f555d5b6a7899816a7190735b5d85',
      'b586909ea3abadab6780bcc9baa6c799a8aba4ffc0000b080001000101011100ffc40014000100000000000000000000000000000004ffc40014100100000000000000000000',
      '000000000000ffda0008010100003f003bffd9',
    ].join(''),
    'hex',
  ),
  gif: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
  webp: Buffer.from('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=', 'base64'),
} as const;

/** With a text in a part that stays: the names of its colours. */
export const marked = (text: string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const palette = Buffer.concat([length, Buffer.from(`sPLT${text}`), Buffer.alloc(4)]);
  const end = png.length - 12;
  return Buffer.concat([png.subarray(0, end), palette, png.subarray(end)]);
};

/** As a program for Windows begins. */
export const program = Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0', 'latin1'), Buffer.alloc(200)]);

/** A picture of that many bytes. */
export const pictureOf = (bytes: number): Buffer => Buffer.concat([png, Buffer.alloc(bytes - png.length)]);

export const avatar = (content: Uint8Array = png, filename = 'avatar.png', type = 'image/png'): Part => ({ content, filename, type });

/** Eight pixels by four, with the names of people and places in all the notes that the format has, a colour profile, and turned to the right. */
export const described = {
  png: Buffer.from(
    [
      'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAECAIAAAA8r+mnAAAAIGlDQ1BJQ0MgUHJvZmlsZQAAeJxz9vfxDw1yRiIZsAAAoWAFfaAxxT8AAAASdEVYdENvbW1lbnQAU0VDUkVUVEVYVGR9',
      '/8UAAABoZVhJZk1NACoAAAAIAAMBDgACAAAACwAAADIBEgADAAAAAQAGAACIJQAEAAAAAQAAAD4AAAAAU0VDUkVUTkFNRQAAAAIAAQACAAAAAk4AAAAAHQACAAAACwAAAFwAAAAAU0VD',
      'UkVUR1BTMQAAsBsy3gAAABRJREFUeJxjPMHFxYANMGEVJUsCAFbqAOSNn2S3AAAAAElFTkSuQmCC',
    ].join(''),
    'base64',
  ),
  jpg: Buffer.from(
    [
      '/9j/4AAQSkZJRgABAQAAAQABAAD/4QBwRXhpZgAATU0AKgAAAAgAAwEOAAIAAAALAAAAMgESAAMAAAABAAYAAIglAAQAAAABAAAAPgAAAABTRUNSRVROQU1FAAAAAgABAAIAAAACTgAA',
      'AAAdAAIAAAALAAAAXAAAAABTRUNSRVRHUFMxAAD/4QBYaHR0cDovL25zLmFkb2JlLmNvbS94YXAvMS4wLwA8eDp4bXBtZXRhIHhtbG5zOng9ImFkb2JlOm5zOm1ldGEvIj5TRUNSRVRY',
      'TVA8L3g6eG1wbWV0YT7/4gA2SUNDX1BST0ZJTEUAAQFDT0xPVVJDT0xPVVJDT0xPVVIAAAAAAAAAAAAAAAAAAAAAAAAAAP/+AA9TRUNSRVRDT01NRU5U/9sAQwAbEhQXFBEbFxYXHhwb',
      'IChCKyglJShROj0wQmBVZWRfVV1baniZgWpxkHNbXYW1hpCeo6utq2eAvMm6pseZqKuk/8AACwgABAAIAQERAP/EABQAAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAA',
      'AAAA/9oACAEBAAA/ADX/2Q==',
    ].join(''),
    'base64',
  ),
  gif: Buffer.from(
    [
      'R0lGODlhCAAEAIEAAMgKCgAAAAAAAAAAACH/C05FVFNDQVBFMi4wAwEAAAAh/g1TRUNSRVRDT01NRU5UACwAAAAACAAEAAAIDAABCBxIsKDBgwQDAgAh+QQBAAABACwAAAAACAAEAIEA',
      'APoAAAAAAAAAAAAIDAABCBxIsKDBgwQDAgA7',
    ].join(''),
    'base64',
  ),
  webp: Buffer.from(
    [
      'UklGRi4BAABXRUJQVlA4WAoAAAAsAAAABwAAAwAASUNDUCYAAABDT0xPVVJDT0xPVVJDT0xPVVIAAAAAAAAAAAAAAAAAAAAAAAAAAFZQOCAwAAAA0AEAnQEqCAAEAAFAJiWgAnS6AfgA',
      'A7AA/vYTX/4s5GI7PN/+BO/AnfgTv/AAAAAARVhJRmgAAABNTQAqAAAACAADAQ4AAgAAAAsAAAAyARIAAwAAAAEABgAAiCUABAAAAAEAAAA+AAAAAFNFQ1JFVE5BTUUAAAACAAEAAgAA',
      'AAJOAAAAAB0AAgAAAAsAAABcAAAAAFNFQ1JFVEdQUzEAAFhNUCA5AAAAPHg6eG1wbWV0YSB4bWxuczp4PSJhZG9iZTpuczptZXRhLyI+U0VDUkVUWE1QPC94OnhtcG1ldGE+AA==',
    ].join(''),
    'base64',
  ),
} as const;

/** A picture that says of itself that it is as large. */
export const pngOfSize = (width: number, height: number): Buffer => {
  const picture = Buffer.from(png);
  picture.writeUInt32BE(width, 16);
  picture.writeUInt32BE(height, 20);
  return picture;
};
