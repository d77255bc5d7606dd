import { createHash } from 'node:crypto';
import t from 'tap';
import { canonicalJson, digest } from '../../src/primitives/canonical-json.js';

t.test('the examples of RFC 8785 print as it says', async (t) => {
  const example = String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
    "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`;
  t.equal(
    canonicalJson(JSON.parse(example)),
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
  const names = String.raw`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
    "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`;
  t.strictSame(canonicalJson(JSON.parse(names)).match(/(?<=:")[^"]+/g), [
    'Carriage Return', 'One', 'Control', 'Latin Small Letter O With Diaeresis', 'Euro Sign', 'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
});

t.test('numbers print as in appendix B of RFC 8785', async (t) => {
  const samples: Readonly<Record<string, string>> = {
    '0000000000000000': '0',
    '8000000000000000': '0',
    '0000000000000001': '5e-324',
    '8000000000000001': '-5e-324',
    '7fefffffffffffff': '1.7976931348623157e+308',
    'ffefffffffffffff': '-1.7976931348623157e+308',
    '4340000000000000': '9007199254740992',
    'c340000000000000': '-9007199254740992',
    '4430000000000000': '295147905179352830000',
    '44b52d02c7e14af5': '9.999999999999997e+22',
    '44b52d02c7e14af6': '1e+23',
    '44b52d02c7e14af7': '1.0000000000000001e+23',
    '444b1ae4d6e2ef4e': '999999999999999700000',
    '444b1ae4d6e2ef4f': '999999999999999900000',
    '444b1ae4d6e2ef50': '1e+21',
    '3eb0c6f7a0b5ed8c': '9.999999999999997e-7',
    '3eb0c6f7a0b5ed8d': '0.000001',
    '41b3de4355555553': '333333333.3333332',
    '41b3de4355555554': '333333333.33333325',
    '41b3de4355555555': '333333333.3333333',
    '41b3de4355555556': '333333333.3333334',
    '41b3de4355555557': '333333333.33333343',
    'becbf647612f3696': '-0.0000033333333333333333',
    '43143ff3c1cb0959': '1424953923781206.2',
  };
  for (const [bits, printed] of Object.entries(samples)) t.equal(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE()), printed, bits);
});

t.test('what JSON can not say is refused', async (t) => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, { name: '\ud800' }, { '\udc00': 1 }]) t.throws(() => canonicalJson(value), TypeError);
});

t.test('an absent field is not printed, and the order of fields does not matter', async (t) => {
  t.equal(canonicalJson({ b: [{ d: 1, c: undefined }], a: null }), '{"a":null,"b":[{"d":1}]}');
  t.equal(digest({ b: 1, a: '€' }), createHash('sha256').update('{"a":"€","b":1}').digest('hex'));
});
