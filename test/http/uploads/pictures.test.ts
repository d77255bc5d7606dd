import t from 'tap';
import { orientationIn } from '../../../src/http/uploads/pictures/orientation.js';
import { cutPicture } from '../../../src/http/uploads/pictures/index.js';
import { described, pictures } from '../users/pictures.js';

/** The Exif data of a picture, wherever its format has it. */
const exifIn = (picture: Buffer): Buffer => picture.subarray(Math.max(picture.indexOf('MM\0*', 0, 'latin1'), picture.indexOf('II*\0', 0, 'latin1')));

for (const [extension, picture] of Object.entries(described)) {
  t.test(`issue 9.31: of a ${extension}, orientation and colour are left of what it says about itself`, async (t) => {
    t.match(picture.toString('latin1'), /SECRET/);
    const cut = cutPicture(extension, picture);
    t.match(cut, { width: 8, height: 4 });
    const content = cut?.content ?? Buffer.alloc(0);
    t.notMatch(content.toString('latin1'), /SECRET|xmpmeta/);
    t.ok(content.length < picture.length);
    t.ok(cutPicture(extension, content)?.content.equals(content), 'nothing is left to be cut');
    if (extension === 'gif') {
      t.match(content.toString('latin1'), /NETSCAPE2\.0/, 'it repeats');
    } else {
      t.equal(orientationIn(exifIn(content)), 6);
      // In a PNG the profile is packed.
      t.match(content.toString('latin1'), extension === 'png' ? /iCCP/ : /COLOUR/);
    }
  });

  t.test(`issue 9.31: of a ${extension}, nothing is taken that is not whole`, async (t) => {
    const accepted = Array.from({ length: picture.length }, (_, length) => length).filter((length) => cutPicture(extension, picture.subarray(0, length)) !== undefined);
    t.same(accepted, []);
    const trailing = Buffer.concat([picture, Buffer.from('SECRET')]);
    t.ok(cutPicture(extension, trailing)?.content.equals(cutPicture(extension, picture)?.content ?? Buffer.alloc(0)), 'what follows the end goes');
  });

  t.test(`issue 9.31: a ${extension} with any byte changed is cut or refused, never a failure`, async (t) => {
    for (let place = 0; place < picture.length; place += 1) {
      for (const value of [0x00, 0x7f, 0xff]) {
        const damaged = Buffer.from(picture);
        damaged[place] = value;
        cutPicture(extension, damaged);
      }
    }
    t.pass();
  });
}

t.test('issue 9.31: a picture without notes stays as it is', async (t) => {
  for (const [extension, picture] of Object.entries(pictures)) t.ok(cutPicture(extension, picture)?.content.equals(picture), extension);
});

t.test('issue 9.31: of 200,000 notes none is left', async (t) => {
  const head = described.jpg.subarray(0, 2);
  const withNotes = (count: number): Buffer => Buffer.concat([head, ...Array.from({ length: count }, () => Buffer.from('fffe0004abcd', 'hex')), described.jpg.subarray(2)]);
  t.ok(cutPicture('jpg', withNotes(200_000))?.content.equals(cutPicture('jpg', described.jpg)?.content ?? Buffer.alloc(0)));
});
