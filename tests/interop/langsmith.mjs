// LangSmith's SDK in its OpenTelemetry mode: protobuf to ENDPOINT/otel/v1/traces, with x-api-key.
import { endpoint, answer, conversation, error, fillSpan, secrets, spanName } from './planted.mjs';

Object.assign(process.env, {
  LANGSMITH_TRACING: 'true', LANGSMITH_OTEL_ENABLED: 'true', LANGSMITH_ENDPOINT: endpoint, LANGSMITH_API_KEY: 'langsmith-interop', LANGSMITH_PROJECT: 'interop',
  OTEL_BSP_SCHEDULE_DELAY: '600000', // milliseconds: one request at the end, however long the runs take
});
const { initializeOTEL } = await import('langsmith/experimental/otel/setup');
const { DEFAULT_LANGSMITH_SPAN_PROCESSOR: processor, DEFAULT_LANGSMITH_TRACER_PROVIDER: provider } = initializeOTEL();
const { traceable } = await import('langsmith/traceable');

// The SDK makes spans of runs in the background, some time after they have ended. Waiting for each keeps their order.
const arrive = processor.onEnd.bind(processor);
let arrived;
processor.onEnd = (span) => {
  arrive(span);
  arrived();
};
const nextSpan = () => new Promise((resolve) => { arrived = resolve; });

const ask = traceable(async () => answer, { name: spanName, run_type: 'llm', metadata: { 'x-api-key': secrets.header } });
let span = nextSpan();
await ask(conversation);
await span;
const fail = traceable(async () => { throw error; }, { name: 'connect' });
span = nextSpan();
await fail({}).catch(() => {});
await span;
span = nextSpan();
fillSpan(provider.getTracer('interop').startSpan(spanName, { attributes: { 'ai.operationId': 'ai.generateText' } })); // by which it knows spans that are for it
await span;
await processor.shutdown();
