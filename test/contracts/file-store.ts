import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import t, { type Test } from 'tap';
import { FileTooLarge, type FileStore } from '../../src/ports/file-store.js';

export const fileStoreContract = (name: string, make: (t: Test) => Promise<FileStore>): void => {
  t.test(`${name} keeps the FileStore's contract`, async (t: Test) => {
    const text = (content: string): Uint8Array => Buffer.from(content);
    const read = async (files: FileStore, key: string): Promise<string | undefined> => {
      const file = await files.get(key);
      return file === undefined ? undefined : (await buffer(file.content)).toString();
    };

    await t.test('what is put is got, with its type and size', async (t) => {
      const files = await make(t);
      const stored = { key: 'invoices/a.pdf', contentType: 'application/pdf', size: 5 };
      t.same(await files.put('invoices/a.pdf', text('hello'), { contentType: 'application/pdf' }), stored);
      const { content, ...file } = (await files.get('invoices/a.pdf')) ?? { content: Readable.from([]) };
      t.same(file, stored);
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

    await t.test('keys may be nested below another key', async (t) => {
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
      const failing = Readable.from((function* () { yield Buffer.from('half'); throw new Error('cut off'); })());
      await t.rejects(files.put('a', failing, { contentType: 'text/plain' }), { message: 'cut off' });
      t.equal(await files.get('a'), undefined);
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
