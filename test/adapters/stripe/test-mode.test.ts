import t from 'tap';
import { StripePaymentGateway } from '../../../src/adapters/stripe/stripe-payment-gateway.js';
import { stripeTestMode } from '../../contracts/stripe-test-mode.js';
import { StripeDouble } from '../../doubles/stripe/stripe-double.js';
import { stripeOptions } from '../../fixtures/stripe.js';

const double = new StripeDouble();
t.teardown(() => double.stop());

stripeTestMode('the double', async () => {
  await double.listen();
  return new StripePaymentGateway(stripeOptions(double.url));
});
