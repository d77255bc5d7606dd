/** Node's name for a connection in TLS to an address instead of a name. The client of EventStoreDB always says whom it means, and addresses are allowed. */
const ADDRESS_AS_SERVER_NAME = 'DEP0123';

/** Keeps a warning of Node that means nothing to an operator out of the log; others are printed as before. */
export const dropExpectedWarnings = (): void => {
  const printed = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if ('code' in warning && warning.code === ADDRESS_AS_SERVER_NAME) return;
    for (const print of printed) print(warning);
  });
};
