import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { importStudents, type ImportFailure, type ListedStudent } from '../../../commands/accounts/import-students.js';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import type { HttpServices } from '../../http-services.js';
import { answerWhenVisible, NotYetVisible } from '../../shared/answer-when-visible.js';
import { servicesFor } from '../../shared/caller-services.js';
import { contextOf } from '../../shared/command-context.js';
import { isEmail } from '../../shared/email-format.js';
import { Problem, problems } from '../../shared/problem.js';
import { FilledLine } from '../../shared/text-schemas.js';
import { readForm, type FileField } from '../../uploads/multipart-form.js';
import { uploadBudget } from '../../uploads/picture-upload.js';
import { Answer, answer } from '../answers.js';
import { isStudentNumber } from '../auth/student-number.js';
import { adminsOnly } from '../callers.js';
import { limits } from '../limits.js';
import { MOST_BYTES, readStudentFile } from './student-file.js';
import { noList, studentList, type ListedRow, type StudentList } from './student-list.js';

const NO_LIST = [400, noList().message] as const;
const tags = ['Academy: administration'];
const MOST_TOLD = 1_000;

const RowError = Type.Object({ line: Type.Integer(), message: Type.String(), nim: Type.Optional(Type.String()), email: Type.Optional(Type.String()) });
type RowError = Static<typeof RowError>;

const Imported = Type.Object({
  totalProcessed: Type.Integer({ description: 'Rows with all three columns' }),
  imported: Type.Integer(),
  errors: Nullable(Type.Array(RowError)),
  errorsLeftOut: Type.Optional(Type.Integer({ description: `Beyond the first ${MOST_TOLD}` })),
});

const Name = FilledLine({ minLength: 2, maxLength: 100 });

const SENTENCES: Readonly<Record<ImportFailure, string>> = { 'email-taken': 'Email already registered', 'nim-taken': 'NIM already registered' };

/** What is wrong with a row by itself. */
const faultOf = ({ name, nim, email }: ListedRow['cells']): string | undefined => {
  if (!Value.Check(Name, name)) return 'Name must be one line of 2 to 100 characters';
  if (!isStudentNumber(nim)) return 'NIM must be like 24/000000/PA/000000';
  return email.length > 254 || !isEmail(email) ? 'Email must be a valid e-mail address' : undefined;
};

/** Rows that can be imported, and what is wrong with the others: the first row of a number or an address counts. */
const sorted = ({ rows, incomplete }: StudentList): { readonly students: readonly ListedStudent[]; readonly errors: readonly RowError[] } => {
  const errors: RowError[] = [...incomplete];
  const students: ListedStudent[] = [];
  const seen = new Map<string, number>();
  for (const { line, cells } of rows) {
    const student = { line, name: cells.name, nim: cells.nim.toUpperCase(), email: cells.email };
    const { nim, email } = student;
    const keys = [`nim ${nim}`, `email ${email.toLowerCase()}`];
    const twice = keys.flatMap((key) => seen.get(key) ?? [])[0];
    const message = faultOf(cells) ?? (twice === undefined ? undefined : `The same student stands in line ${twice}`);
    if (message !== undefined) errors.push({ line, message, nim, email });
    else {
      for (const key of keys) seen.set(key, line);
      students.push(student);
    }
  }
  return { students, errors };
};

const told = (errors: readonly RowError[]) => {
  const inOrder = errors.toSorted((one, other) => one.line - other.line);
  return {
    errors: inOrder.length === 0 ? null : inOrder.slice(0, MOST_TOLD),
    ...(inOrder.length > MOST_TOLD ? { errorsLeftOut: inOrder.length - MOST_TOLD } : {}),
  };
};

export const importRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const budget = uploadBudget(services);
    let isUnderWay = false;

    app.post(
      '/auth/admin/import-dike-students',
      {
        schema: {
          tags,
          summary: 'Import students from a CSV file (1.2.3)',
          description: 'Columns name,nim,email; commas or semicolons; at most 2 MB. The accounts have no password: POST /auth/forgot-password sets one. Can be repeated.',
          consumes: ['multipart/form-data'],
          body: Type.Object({ file: Type.String({ maxLength: MOST_BYTES, description: 'A .csv file' }) }),
          response: { 200: Answer(Imported), ...problems(409) },
        },
        config: { ...adminsOnly, multipart: true, idempotent: false, reads: [], shows: ['accounts', 'sessions'], limits: { areas: [limits.auth] }, refusals: { 'unsupported-media-type': NO_LIST, 'malformed-form': NO_LIST, 'malformed-json': NO_LIST } },
        preValidation: async (request) => {
          const form: Record<string, string> = {};
          // Many rows take longer than another answer may.
          request.server.patience.forUpload(request.raw);
          const field: FileField = { name: 'file', keep: (content, filename) => readStudentFile(content, filename, budget(request)) };
          await readForm(request, form, { texts: [], files: [field], isLenient: true }).catch((error: unknown) => {
            throw error instanceof Problem && error.code === 'validation-failed' ? noList() : error;
          });
          request.body = { file: '', ...form };
        },
      },
      async (request, reply) => {
        const list = studentList(request.body.file);
        const { students, errors } = sorted(list);
        if (isUnderWay) throw new Problem(409, 'import-under-way', 'Another import is under way');
        isUnderWay = true;
        const goesOn = async (): Promise<boolean> => {
          await nextTurn();
          return !reply.raw.destroyed;
        };
        try {
          const outcome = await importStudents(servicesFor(request, services.commands))({ students, goesOn }, contextOf(request));
          // Who is in, and who is not, is told now or never: a repeat finds them all registered.
          const { imported, failures } = await answerWhenVisible(services, reply, outcome).catch((error: unknown) => {
            if (error instanceof NotYetVisible && outcome.ok) return outcome.value;
            throw error;
          });
          const failed = students.flatMap(({ line, nim, email }) => {
            const failure = failures.get(line);
            return failure === undefined ? [] : [{ line, message: SENTENCES[failure], nim, email }];
          });
          const data = { totalProcessed: list.rows.length, imported, ...told([...errors, ...failed]) };
          return answer(data, `Successfully imported ${imported} DIKE students`);
        } finally {
          isUnderWay = false;
        }
      },
    );
  };
