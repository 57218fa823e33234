using System.IO.Compression;
using System.Text;

namespace Redactor.Tests.Hostile;

/// <summary>Requests for logs that are meant to hurt who reads them. Built without a protobuf library, which would refuse or choke.</summary>
internal static class HostileMessages
{
    // Field numbers of OTLP 1.x: ExportLogsServiceRequest.resource_logs = 1, ResourceLogs.scope_logs = 2, ScopeLogs.log_records = 2,
    // LogRecord.body = 5 and .attributes = 6, AnyValue.array_value = 5 and .string_value = 1, ArrayValue.values = 1.
    private const byte LengthDelimited = 2;

    /// <summary>A body of arrays in arrays, <paramref name="depth"/> levels of them.</summary>
    public static byte[] DeepProtobuf(int depth)
    {
        // From the inside out, filled from the end: the lengths in front are known only then.
        var message = new BackwardsWriter();
        for (int level = 0; level < depth; level++)
        {
            message.Wrap(1).Wrap(5);
        }

        return message.Wrap(5).Wrap(2).Wrap(2).Wrap(1).ToArray();
    }

    /// <summary>The same as OTLP/JSON.</summary>
    public static byte[] DeepJson(int depth) => Logs(
        "\"body\":" + string.Concat(Enumerable.Repeat("{\"arrayValue\":{\"values\":[", depth)) + string.Concat(Enumerable.Repeat("]}}", depth)));

    /// <summary>A body that is a string with JSON in it, nested <paramref name="depth"/> levels deep: legal, and read again for what it holds.</summary>
    public static byte[] DeepJsonText(int depth) => Logs("\"body\":{\"stringValue\":\"" + new string('[', depth) + new string(']', depth) + "\"}");

    /// <summary>One record with <paramref name="count"/> attributes.</summary>
    public static byte[] ManyAttributes(int count)
    {
        var message = new BackwardsWriter();
        int end = message.Length;
        for (int i = count; i-- > 0;)
        {
            int attribute = message.Length;
            message.Text(1, "value").Wrap(2, attribute).Text(1, $"key.{i}").Wrap(6, attribute);
        }

        return message.Wrap(2, end).Wrap(2).Wrap(1).ToArray();
    }

    /// <summary>Gzip of <paramref name="count"/> zeros: about a thousandth of it.</summary>
    public static byte[] GzipBomb(long count)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] zeros = new byte[64 * 1024];
            for (long left = count; left > 0; left -= zeros.Length)
            {
                gzip.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
            }
        }

        return target.ToArray();
    }

    private static byte[] Logs(string record) => Encoding.UTF8.GetBytes("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{" + record + "}]}]}]}");

    /// <summary>Protobuf written from its end to its beginning.</summary>
    private sealed class BackwardsWriter
    {
        private byte[] buffer = new byte[1024];

        public int Length { get; private set; }

        /// <summary>Makes all that was written since <paramref name="end"/> a message in field <paramref name="field"/>.</summary>
        public BackwardsWriter Wrap(int field, int end = 0)
        {
            Span<byte> varint = stackalloc byte[5];
            int count = 0;
            uint length = (uint)(Length - end);
            do
            {
                varint[count++] = (byte)(length >= 0x80 ? length | 0x80 : length);
                length >>= 7;
            }
            while (length > 0);

            Prepend(varint[..count]);
            Prepend([(byte)(field << 3 | LengthDelimited)]);
            return this;
        }

        public BackwardsWriter Text(int field, string text)
        {
            int end = Length;
            Prepend(Encoding.UTF8.GetBytes(text));
            return Wrap(field, end);
        }

        public byte[] ToArray() => buffer[^Length..];

        private void Prepend(ReadOnlySpan<byte> bytes)
        {
            if (Length + bytes.Length > buffer.Length)
            {
                byte[] larger = new byte[2 * buffer.Length + bytes.Length];
                buffer.AsSpan(buffer.Length - Length).CopyTo(larger.AsSpan(larger.Length - Length));
                buffer = larger;
            }

            Length += bytes.Length;
            bytes.CopyTo(buffer.AsSpan(buffer.Length - Length));
        }
    }
}
