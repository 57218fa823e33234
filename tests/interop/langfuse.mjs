// Langfuse's SDK: JSON to ENDPOINT/api/public/otel/v1/traces, with Basic credentials.
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { startObservation } from '@langfuse/tracing';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { answer, conversation, endpoint, error, fillSpan, secrets, spanName } from './planted.mjs';

const processor = new LangfuseSpanProcessor({ baseUrl: endpoint, publicKey: 'pk-lf-interop', secretKey: 'sk-lf-interop' });
const provider = new NodeTracerProvider({ spanProcessors: [processor] });
provider.register();

const trace = startObservation(spanName, { input: conversation, metadata: { headers: { 'x-api-key': secrets.header } } });
const generation = trace.startObservation('chat', { model: 'gpt-5', input: conversation, output: answer }, { asType: 'generation' });
generation.update({ level: 'ERROR', statusMessage: error.message });
fillSpan(generation.otelSpan);
trace.update({ output: answer }).end();
await provider.shutdown();
