import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import t, { type Test } from 'tap';
import { FileTooLarge, type FileStore, type ListedFile, type StoredFile } from '../../src/ports/file-store.js';

/** `isFolder`: the server keeps objects in folders, where no key can lie below another one. */
export const fileStoreContract = (name: string, make: (t: Test) => Promise<FileStore>, { isFolder = false } = {}): void => {
  t.test(`${name} keeps the FileStore's contract`, async (t: Test) => {
    const text = (content: string): Uint8Array => Buffer.from(content);
    const read = async (files: FileStore, key: string): Promise<string | undefined> => {
      const file = await files.get(key);
      return file === undefined ? undefined : (await buffer(file.content)).toString();
    };

    await t.test('what is put is got, with its type and size', async (t) => {
      const files = await make(t);
      const options = { contentType: 'application/pdf', disposition: 'attachment; filename="a.pdf"' };
      const stored = await files.put('invoices/a.pdf', text('hello'), options);
      t.match(stored, { key: 'invoices/a.pdf', ...options, size: 5, etag: /^"[^"]+"$/ });
      const { content, ...file } = (await files.get('invoices/a.pdf')) ?? { content: Readable.from([]) };
      t.same(file, stored);
      t.same(await files.stat('invoices/a.pdf'), stored);
      t.equal((await buffer(content)).toString(), 'hello');
    });

    await t.test('a part is got, with the size of the whole; of a file can be told what it is without it', async (t) => {
      const files = await make(t);
      const stored = await files.put('a', text('0123456789'), { contentType: 'text/plain' });
      t.same(await files.stat('a'), stored);
      t.equal(await files.stat('b'), undefined);
      for (const [first, last, expected] of [[0, 0, '0'], [3, 5, '345'], [0, 9, '0123456789'], [9, 9, '9']] as const) {
        const part = await files.get('a', { first, last });
        t.equal(part?.size, 10);
        t.equal((await buffer(part?.content ?? Readable.from([]))).toString(), expected);
      }
    });

    await t.test('a stream is stored as it comes, also an empty one', async (t) => {
      const files = await make(t);
      const chunks = Array.from({ length: 300 }, (_, index) => Buffer.alloc(10_000, index % 256));
      await files.put('big', Readable.from(chunks), { contentType: 'application/octet-stream' });
      const big = await files.get('big');
      t.equal(big?.size, 3_000_000);
      t.ok((await buffer(big?.content ?? Readable.from([]))).equals(Buffer.concat(chunks)));
      await files.put('empty', Readable.from([]), { contentType: 'text/plain' });
      t.equal(await read(files, 'empty'), '');
    });

    await t.test('a second put replaces content and type', async (t) => {
      const files = await make(t);
      await files.put('a', text('one'), { contentType: 'text/plain' });
      await files.put('a', text('second'), { contentType: 'text/html' });
      t.equal(await read(files, 'a'), 'second');
      const { contentType, size } = await files.put('a', text('3'), { contentType: 'text/css' });
      t.same({ contentType, size }, { contentType: 'text/css', size: 1 });
    });

    await t.test('the tag is another one for other content, and the same for as long as it stays', async (t) => {
      const files = await make(t);
      const one = await files.put('a', text('one'), { contentType: 'text/plain' });
      t.equal((await files.stat('a'))?.etag, one.etag);
      const part = await files.get('a', { first: 1, last: 1 });
      part?.content.destroy();
      t.equal(part?.etag, one.etag);
      const other = await files.put('a', text('two'), { contentType: 'text/plain' });
      t.not(other.etag, one.etag);
      t.equal((await files.stat('a'))?.etag, other.etag);
    });

    await t.test('a type with parameters is kept as it is', async (t) => {
      const files = await make(t);
      await files.put('a', text('x'), { contentType: 'image/png; metadata=none' });
      t.equal((await files.stat('a'))?.contentType, 'image/png; metadata=none');
      t.notOk('disposition' in ((await files.stat('a')) ?? {}));
    });

    await t.test('files are listed in the order of their keys, all or those of a folder, with size and time', async (t) => {
      const files = await make(t);
      const listed = async (folder?: string): Promise<ListedFile[]> => {
        const found: ListedFile[] = [];
        for await (const file of files.list(folder)) found.push(file);
        return found;
      };
      t.same(await listed(), []);
      const before = Date.now();
      const outer = isFolder ? [] : ['b'];
      for (const key of ['b/two', ...outer, 'a/1', 'b-side/x', 'b/one/deep', 'c']) await files.put(key, text(key), { contentType: 'text/plain' });
      await files.delete('c');
      t.same((await listed()).map(({ key, size }) => [key, size]), ['a/1', ...outer, 'b-side/x', 'b/one/deep', 'b/two'].map((key) => [key, key.length]));
      t.same((await listed('b')).map(({ key }) => key), ['b/one/deep', 'b/two']);
      t.same(await listed('c'), []);
      // Clocks of servers and file systems count in seconds or coarse ticks.
      for (const { modifiedAt } of await listed()) t.ok(modifiedAt.getTime() > before - 5_000 && modifiedAt.getTime() < Date.now() + 5_000);
      await t.rejects(listed('../a'), RangeError);
    });

    await t.test('it says that it can be used', async (t) => {
      await t.resolves((await make(t)).check());
    });

    await t.test('content that nobody reads to its end holds nothing up', async (t) => {
      const files = await make(t);
      await files.put('a', Buffer.alloc(3_000_000), { contentType: 'text/plain' });
      for (let round = 0; round < 120; round += 1) (await files.get('a'))?.content.destroy();
      t.equal((await files.stat('a'))?.size, 3_000_000);
    });

    await t.test('of writers of one key one wins, whole', async (t) => {
      const files = await make(t);
      const puts = await Promise.all(['1', '22', '333', '4444'].map((content): Promise<StoredFile> => files.put('a', text(content), { contentType: 'text/plain' })));
      const kept = await files.stat('a');
      t.ok(puts.some(({ size, etag }) => size === kept?.size && etag === kept.etag));
      t.equal((await read(files, 'a'))?.length, kept?.size);
    });

    await t.test('keys may be nested below another key', { skip: isFolder }, async (t) => {
      const files = await make(t);
      await files.put('a', text('outer'), { contentType: 'text/plain' });
      await files.put('a/b', text('inner'), { contentType: 'text/plain' });
      t.same([await read(files, 'a'), await read(files, 'a/b')], ['outer', 'inner']);
    });

    await t.test('too large a file is refused and leaves what was there before', async (t) => {
      const files = await make(t);
      const endless = Readable.from((function* () { for (;;) yield Buffer.alloc(1_000); })());
      await t.rejects(files.put('a', endless, { contentType: 'text/plain', maxBytes: 5_000 }), FileTooLarge);
      t.equal(await files.get('a'), undefined);
      await files.put('a', text('12345'), { contentType: 'text/plain', maxBytes: 5 });
      await t.rejects(files.put('a', text('123456'), { contentType: 'text/plain', maxBytes: 5 }), FileTooLarge);
      t.equal(await read(files, 'a'), '12345');
    });

    await t.test('a source that fails leaves nothing', async (t) => {
      const files = await make(t);
      const failingAfter = (bytes: number): Readable => Readable.from((function* () { yield Buffer.alloc(bytes); throw new Error('cut off'); })());
      for (const bytes of [4, 20_000_000]) {
        await t.rejects(files.put('a', failingAfter(bytes), { contentType: 'text/plain' }), { message: 'cut off' });
        t.equal(await files.get('a'), undefined);
      }
    });

    await t.test('delete takes it away and may be repeated', async (t) => {
      const files = await make(t);
      await files.put('a', text('x'), { contentType: 'text/plain' });
      await files.delete('a');
      await files.delete('a');
      t.equal(await files.get('a'), undefined);
    });

    await t.test('keys that lead elsewhere are refused', async (t) => {
      const files = await make(t);
      for (const key of ['', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/../b', 'a\\b', 'a b', 'a\0', '.hidden', 'x'.repeat(201)]) {
        await t.rejects(files.put(key, text('x'), { contentType: 'text/plain' }), RangeError, `put ${JSON.stringify(key)}`);
        await t.rejects(files.get(key), RangeError, `get ${JSON.stringify(key)}`);
        await t.rejects(files.stat(key), RangeError, `stat ${JSON.stringify(key)}`);
        await t.rejects(files.delete(key), RangeError, `delete ${JSON.stringify(key)}`);
        if (files.signedUrl !== undefined) {
          await t.rejects(files.signedUrl(key, { expiresInSeconds: 60, contentType: 'text/plain', cacheControl: 'no-store' }), RangeError, `URL of ${JSON.stringify(key)}`);
        }
      }
    });

    await t.test('readers see one whole version while it is replaced', async (t) => {
      const files = await make(t);
      const version = (n: number): Uint8Array => Buffer.alloc(50_000, `${n}`);
      await files.put('a', version(0), { contentType: 'text/plain' });
      const writing = Promise.all([1, 2, 3, 4].map((n) => files.put('a', version(n), { contentType: 'text/plain' })));
      for (let round = 0; round < 20; round += 1) {
        const seen = (await read(files, 'a')) ?? '';
        t.equal(seen, (seen[0] ?? '').repeat(50_000));
      }
      await writing;
    });
  });
};
