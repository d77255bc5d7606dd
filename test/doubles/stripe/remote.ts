import type { StripeDouble } from './stripe-double.js';

type Control = StripeDouble['control'];

/** The double of another process. */
export class RemoteStripeDouble {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async call<Name extends keyof Control>(name: Name, ...args: Parameters<Control[Name]>): Promise<Awaited<ReturnType<Control[Name]>>> {
    const answer = await fetch(`${this.url}/_control`, { method: 'POST', body: JSON.stringify({ name, args }) });
    const { result, error } = JSON.parse(await answer.text());
    if (!answer.ok) throw new Error(`the double of Stripe: ${error}`);
    return result;
  }
}
