// OpenTelemetry's own instrumentation of OpenAI's client: spans, and messages as events, which are log records. Protobuf to ENDPOINT/v1/traces and /v1/logs.
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { OpenAIInstrumentation } from '@opentelemetry/instrumentation-openai';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { load, talk } from './openai.mjs';
import { endpoint, error, spanName } from './planted.mjs';

const traces = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }))] });
traces.register();
const logs = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter({ url: `${endpoint}/v1/logs` }) })] });
const instrumentation = new OpenAIInstrumentation({ captureMessageContent: true });
instrumentation.setTracerProvider(traces);
instrumentation.setLoggerProvider(logs);
instrumentation.setMeterProvider(new MeterProvider()); // it needs one; what it measures goes nowhere
const OpenAI = load();
await traces.getTracer('app').startActiveSpan(spanName, async (span) => { await talk(OpenAI); span.recordException(error); span.end(); });
await traces.shutdown();
await logs.shutdown();
