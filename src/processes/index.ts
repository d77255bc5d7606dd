import { checkoutProcess } from './checkout/checkout.js';
import { defineProcess, type DefinedProcess } from './process-decider.js';

/** Runners, timers and the report of their lag read this list. */
export const processes: readonly DefinedProcess[] = [defineProcess(checkoutProcess)];
