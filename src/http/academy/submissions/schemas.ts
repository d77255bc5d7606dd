import { Type } from 'typebox';
import { AssignmentStatus } from '../../../domain/assignment/events.js';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { Line } from '../../shared/text-schemas.js';
import { PagedQuery, Pagination } from '../paging.js';

/** NOT_SUBMITTED is the document's; nothing that was handed in has it. */
export const SubmissionStatus = Type.Enum(['SUBMITTED', 'NOT_SUBMITTED', 'LATE']);

const stored = {
  id: Type.String(),
  assignmentId: Type.String(),
  userId: Type.String(),
  fileUrl: Type.String(),
  submittedAt: Type.String(),
  status: SubmissionStatus,
  createdAt: Type.String(),
  updatedAt: Type.String(),
};

export const Submission = Type.Object(stored);

const About = Type.Object({
  id: Type.String(),
  title: Type.String(),
  courseId: Type.String(),
  dueDate: Nullable(Type.String()),
  points: Type.Integer(),
  dueDateWib: Nullable(Type.String()),
});

const content = { content: Nullable(Type.String({ description: 'null: what is handed in is a link' })) };
const User = Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() });

export const ListedSubmission = Type.Object({ ...stored, ...content, assignment: Nullable(About), user: User });
export const OwnListedSubmission = Type.Object({ ...stored, ...content, assignment: Nullable(About) });

export const OwnSubmission = Type.Object({
  ...stored,
  assignment: Nullable(Type.Object({
    ...About.properties,
    description: Type.String(),
    resourceUrl: Nullable(Type.String()),
    status: AssignmentStatus,
    createdAt: Type.String(),
    updatedAt: Type.String(),
  })),
});

export const SubmissionPage = Type.Object({ submissions: Type.Array(ListedSubmission), pagination: Pagination });
export const OwnSubmissionPage = Type.Object({ submissions: Type.Array(OwnListedSubmission), pagination: Pagination });

/** Its absence has a sentence of its own. */
export const HandInBody = Type.Object({
  fileUrl: Type.Optional(Line({ maxLength: 2_048, description: 'Required: a link of http or https to a host with a dotted name' })),
});

export const SubmissionQuery = Type.Object({
  ...PagedQuery.properties,
  status: Type.Optional(SubmissionStatus),
  assignmentId: Type.Optional(Line({ maxLength: 64 })),
  userId: Type.Optional(Line({ maxLength: 64 })),
});
