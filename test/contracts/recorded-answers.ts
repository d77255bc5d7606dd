import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import { ANSWERS_KEPT_MS, type EarlierRequest, type ReceivedRequest, type RecordedAnswers } from '../../src/ports/recorded-answers.js';

export interface OpenRecordedAnswers {
  readonly answers: RecordedAnswers;
  /** The same answers after a restart; absent where nothing outlives the process. */
  readonly reopen?: () => Promise<RecordedAnswers>;
  readonly close: () => Promise<void>;
}

const answer = { status: 201, headers: { 'x-position': '7' }, body: '{"name":"Ada"}' };

/** The contract of every RecordedAnswers (src/ports/recorded-answers.ts). */
export const recordedAnswersContract = (t: Test, name: string, open: () => Promise<OpenRecordedAnswers>): void => {
  void t.test(`${name} as RecordedAnswers`, async (t) => {
    const { answers, reopen, close } = await open();
    const receivedAt = new Date();
    const request = (over: Partial<ReceivedRequest> = {}): ReceivedRequest => ({ id: randomUUID(), fingerprint: 'one', accountId: 'ada', receivedAt, ...over });
    const later = (milliseconds: number): Date => new Date(receivedAt.getTime() + milliseconds);
    const seen = async (sent: ReceivedRequest, at = receivedAt): Promise<EarlierRequest | null> => {
      const earlier = await answers.receive({ ...sent, receivedAt: at });
      return earlier && { fingerprint: earlier.fingerprint, answer: earlier.answer };
    };

    await t.test('the first is received, a repeat is told what is known of it', async (t) => {
      const sent = request();
      t.equal(await answers.receive(sent), null);
      t.same(await seen({ ...sent, fingerprint: 'two' }), { fingerprint: 'one', answer: null });
      await answers.record(sent.id, answer);
      t.same(await seen(sent), { fingerprint: 'one', answer });
    });

    await t.test('of twenty at once one is the first', async (t) => {
      const sent = request();
      const found = await Promise.all(Array.from({ length: 20 }, () => answers.receive(sent)));
      t.equal(found.filter((earlier) => earlier === null).length, 1);
      t.ok(found.every((earlier) => earlier === null || earlier.fingerprint === 'one'));
    });

    await t.test('the first answer stays, and an unknown request gets none', async (t) => {
      const sent = request();
      await answers.receive(sent);
      await answers.record(sent.id, answer);
      await answers.record(sent.id, { ...answer, status: 500 });
      t.match(await seen(sent), { answer: { status: 201 } });
      const unknown = request();
      await answers.record(unknown.id, answer);
      t.equal(await answers.receive(unknown), null);
    });

    await t.test('issue 9.2: a request without an answer can be released, and is the first again; one with an answer stays', async (t) => {
      const sent = request();
      await answers.receive(sent);
      await answers.release(sent.id);
      t.equal(await answers.receive({ ...sent, fingerprint: 'two' }), null);
      await answers.record(sent.id, answer);
      await answers.release(sent.id);
      t.same(await seen(sent), { fingerprint: 'two', answer });
      await answers.release(randomUUID());
    });

    await t.test('after a day the request is a new one', async (t) => {
      const sent = request();
      await answers.receive(sent);
      await answers.record(sent.id, answer);
      t.match(await seen(sent, later(ANSWERS_KEPT_MS - 1)), { answer });
      t.equal(await answers.receive({ ...sent, fingerprint: 'two', receivedAt: later(ANSWERS_KEPT_MS) }), null);
      t.same(await seen(sent, later(ANSWERS_KEPT_MS)), { fingerprint: 'two', answer: null });
    });

    await t.test('an account is forgotten: what it was answered, and what names it to others', async (t) => {
      const [accountId, other] = [randomUUID(), randomUUID()];
      const own = request({ accountId });
      const naming = request({ accountId: null });
      const kept = request({ accountId: other });
      for (const sent of [own, naming, kept]) await answers.receive(sent);
      await answers.record(naming.id, { ...answer, body: JSON.stringify({ id: accountId, name: 'Ada' }) });
      await answers.record(kept.id, { ...answer, body: JSON.stringify({ id: other }) });
      await answers.forget(accountId);
      await answers.record(own.id, answer);
      for (const sent of [own, naming]) t.equal(await answers.receive(sent), null);
      t.match(await seen(kept), { answer: { status: 201 } });
    });

    await t.test('a sweep removes what has had its day, and nothing else', async (t) => {
      const old = Array.from({ length: 30 }, () => request({ receivedAt: later(-ANSWERS_KEPT_MS) }));
      const young = request({ receivedAt: later(1 - ANSWERS_KEPT_MS) });
      for (const sent of [...old, young]) await answers.receive(sent);
      await answers.sweep(receivedAt);
      for (const sent of old) t.equal(await answers.receive(sent), null);
      t.match(await seen(young), { fingerprint: 'one' });
    });

    if (reopen !== undefined) {
      await t.test('what was recorded is there after a restart', async (t) => {
        const sent = request();
        await answers.receive(sent);
        await answers.record(sent.id, answer);
        const reopened = await reopen();
        t.match(await reopened.receive(sent), { fingerprint: 'one', answer });
      });
    }
    await close();
  });
};
