import { VideoHostFailed, type VideoHost } from '../../../ports/video-host.js';
import type { HttpServices } from '../../http-services.js';
import { LiteralProblem } from '../../refusals/wording.js';

const NOT_CONFIGURED = 'Videos are not configured: VDOCIPHER_API_SECRET has to be set.';

/** Asks the video host. Throws a 400 with the reason in this field where it gives no answer, and where there is no host. */
export const askVideoHost = async <Answer>(
  { videos }: Pick<HttpServices, 'videos'>,
  field: 'error' | 'message',
  ask: (host: VideoHost) => Promise<Answer>,
): Promise<Answer> => {
  if (videos === null) throw new LiteralProblem(400, 'videos-not-configured', NOT_CONFIGURED, { [field]: NOT_CONFIGURED });
  try {
    return await ask(videos);
  } catch (error) {
    if (!(error instanceof VideoHostFailed)) throw error;
    throw new LiteralProblem(400, 'video-host-failed', error.message, { [field]: error.message });
  }
};
