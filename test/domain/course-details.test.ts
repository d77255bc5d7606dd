import t from 'tap';
import { courseDecider, type CourseCommand } from '../../src/domain/course/decider.js';
import type { CourseEvent } from '../../src/domain/course/events.js';
import { at, courseId, create, created, owner } from './course-examples.js';
import { given, stateAfter } from './decider-specification.js';

type Details = Extract<CourseCommand, { type: 'ChangeCourseDetails' }>['data'];
const describe = (changes: Partial<Details>): CourseCommand => ({ type: 'ChangeCourseDetails', data: { actor: owner, at, ...changes } });
const detailsChanged = (changes: Partial<Extract<CourseEvent, { type: 'CourseDetailsChanged' }>['data']>): CourseEvent => {
  return { type: 'CourseDetailsChanged', data: { courseId, ...changes, changedAt: at } };
};

t.test('a course is free where its price is 0, and nothing else says so', async () => {
  given(courseDecider).when(create({ free: true, price: '0' })).then([created({ price: '0.00' })]);
  given(courseDecider).when(create({ free: false, price: '1' })).then([created({ price: '1.00' })]);
  given(courseDecider).when(create({ free: true, price: '1' })).thenRefused('course-not-without-price', { price: '1' });
  given(courseDecider).when(create({ free: false, price: '0.00' })).thenRefused('course-without-price', { price: '0.00' });
});

t.test('a course names its category, picture and trailer', async (t) => {
  const kept = { categoryId: 'k', thumbnailFile: 'thumbnails/a.png', trailerFile: 'trailers/a.mp4' };
  given(courseDecider).when(create(kept)).then([created(kept)]);
  t.match(stateAfter(courseDecider, [created(kept)]), { details: kept });
  t.match(stateAfter(courseDecider, [created()]), { details: { categoryId: null, thumbnailFile: null, trailerFile: null } }, 'of an older build');
});

t.test('a change that leaves a file behind says so', async () => {
  const before = created({ thumbnailFile: 'thumbnails/a.png', trailerFile: 'trailers/a.mp4' });
  given(courseDecider, [before]).when(describe({ thumbnailFile: 'thumbnails/a.png', trailerFile: 'trailers/a.mp4' })).thenNothing();
  given(courseDecider, [before])
    .when(describe({ thumbnailFile: 'thumbnails/b.png', trailerFile: 'trailers/b.mp4' }))
    .then([detailsChanged({ thumbnailFile: 'thumbnails/b.png', trailerFile: 'trailers/b.mp4', replacedFiles: ['thumbnails/a.png', 'trailers/a.mp4'] })]);
  given(courseDecider, [before]).when(describe({ trailerFile: null })).then([detailsChanged({ trailerFile: null, replacedFiles: ['trailers/a.mp4'] })]);
  given(courseDecider, [created()]).when(describe({ trailerFile: 'trailers/a.mp4' })).then([detailsChanged({ trailerFile: 'trailers/a.mp4' })]);
  const again = [before, detailsChanged({ trailerFile: 'trailers/b.mp4', replacedFiles: ['trailers/a.mp4'] })];
  given(courseDecider, again).when(describe({ trailerFile: 'trailers/c.mp4' })).then([detailsChanged({ trailerFile: 'trailers/c.mp4', replacedFiles: ['trailers/b.mp4'] })]);
});

t.test('a link takes the place of an uploaded picture', async () => {
  const before = created({ thumbnailFile: 'thumbnails/a.png', thumbnailUrl: 'https://a.example/files/thumbnails/a.png' });
  given(courseDecider, [before]).when(describe({ thumbnailUrl: 'https://a.example/files/thumbnails/a.png' })).thenNothing();
  given(courseDecider, [before])
    .when(describe({ thumbnailUrl: 'https://b.example/x.png' }))
    .then([detailsChanged({ thumbnailFile: null, thumbnailUrl: 'https://b.example/x.png', replacedFiles: ['thumbnails/a.png'] })]);
  given(courseDecider, [created()]).when(describe({ thumbnailUrl: 'https://b.example/x.png' })).then([detailsChanged({ thumbnailUrl: 'https://b.example/x.png' })]);
});

t.test('a text of its own takes the place of a category, and a category says its name', async () => {
  const before = created({ category: 'mathematics', categoryId: 'k' });
  given(courseDecider, [before]).when(describe({ category: 'mathematics' })).thenNothing();
  given(courseDecider, [before]).when(describe({ category: 'juggling' })).then([detailsChanged({ category: 'juggling', categoryId: null })]);
  given(courseDecider, [before]).when(describe({ category: 'Maths', categoryId: 'k' })).then([detailsChanged({ category: 'Maths' })]);
  given(courseDecider, [before]).when(describe({ categoryId: null })).then([detailsChanged({ category: 'mathematics', categoryId: null })]);
  given(courseDecider, [created()]).when(describe({ category: 'mathematics', categoryId: 'k' })).then([detailsChanged({ category: 'mathematics', categoryId: 'k' })]);
});
