import t from 'tap';
import { DerivedKeyStore } from '../../../src/adapters/embedded/key-store.js';
import { isOneTimeCode, oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';

const keys = new DerivedKeyStore('a secret for tests');
const words = (...given: readonly number[]) => {
  const digest = Buffer.alloc(32, 0xff);
  given.forEach((word, index) => digest.writeUInt32BE(word, index * 4));
  return digest;
};

t.test('a code is six digits, the same each time, another for another id', async (t) => {
  const codes = Array.from({ length: 2_000 }, (_, index) => oneTimeCode(keys, `otp-${index}`));
  t.ok(codes.every((code) => /^\d{6}$/.test(code)));
  t.ok(codes.some((code) => code.startsWith('0')), 'leading zeros are kept');
  t.ok(new Set(codes).size > 1_990);
  t.equal(oneTimeCode(keys, 'otp-1'), codes[1]);
});

t.test('words that would favour small codes are passed over', async (t) => {
  t.equal(oneTimeCode({ sign: () => words(4_293_999_999) }, 'otp'), '999999');
  t.equal(oneTimeCode({ sign: () => words(4_294_000_000, 42) }, 'otp'), '000042');
  const rounds: string[] = [];
  const unlucky = (_: string, message: string): Buffer => words(...(rounds.push(message) === 1 ? [] : [7]));
  t.equal(oneTimeCode({ sign: unlucky }, 'otp'), '000007');
  t.same(rounds, ['otp', 'otp#1']);
});

t.test('only the code itself is the code', async (t) => {
  const code = oneTimeCode(keys, 'otp');
  t.equal(isOneTimeCode(keys, 'otp', code), true);
  t.equal(isOneTimeCode(keys, 'otp', ` ${code} `), true);
  for (const wrong of ['', code.slice(1), `${code}0`, 'abcdef', '١٢٣٤٥٦']) t.equal(isOneTimeCode(keys, 'otp', wrong), false, wrong);
});
