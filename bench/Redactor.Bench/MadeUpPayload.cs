using System.Buffers.Binary;
using Google.Protobuf;
using Redactor.Otlp;

namespace Redactor.Bench;

/// <summary>A request of about 64 KiB with spans of calls to a model, one of which holds an API key: what a hop gets when nobody has real ones at hand.</summary>
internal static class MadeUpPayload
{
    private const int PrefixLength = 5;

    private const int Spans = 22;

    private static readonly string[] Words =
        "the model reads a question and writes an answer about orders invoices tokens keys regions and the weather of next week".Split(' ');

    public static TestPayload Create()
    {
        var random = new Random(1);
        string secret = $"sk-{"ant"}-api03-{new string(random.GetItems<char>("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 93))}AA";
        var scope = new ScopeSpans { Spans = { Enumerable.Range(0, Spans).Select(i => CreateSpan(random, i == Spans / 2 ? secret : "")) } };
        byte[] message = new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { ScopeSpans = { scope } } } }.ToByteArray();

        byte[] framed = new byte[PrefixLength + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, PrefixLength);
        return new TestPayload("traces, made up", Signal.Traces, framed, [new PlantedSecret("anthropic-api-key", secret)]);
    }

    private static Span CreateSpan(Random random, string secret) => new()
    {
        TraceId = RandomBytes(random, 16),
        SpanId = RandomBytes(random, 8),
        Name = "chat gpt-5",
        Attributes =
        {
            Text("gen_ai.request.model", "gpt-5"),
            Text("server.address", "api.openai.com"),
            Text("gen_ai.input.messages", Sentence(random, 170) + secret),
            Text("gen_ai.output.messages", Sentence(random, 330)),
        },
    };

    private static KeyValue Text(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = value } };

    private static string Sentence(Random random, int words) => string.Join(' ', random.GetItems(Words, words)) + " ";

    private static ByteString RandomBytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return ByteString.CopyFrom(bytes);
    }
}
