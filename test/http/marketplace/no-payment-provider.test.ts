import t from 'tap';
import { openShop } from '../../fixtures/shop.js';

const shop = await openShop({
  services: (services) => ({ ...services, gateway: null, commands: { ...services.commands, settings: { ...services.commands.settings, takesCards: false } } }),
});
t.teardown(() => shop.close());
const { sam, send, course, coupon, purchase } = shop;
const buy = (payload: object) => send(sam, 'POST', '/payments', payload);

t.test('without a payment provider cards and wallets are refused, and say what to set; nothing is held', async (t) => {
  const courseId = await course();
  for (const paymentMethod of ['card', 'wallet']) {
    t.match(await buy(purchase([courseId], { paymentMethod })), {
      status: 422,
      body: { code: 'payment-method-unavailable', detail: /STRIPE_SECRET_KEY/, errors: [{ field: 'paymentMethod' }] },
    });
  }
  t.match(await buy(purchase([courseId], { paymentMethod: 'cash' })), { status: 201, body: { status: 'pending' } });
});

t.test('what costs nothing needs no provider', async (t) => {
  await coupon({ code: 'GIFT', value: 100 });
  t.match(await buy(purchase([await course()], { amount: 0, discountCode: 'GIFT' })), { status: 201, body: { status: 'completed' } });
});

t.test('nobody sends notices', async (t) => {
  t.match(await send(null, 'POST', '/payments/webhooks/stripe', {}), { status: 404 });
});
