import t from 'tap';
import { SandboxVideoHost, SANDBOX_FAILED, SANDBOX_QUEUED, SANDBOX_UPLOADING } from '../../../src/adapters/embedded/video-host.js';
import { videoHostContract } from '../../contracts/video-host.js';

videoHostContract('the sandbox', async () => new SandboxVideoHost());

t.test('a video of the sandbox is ready at once, and a title asks for another state; a restart forgets nothing', async (t) => {
  const statusOf = async (title: string) => {
    const { videoId } = await new SandboxVideoHost().createUpload({ title, key: 'a' });
    return new SandboxVideoHost().statusOf(videoId);
  };
  t.same(await statusOf('Fugues'), { state: 'ready' });
  t.same(await statusOf(SANDBOX_UPLOADING), { state: 'uploading' });
  t.same(await statusOf(SANDBOX_QUEUED), { state: 'other', word: 'Queued' });
  t.same(await statusOf(SANDBOX_FAILED), { state: 'failed' });
});

t.test('the same key is the same video', async (t) => {
  const host = new SandboxVideoHost();
  t.same(await host.createUpload({ title: 'One', key: 'a' }), await host.createUpload({ title: 'One', key: 'a' }));
});
