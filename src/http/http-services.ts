import type { CommandServices } from '../commands/services.js';
import type { Config } from '../config.js';
import type { DomainEvent } from '../domain/events.js';
import type { CheckpointSigner } from '../ports/audit.js';
import type { EventStore } from '../ports/event-store.js';
import type { FileStore } from '../ports/file-store.js';
import type { InvoicePdf } from '../ports/invoice-pdf.js';
import type { PaymentGateway } from '../ports/payment-gateway.js';
import type { ProjectionProgress } from '../ports/projection-progress.js';
import type { KeptDocuments, ReadModels } from '../ports/read-models.js';
import type { RecordedAnswers } from '../ports/recorded-answers.js';
import type { VideoHost } from '../ports/video-host.js';
import type { CacheBudget } from '../primitives/cache-budget.js';
import type { HealthReport } from './operations/health-report.js';
import type { Operating } from './operations/operating.js';
import type { PastAnswers } from './shared/past-answers.js';

export type HttpConfig = Pick<
  Config,
  | 'production'
  | 'serviceApiKey'
  | 'refusedPasswords'
  | 'operationsToken'
  | 'operationsPort'
  | 'jwtSecret'
  | 'cookieSecret'
  | 'consoleFolder'
  | 'corsOrigins'
  | 'rateLimit'
  | 'trustProxy'
  | 'publicUrl'
  | 'mailFrom'
  | 'currency'
  | 'logLevel'
  | 'google'
>;

/** What every route file is handed: `export const cartRoutes = (services: HttpServices): FastifyPluginAsyncTypebox => ...`. */
export interface HttpServices {
  readonly commands: CommandServices;
  readonly readModels: ReadModels;
  /** Where callers are recognized. Absent: in the same read models. */
  readonly callers?: { readonly readModels: ReadModels; readonly progress: ProjectionProgress };
  /** What this process keeps of them in memory. */
  readonly kept: KeptDocuments;
  readonly progress: ProjectionProgress;
  readonly store: EventStore<DomainEvent>;
  readonly files: FileStore;
  /** Null: none is configured. */
  readonly videos: VideoHost | null;
  /** Null: cash alone is taken. */
  readonly gateway: PaymentGateway | null;
  readonly answers: RecordedAnswers;
  /** Resolves to the printer, which is loaded with its first use. */
  readonly invoicePdf: () => Promise<InvoicePdf>;
  /** Of audit checkpoints. Null: AUDIT is off. */
  readonly signer: CheckpointSigner | null;
  readonly config: HttpConfig;
  readonly caches: CacheBudget;
  readonly health: () => Promise<HealthReport>;
  /** Null: this app is asked for one moment only. */
  readonly past: PastAnswers | null;
  readonly operating: Operating;
}
