import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { newestCode } from './demo-outbox.js';
import { Visitor } from './demo-visitor.js';

// Plays one purchase against a running server: npm run demo [http://localhost:8000]
const base = process.argv[2] ?? 'http://localhost:8000';
const outbox = resolve(process.env.DATA_DIR ?? './data', 'outbox');
const run = randomBytes(3).toString('hex');
const password = 'correct horse battery';
const person = (name: string) => ({ name, email: `${name.toLowerCase()}.${run}@example.com`, password });

const auditor = new Visitor(base, null);
await auditor.step('An auditor signs up (open outside production)', 'POST', '/auth/register', { ...person('Ada'), role: 'admin' });
await auditor.logIn(person('Ada'));

const instructor = new Visitor(base, auditor);
const registered = await instructor.step('An instructor signs up', 'POST', '/auth/register', { ...person('Ivo'), role: 'instructor' });
await instructor.events(`account-${registered.id}`);
await instructor.logIn(person('Ivo'));
const course = await instructor.step('and publishes a course', 'POST', '/courses', {
  title: `Bookkeeping for beginners (${run})`,
  description: 'Debits, credits, and why they agree.',
  level: 'beginner',
  category: 'business',
  price: 49.9,
  tags: ['accounting'],
  isPublished: true,
});
await instructor.events(`course-${course.id}`);
const code = `SAVE-${run.toUpperCase()}`;
await instructor.step('with a discount code, good for three purchases', 'POST', '/discounts', {
  code,
  type: 'course_specific',
  courseId: course.id,
  value: 10,
  valueType: 'percentage',
  applicableOn: 'both',
  maxUses: 3,
});
await instructor.events(`coupon-${code}`);

const student = new Visitor(base, auditor);
const account = await student.step('A student signs up', 'POST', '/auth/register', { ...person('Sam'), role: 'student' });
const otp = await newestCode(outbox, person('Sam').email);
if (otp === null) console.log(`   (no mail in ${outbox}: the server runs elsewhere, the address stays unverified)`);
else await student.step('types in the code from the mail', 'POST', '/auth/verify-email', { email: person('Sam').email, otp });
await student.events(`account-${account.id}`);
await student.logIn(person('Sam'));
await student.step('finds the course', 'GET', `/courses?search=bookkeeping%20${run}`);
await student.step('puts it into the cart', 'POST', '/cart/items', { courseId: course.id });
await student.events(`cart-${account.id}`);

const billingData = { firstName: 'Sam', lastName: 'Student', email: person('Sam').email, phoneNumber: '+49 30 1234567', address: 'Hauptstr. 1', city: 'Berlin', country: 'DE' };
const wish = { userId: account.id, courseIds: [course.id], currency: course.currency, paymentMethod: 'card', billingData, discountCode: code };
await student.step('pays too little, and is told the right amount', 'POST', '/payments', { ...wish, amount: 1 });
const payment = await student.step('pays what was quoted', 'POST', '/payments', { ...wish, amount: 44.91 });
await student.events(`payment-${payment.id}`, `coupon-${code}`, `enrollment-${account.id}.${course.id}`, `checkout-${payment.id}`, `cart-${account.id}`, `invoice-${payment.id}`);
await student.step('owns the course', 'GET', '/courses/user/purchased');
await student.step('has an invoice', 'GET', `/invoices/${payment.id}`);
await student.step('and an empty cart', 'GET', '/cart');
console.log(`\nMails: ${outbox}\nDocumentation: ${base}/docs`);
