import { DeadLetters } from './dead-letters.js';
import { Health } from './health.js';
import { Mails } from './mails.js';
import { ReadModels } from './read-models.js';
import { Workers } from './workers.js';

/** What the program is doing, and what waits for a person. */
const Operation = () => (
  <>
    <h1>Operation</h1>
    <Health />
    <ReadModels />
    <Workers />
    <DeadLetters />
    <Mails />
  </>
);

export default Operation;
