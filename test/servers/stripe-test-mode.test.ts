import { StripePaymentGateway } from '../../src/adapters/stripe/stripe-payment-gateway.js';
import { stripeTestMode } from '../contracts/stripe-test-mode.js';
import { stripeOptions } from '../fixtures/stripe.js';

// Needs an account: without its key there is nothing to ask. A live key would move money.
const secretKey = process.env['STRIPE_SECRET_KEY'] ?? '';
if (/^(?:sk|rk)_test_/.test(secretKey)) stripeTestMode('Stripe', async () => new StripePaymentGateway(stripeOptions(null, { secretKey })));
