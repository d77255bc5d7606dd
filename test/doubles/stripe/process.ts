import { StripeDouble } from './stripe-double.js';

// process.js [PORT [WEBHOOK_URL...]]: the double as a process of its own, until it is killed. Says its URL in one line.
const [port = '0', ...urls] = process.argv.slice(2);
const double = new StripeDouble();
for (const url of urls) double.control.addEndpoint(url);
await double.listen(Number(port));
process.stdout.write(`${double.url}\n`);
