import t from 'tap';
import { firstUsable } from '../../../src/commands/enrollments/grants.js';
import { fc } from '../../fixtures/properties.js';

t.test('the first number that is not over is found without asking for each', async (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (over) => {
      let asked = 0;
      const found = firstUsable((attempt) => {
        asked += 1;
        return attempt <= over;
      });
      return found === over + 1 && asked <= 50;
    }),
  );
  t.pass();
});
