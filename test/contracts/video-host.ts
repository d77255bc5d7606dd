import { randomUUID } from 'node:crypto';
import t, { type Test } from 'tap';
import type { VideoHost } from '../../src/ports/video-host.js';

/** What every video host does that works. */
export const videoHostContract = (name: string, make: (t: Test) => Promise<VideoHost>): void => {
  t.test(`${name} keeps the VideoHost's contract`, async (t: Test) => {
    await t.test('an upload has all that a client needs', async (t) => {
      const { videoId, uploadUrl, uploadId, fields } = await (await make(t)).createUpload({ title: 'Fugues & more = 100 %?', key: randomUUID() });
      t.match(videoId, /^[A-Za-z0-9_-]{1,100}$/);
      t.equal(new URL(uploadUrl).protocol, 'https:');
      t.equal(fields['key'], uploadId);
    });

    await t.test('each upload is another video', async (t) => {
      const host = await make(t);
      const [one, other] = [await host.createUpload({ title: 'One', key: randomUUID() }), await host.createUpload({ title: 'One', key: randomUUID() })];
      t.not(one.videoId, other.videoId);
    });

    await t.test('a video that was made has a status, and another has none', async (t) => {
      const host = await make(t);
      const { videoId } = await host.createUpload({ title: 'Fugues', key: randomUUID() });
      t.match(await host.statusOf(videoId), { state: /^(uploading|ready)$/ });
      for (const unknown of ['unknown', '', '../../etc', 'a b/c?d=e', 'é'.repeat(50)]) t.equal(await host.statusOf(unknown), null, unknown);
    });
  });
};
