import hooks from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';

// tap watches each promise to say which test an error belongs to that nobody caught: a sixth of the time of all tests. Without it such an
// error still ends the process, and so fails it; who looks for its test runs that file alone.
const { createHook } = hooks;
Object.assign(hooks, { createHook: () => createHook({}) });
syncBuiltinESMExports();
