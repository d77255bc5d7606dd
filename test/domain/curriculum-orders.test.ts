import t from 'tap';
import { curriculumDecider, type Curriculum, type CurriculumCommand } from '../../src/domain/curriculum/decider.js';
import { addLesson, addModule, changeLesson, changeModule, removeLesson, removeModule } from './curriculum-examples.js';
import { fc } from '../fixtures/properties.js';

const moduleIds = fc.constantFrom('a', 'b', 'c', 'd');
const lessonIds = fc.constantFrom('u', 'v', 'w', 'x', 'y', 'z');
const orders = fc.integer({ min: 0, max: 7 });

const commands = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.tuple(moduleIds, orders).map(([id, order]): CurriculumCommand => addModule(id, { order })) },
    { weight: 2, arbitrary: fc.tuple(moduleIds, orders, fc.boolean()).map(([id, order, move]) => changeModule(id, { order }, move)) },
    { weight: 1, arbitrary: moduleIds.map(removeModule) },
    { weight: 4, arbitrary: fc.tuple(moduleIds, lessonIds, orders).map(([moduleId, id, order]) => addLesson(moduleId, id, { order })) },
    { weight: 4, arbitrary: fc.tuple(lessonIds, orders, fc.boolean()).map(([id, order, move]) => changeLesson(id, { order }, move)) },
    { weight: 1, arbitrary: lessonIds.map(removeLesson) },
  ),
  { maxLength: 80, size: 'max' },
);

/** The orders within each parent: of the modules of the course, and of the lessons of each module. */
const ordersByParent = ({ modules, lessons }: Curriculum): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, number[]>([['', [...modules.values()].map(({ order }) => order)]]);
  for (const { moduleId, order } of lessons.values()) found.set(moduleId, [...(found.get(moduleId) ?? []), order]);
  return found;
};

const areDistinct = (found: readonly number[]): boolean => new Set(found).size === found.length;
const areGapless = (found: readonly number[]): boolean => found.toSorted((one, other) => one - other).every((order, index) => order === index + 1);

/** The parent whose children a command moves; undefined: it moves none. */
const movedIn = (command: CurriculumCommand, { lessons }: Curriculum): string | undefined => {
  if (command.type === 'ChangeModule') return command.data.move ? '' : undefined;
  return command.type === 'ChangeLesson' && command.data.move ? lessons.get(command.data.lessonId)?.moduleId : undefined;
};

const { decide, evolve, initialState } = curriculumDecider;

t.test('no sequence of commands gives two modules or lessons one order within their parent, and after a move there are no gaps', async (t) => {
  let moves = 0;
  fc.assert(
    fc.property(commands, (all) => {
      let state = initialState();
      return all.every((command) => {
        const decision = decide(command, state);
        const moved = decision.ok ? movedIn(command, state) : undefined;
        if (decision.ok) state = decision.events.reduce(evolve, state);
        const found = ordersByParent(state);
        if (moved !== undefined) moves += 1;
        return [...found.values()].every(areDistinct) && (moved === undefined || areGapless(found.get(moved) ?? []));
      });
    }),
    { numRuns: 1_000 },
  );
  t.ok(moves > 300, `${moves} moves were looked at`);
});

t.test('every lesson is in the list of its module, and in no other', async () => {
  fc.assert(
    fc.property(commands, (all) => {
      let state = initialState();
      return all.every((command) => {
        const decision = decide(command, state);
        if (decision.ok) state = decision.events.reduce(evolve, state);
        const listed = [...state.modules.entries()].flatMap(([moduleId, { lessonIds: ids }]) => ids.map((id) => `${moduleId} ${id}`));
        const kept = [...state.lessons.entries()].map(([id, { moduleId }]) => `${moduleId} ${id}`);
        return listed.toSorted().join() === kept.toSorted().join();
      });
    }),
    { numRuns: 300 },
  );
});
