// LangSmith's SDK in its OpenTelemetry mode: protobuf to ENDPOINT/otel/v1/traces, with x-api-key.
import { endpoint, answer, error, fillSpan, messages, secrets, spanName } from './planted.mjs';

Object.assign(process.env, {
  LANGSMITH_TRACING: 'true', LANGSMITH_OTEL_ENABLED: 'true', LANGSMITH_ENDPOINT: endpoint, LANGSMITH_API_KEY: 'langsmith-interop', LANGSMITH_PROJECT: 'interop',
});
const { initializeOTEL } = await import('langsmith/experimental/otel/setup');
const { DEFAULT_LANGSMITH_SPAN_PROCESSOR: processor, DEFAULT_LANGSMITH_TRACER_PROVIDER: provider } = initializeOTEL();
const { traceable } = await import('langsmith/traceable');

const ask = traceable(async () => answer, { name: spanName, run_type: 'llm', metadata: { 'x-api-key': secrets.header } });
await ask(messages);
const fail = traceable(async () => { throw error; }, { name: 'connect' });
await fail({}).catch(() => {});
fillSpan(provider.getTracer('interop').startSpan(spanName));
await processor.forceFlush();
await processor.shutdown();
