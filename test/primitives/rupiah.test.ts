import t from 'tap';
import { mailDomainOf } from '../../src/primitives/mail-domain.js';
import { rupiah } from '../../src/primitives/rupiah.js';

t.test('rupiah are written as in Indonesia', async (t) => {
  const amounts = [[0, 'Rp 0,00'], [999, 'Rp 999,00'], [1_000, 'Rp 1.000,00'], [81_000, 'Rp 81.000,00'], [250_000, 'Rp 250.000,00'], [1_234_567.5, 'Rp 1.234.567,50'], [-5_000, '-Rp 5.000,00']] as const;
  for (const [amount, text] of amounts) t.equal(rupiah(amount), text);
});

t.test('the domain of mails is that of their sender', async (t) => {
  t.equal(mailDomainOf('Registrar <no-reply@example.com>'), 'example.com');
  t.equal(mailDomainOf('no-reply@omahti.web.id'), 'omahti.web.id');
  t.equal(mailDomainOf('nobody'), 'registrar.invalid');
});
