// Arize Phoenix's SDK: protobuf to ENDPOINT/v1/traces, with a Bearer token.
import { register } from '@arizeai/phoenix-otel';
import { endpoint, fillSpan, spanName } from './planted.mjs';

const provider = register({ projectName: 'interop', url: endpoint, apiKey: 'phoenix-interop', batch: true, global: false });
const span = provider.getTracer('interop').startSpan(spanName);
span.setAttribute('openinference.span.kind', 'LLM');
fillSpan(span);
await provider.shutdown();
