using System.Buffers;
using System.Text;

namespace Redactor.Tests.Hostile;

/// <summary>Requests for logs in which every few bytes are something to look at or to mask, so that redacting them takes much more memory than they do.</summary>
internal static class DenseMessages
{
    // Field numbers of OTLP 1.x: LogRecord.body = 5, .attributes = 6, .trace_id = 9, .span_id = 10; AnyValue.string_value = 1; KeyValue.key = 1, .value = 2.
    private const int Body = 5, Attributes = 6, TraceId = 9, SpanId = 10, StringValue = 1, Key = 1, Value = 2;

    /// <summary>Of no field of a log record.</summary>
    private const int UnknownField = 15;

    /// <summary>Every kind, by what it is full of.</summary>
    /// <param name="bytes">About how long each is.</param>
    public static IEnumerable<(string Name, byte[] Message)> All(int bytes)
    {
        yield return ("characters that begin a match", Text("@", bytes));
        yield return ("mail addresses", Text("a@b.co ", bytes));
        yield return ("mail addresses in fields of their own", Record(bytes, record => record.Field(Attributes, a => a.Text(Key, "k").Field(Value, v => v.Text(StringValue, "a@b.co")))));
        yield return ("passwords by name", Record(bytes, record => record.Field(Attributes, a => a.Text(Key, "password").Field(Value, v => v.Text(StringValue, "x")))));
        yield return ("escapes", Text("\\n", bytes));
        yield return ("escapes of escapes", Text("\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\", bytes));
        yield return ("text that is escaped eight times over", Record(bytes, record => record.Field(Body, b => b.Text(StringValue, new string('\\', 256) + new string('x', bytes))), times: 1));
        yield return ("runs of base64", Text(Convert.ToBase64String(Encoding.ASCII.GetBytes("to be or not to be, that is")) + " ", bytes));
        yield return ("URL-encoding", Text("%41 ", bytes));
        yield return ("HTML entities", Text("&lt;", bytes));
        yield return ("empty fields beside a stream", Streamed(bytes, record => record.Field(UnknownField, _ => { })));
        yield return ("pieces of streams", Streams(bytes));
    }

    /// <summary>As JSON: what <see cref="All"/> has no counterpart of.</summary>
    public static IEnumerable<(string Name, byte[] Message)> AllJson(int bytes)
    {
        yield return ("JSON of empty strings", Json("\"\",", bytes));
        yield return ("JSON of mail addresses", Json("\"a@b.co\",", bytes));
        yield return ("JSON of escapes", Json("\"\\u0040\",", bytes));
    }

    private static byte[] Text(string unit, int bytes) =>
        Record(bytes, record => record.Field(Body, b => b.Text(StringValue, string.Concat(Enumerable.Repeat(unit, bytes / unit.Length)))), times: 1);

    /// <summary>One record with as many of <paramref name="part"/> as fit.</summary>
    private static byte[] Record(int bytes, Action<ForwardWriter> part, int? times = null) => Request(new ForwardWriter().Repeat(bytes, part, times));

    /// <summary>Three records of one span, so that they are searched for streams, the last with as many of <paramref name="part"/> as fit.</summary>
    private static byte[] Streamed(int bytes, Action<ForwardWriter> part) =>
        Request(Piece(), Piece(), Piece().Repeat(bytes, part));

    private static byte[] Streams(int bytes)
    {
        byte[] piece = Piece().ToArray();
        return Request([.. Enumerable.Repeat(piece, bytes / (piece.Length + 2)).Select(p => new ForwardWriter().Raw(p))]);
    }

    private static ForwardWriter Piece() =>
        new ForwardWriter().Field(Body, b => b.Text(StringValue, "a@b")).Text(TraceId, new string('t', 16)).Text(SpanId, new string('s', 8));

    private static byte[] Request(params ForwardWriter[] records)
    {
        var scope = new ForwardWriter();
        foreach (var record in records)
        {
            scope.Raw(2, record.ToArray());
        }

        return new ForwardWriter().Raw(1, new ForwardWriter().Raw(2, scope.ToArray()).ToArray()).ToArray();
    }

    private static byte[] Json(string element, int bytes) => Encoding.UTF8.GetBytes(
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"unknown\":[" + string.Concat(Enumerable.Repeat(element, bytes / element.Length)) + "0]}]}]}]}");

    /// <summary>Protobuf, written without a library, which would need many times the message's memory.</summary>
    private sealed class ForwardWriter
    {
        private readonly ArrayBufferWriter<byte> written = new();

        public ForwardWriter Field(int field, Action<ForwardWriter> content)
        {
            var inner = new ForwardWriter();
            content(inner);
            return Raw(field, inner.ToArray());
        }

        public ForwardWriter Text(int field, string text) => Raw(field, Encoding.UTF8.GetBytes(text));

        public ForwardWriter Raw(int field, ReadOnlySpan<byte> content)
        {
            Varint((uint)(field << 3 | 2));
            Varint((uint)content.Length);
            return Raw(content);
        }

        public ForwardWriter Raw(ReadOnlySpan<byte> bytes)
        {
            written.Write(bytes);
            return this;
        }

        /// <summary>Writes <paramref name="part"/> again and again, until there are <paramref name="bytes"/> or it was <paramref name="times"/> times.</summary>
        public ForwardWriter Repeat(int bytes, Action<ForwardWriter> part, int? times = null)
        {
            var once = new ForwardWriter();
            part(once);
            byte[] unit = once.ToArray();
            for (int left = times ?? bytes / unit.Length; left > 0; left--)
            {
                Raw(unit);
            }

            return this;
        }

        public byte[] ToArray() => written.WrittenSpan.ToArray();

        private void Varint(uint value)
        {
            for (; value >= 0x80; value >>= 7)
            {
                written.Write([(byte)(value | 0x80)]);
            }

            written.Write([(byte)value]);
        }
    }
}
