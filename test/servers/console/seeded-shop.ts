import { billingData } from '../../fixtures/invoices.js';
import { text } from '../journey/client.js';
import { PRICE, Shop, type Person } from '../journey/shop.js';

/** A shop with what the console's views show: people of each role, purchases with and without a code, a refund, a signed checkpoint. */
export class SeededShop {
  readonly shop: Shop;
  readonly admin: Person;
  readonly auditor: Person;
  readonly instructor: Person;
  readonly student: Person;
  #purchases = 0;

  private constructor(shop: Shop, people: Pick<SeededShop, 'admin' | 'auditor' | 'instructor' | 'student'>) {
    this.shop = shop;
    this.admin = people.admin;
    this.auditor = people.auditor;
    this.instructor = people.instructor;
    this.student = people.student;
  }

  static async open(url: string): Promise<SeededShop> {
    const shop = await Shop.open([url], 4);
    const admin = await shop.admin();
    const [auditor, instructor, student] = [await shop.signUp('odo', 'student'), await shop.signUp('ines', 'instructor'), await shop.signUp('sam', 'student')];
    await shop.send({ method: 'PUT', path: `/audit/auditors/${auditor.id}`, token: admin.token });
    return new SeededShop(shop, { admin, auditor, instructor, student });
  }

  /** The next course for the student; gives the payment. */
  async purchase(code: string | null = null): Promise<string> {
    const courseId = this.shop.courses[this.#purchases] ?? '';
    this.#purchases += 1;
    const price = code === null ? { amount: PRICE } : { amount: PRICE / 2, discountCode: code };
    const body = { userId: this.student.id, courseIds: [courseId], ...price, currency: 'USD', paymentMethod: 'card', billingData };
    const paid = await this.shop.send({ method: 'POST', path: '/payments', token: this.student.token, body, headers: { 'idempotency-key': `purchase-${this.#purchases}` } });
    if (paid.status !== 201) throw new Error(`the purchase was answered ${paid.status} ${JSON.stringify(paid.body)}`);
    return text(paid.body['id']);
  }

  async refund(paymentId: string, amount: number): Promise<void> {
    const body = { status: 'refunded', amount };
    const refunded = await this.shop.send({ method: 'PATCH', path: `/payments/${paymentId}`, token: this.admin.token, body, headers: { 'idempotency-key': `refund-${paymentId}` } });
    if (refunded.status !== 200) throw new Error(`the refund was answered ${refunded.status} ${JSON.stringify(refunded.body)}`);
  }

  /** Gives its size. */
  async sign(): Promise<number> {
    const { status, body } = await this.shop.send({ method: 'POST', path: '/audit/checkpoints', token: this.admin.token, body: {} });
    if (status !== 200 || typeof body['size'] !== 'number') throw new Error(`the checkpoint was answered ${status} ${JSON.stringify(body)}`);
    return body['size'];
  }
}
