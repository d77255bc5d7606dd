import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { HttpServices } from '../../http-services.js';
import type { HealthReport } from '../../operations/health-report.js';
import { VERSION } from '../../shared/version.js';
import { Answer, answer } from '../answers.js';
import { limits } from '../limits.js';
import { Health } from './schemas.js';

const MINUTE_MS = 60_000;
/** A mail that is due for so long says that nobody sends any. */
const LONGEST_DELAY_SECONDS = 300;
/** What mails can't be queued or sent without. */
const PARTS = ['eventStore', 'readModels', 'mailer'] as const;

/** 10h 23m */
export const uptimeText = (milliseconds: number): string => {
  const minutes = Math.floor(milliseconds / MINUTE_MS);
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
};

const isDegraded = ({ parts, workers }: HealthReport): boolean =>
  PARTS.some((part) => parts[part] !== undefined && parts[part].status !== 'up') ||
  workers.some(({ worker, secondsBehind }) => worker === 'mail-sender' && secondsBehind > LONGEST_DELAY_SECONDS);

export const emailHealthRoutes =
  ({ health, commands: { clock } }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const startedAt = clock.now().getTime();

    app.get(
      '/email/health',
      {
        schema: { tags: ['Academy: mails'], summary: 'Whether mails go out (3.2.4)', response: { 200: Answer(Health) } },
        config: { access: 'public', reads: [], asOf: false, limits: { areas: [limits.email] } },
      },
      async () => {
        const degraded = isDegraded(await health());
        const state = { uptime: uptimeText(clock.now().getTime() - startedAt), queueStatus: degraded ? 'degraded' : 'operational', version: VERSION } as const;
        return answer(state, degraded ? 'Email service is degraded' : 'Email service is healthy');
      },
    );
  };
