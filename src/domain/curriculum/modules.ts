import { accept, reject, type Decision, type Refusal } from '../kernel/decider.js';
import { isZero, parseAmount, toMinorPrecision } from '../kernel/money.js';
import type { ModuleCommand, ModuleFields, ModuleRejection } from './commands.js';
import type { CurriculumEvent } from './events.js';
import { MOST_MODULES } from './limits.js';
import { isTaken, movedTo } from './order.js';
import { moduleChanges, pickModuleFields, type CourseModule, type Curriculum } from './state.js';

type ModuleDecision = Decision<CurriculumEvent, ModuleRejection>;
type CommandData<Type extends ModuleCommand['type']> = Extract<ModuleCommand, { type: Type }>['data'];

const SHORTEST_TITLE = 3;

const badTitle = (title: string): Refusal<ModuleRejection> | undefined => {
  const letters = [...title.trim()].length;
  if (letters === 0) return reject('module-title-empty');
  return letters < SHORTEST_TITLE ? reject('module-title-too-short') : undefined;
};

const badModule = ({ title, order, price, isFree }: ModuleFields, currency: string): Refusal<ModuleRejection> | undefined => {
  const refusal = badTitle(title);
  if (refusal !== undefined) return refusal;
  if (!Number.isSafeInteger(order) || order < 1) return reject('module-order-not-positive');
  const parsed = parseAmount(price, currency);
  if (!parsed.ok) return reject('amount-invalid', { problem: parsed.problem, currency });
  return isFree && !isZero(price) ? reject('module-free-with-price') : undefined;
};

const add = (command: CommandData<'AddModule'>, { modules }: Curriculum): ModuleDecision => {
  const { courseId, moduleId, currency, at } = command;
  if (modules.has(moduleId)) return accept();
  const refusal = badModule(command, currency);
  if (refusal !== undefined) return refusal;
  if (isTaken([...modules], moduleId, command.order)) return reject('module-order-taken');
  if (modules.size >= MOST_MODULES) return reject('too-many-modules', { most: MOST_MODULES });
  const { title, description, order, isFree, isPublished, imageFile } = command;
  const price = toMinorPrecision(command.price, currency);
  return accept({ type: 'ModuleAdded', data: { courseId, moduleId, title, description, order, price, currency, isFree, isPublished, imageFile, addedAt: at } });
};

const change = (command: CommandData<'ChangeModule'>, module: CourseModule, { modules }: Curriculum): ModuleDecision => {
  const { courseId, moduleId, move, at } = command;
  const wanted = pickModuleFields(command);
  const refusal = badModule({ ...module, ...wanted }, module.currency);
  if (refusal !== undefined) return refusal;
  const { order, ...fields } = moduleChanges(module, {
    ...wanted,
    ...(wanted.price === undefined ? {} : { price: toMinorPrecision(wanted.price, module.currency) }),
  });
  const places = [...modules];
  if (!move && order !== undefined && isTaken(places, moduleId, order)) return reject('module-order-taken');
  const moduleIds = move && wanted.order !== undefined ? movedTo(places, moduleId, wanted.order) : undefined;
  const changed = { ...fields, ...(order === undefined || move ? {} : { order }) };
  return accept<CurriculumEvent>(
    ...(Object.keys(changed).length === 0 ? [] : [{ type: 'ModuleChanged', data: { courseId, moduleId, ...changed, changedAt: at } } satisfies CurriculumEvent]),
    ...(moduleIds === undefined ? [] : [{ type: 'ModulesReordered', data: { courseId, moduleIds: [...moduleIds], reorderedAt: at } } satisfies CurriculumEvent]),
  );
};

const remove = ({ courseId, moduleId, at }: CommandData<'RemoveModule'>, { lessonIds }: CourseModule, { lessons }: Curriculum): ModuleDecision => {
  const duration = lessonIds.reduce((total, lessonId) => total + (lessons.get(lessonId)?.duration ?? 0), 0);
  return accept({ type: 'ModuleRemoved', data: { courseId, moduleId, lessonIds: [...lessonIds], lessons: lessonIds.length, duration, removedAt: at } });
};

export const decideModule = (command: ModuleCommand, curriculum: Curriculum): ModuleDecision => {
  if (command.type === 'AddModule') return add(command.data, curriculum);
  const module = curriculum.modules.get(command.data.moduleId);
  if (module === undefined) return reject('module-not-found');
  return command.type === 'ChangeModule' ? change(command.data, module, curriculum) : remove(command.data, module, curriculum);
};
