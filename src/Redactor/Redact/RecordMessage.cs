using System.Buffers;
using System.Text;
using Redactor.Locate;

namespace Redactor.Redact;

/// <summary>
/// A Kafka record as an OTLP logs request of two log records: the first holds the key as its body and the headers as attributes, the
/// second the value as its body. Everything is spelled as bytes, which redaction masks as text where they are UTF-8 and at equal length where not.
/// </summary>
internal static class RecordMessage
{
    // Field numbers of ExportLogsServiceRequest, ResourceLogs, ScopeLogs, LogRecord, KeyValue and AnyValue.
    private const int ResourceLogs = 1;
    private const int ScopeLogs = 2;
    private const int LogRecords = 2;
    private const int Body = 5;
    private const int Attributes = 6;
    private const int Key = 1;
    private const int Value = 2;
    private const int StringValue = 1;
    private const int BytesValue = 7;

    /// <param name="envelope">Key and headers; null for none.</param>
    /// <param name="value">The value, or null if it is not to be part.</param>
    public static ReadOnlyMemory<byte> Write(RecordEnvelope? envelope, ReadOnlyMemory<byte>? value)
    {
        var first = new ArrayBufferWriter<byte>();
        if (envelope?.Key is { } key)
        {
            WriteField(first, Body, Bytes(key));
        }

        foreach (var header in envelope?.Headers ?? [])
        {
            var pair = new ArrayBufferWriter<byte>();
            WriteField(pair, Key, Encoding.UTF8.GetBytes(header.Name));
            if (header.Value is { } bytes)
            {
                WriteField(pair, Value, Bytes(bytes));
            }

            WriteField(first, Attributes, pair.WrittenSpan);
        }

        var records = new ArrayBufferWriter<byte>();
        WriteField(records, LogRecords, first.WrittenSpan);
        var second = new ArrayBufferWriter<byte>();
        if (value is { } text)
        {
            WriteField(second, Body, Bytes(text));
        }

        WriteField(records, LogRecords, second.WrittenSpan);
        var scope = new ArrayBufferWriter<byte>();
        WriteField(scope, ScopeLogs, records.WrittenSpan);
        var request = new ArrayBufferWriter<byte>();
        WriteField(request, ResourceLogs, scope.WrittenSpan);
        return request.WrittenMemory;
    }

    /// <summary>Reads what redaction left. False if it dropped one of the two log records.</summary>
    /// <param name="request">What <see cref="Write"/> wrote, redacted.</param>
    /// <param name="before">The envelope as it came, for what is never redacted.</param>
    /// <param name="envelope">The clean envelope.</param>
    /// <param name="value">The clean value; empty if it was not part.</param>
    public static bool TryRead(ReadOnlyMemory<byte> request, RecordEnvelope? before, out RecordEnvelope? envelope, out ReadOnlyMemory<byte> value)
    {
        (envelope, value) = (null, default);
        var scope = Fields(Fields(request).First(f => f.Number == ResourceLogs).Content).First(f => f.Number == ScopeLogs).Content;
        if (Fields(scope).Where(f => f.Number == LogRecords).Select(f => f.Content).ToList() is not [var first, var second])
        {
            return false;
        }

        value = BodyOf(second) ?? default;
        if (before is not null)
        {
            var headers = Fields(first).Where(f => f.Number == Attributes).Select(f => ReadHeader(f.Content)).ToList();
            envelope = before with { Key = BodyOf(first), Headers = headers };
        }

        return true;
    }

    private static RecordHeader ReadHeader(ReadOnlyMemory<byte> pair)
    {
        var fields = Fields(pair);
        var name = Encoding.UTF8.GetString(fields.First(f => f.Number == Key).Content.Span);
        return new RecordHeader(name, fields.Where(f => f.Number == Value).Select(f => ContentOf(f.Content)).FirstOrDefault());
    }

    private static ReadOnlyMemory<byte>? BodyOf(ReadOnlyMemory<byte> record) =>
        Fields(record).Where(f => f.Number == Body).Select(f => ContentOf(f.Content)).FirstOrDefault();

    /// <summary>What an AnyValue holds: bytes as written, or the text that redaction made of them; empty where a rule dropped it.</summary>
    private static ReadOnlyMemory<byte>? ContentOf(ReadOnlyMemory<byte> anyValue) =>
        Fields(anyValue).Where(f => f.Number is StringValue or BytesValue).Select(f => f.Content).LastOrDefault();

    private static List<(int Number, ReadOnlyMemory<byte> Content)> Fields(ReadOnlyMemory<byte> message)
    {
        var fields = new List<(int, ReadOnlyMemory<byte>)>();
        var reader = new ProtobufReader(message.Span, 0, message.Length);
        while (!reader.AtEnd && reader.TryRead(out WireField field))
        {
            fields.Add((field.Number, message.Slice(field.Start, field.Length)));
        }

        return fields;
    }

    private static ReadOnlySpan<byte> Bytes(ReadOnlyMemory<byte> content)
    {
        var anyValue = new ArrayBufferWriter<byte>(content.Length + 8);
        WriteField(anyValue, BytesValue, content.Span);
        return anyValue.WrittenSpan;
    }

    private static void WriteField(ArrayBufferWriter<byte> output, int number, ReadOnlySpan<byte> content)
    {
        WriteVarint(output, (uint)((number << 3) | (int)WireType.Length));
        WriteVarint(output, (uint)content.Length);
        output.Write(content);
    }

    private static void WriteVarint(ArrayBufferWriter<byte> output, uint value) =>
        output.Advance(ProtobufRewriter.WriteVarint(value, output.GetSpan(ProtobufRewriter.VarintLength(value))));
}
