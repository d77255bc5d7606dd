interface SandboxEnvironment {
  readonly NODE_ENV: string;
  readonly STRIPE_SECRET_KEY?: string | undefined;
  readonly PAYMENT_SANDBOX?: 'on' | 'off' | undefined;
}

/** Whether cards are captured without money. Unset: outside production, where no provider takes them. */
export const paymentSandboxOf = ({ NODE_ENV, STRIPE_SECRET_KEY, PAYMENT_SANDBOX }: SandboxEnvironment): boolean =>
  PAYMENT_SANDBOX === undefined ? NODE_ENV !== 'production' && STRIPE_SECRET_KEY === undefined : PAYMENT_SANDBOX === 'on';
