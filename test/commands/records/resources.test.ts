import t from 'tap';
import { resources } from '../../../src/domain/resources/index.js';
import { recordRules } from '../../../src/commands/access/record-rules.js';
import { resourceContract } from '../../contracts/resources.js';
import { madeUpResources } from '../../fixtures/made-up-resources.js';

for (const resource of [...Object.values(resources), ...madeUpResources]) void resourceContract(t, resource);

t.test('resources are listed by their categories and name rules that there are', async (t) => {
  for (const [category, resource] of Object.entries(resources)) {
    t.equal(resource.category, category);
    for (const name of Object.values(resource.rules)) t.ok(name in recordRules, `${resource.thing}: ${name}`);
  }
});
