using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Redactor.Receive.Kafka;

/// <summary>
/// Dead letters as lines of JSON, each on the disk before its record counts as done. Key, header values and value are base64: they may be any bytes.
/// A line that a crash or a full disk broke off stays as it is, without its end; the record that it was of comes again.
/// </summary>
/// <param name="path">The file; made if it is missing, continued if not.</param>
/// <param name="limit">Greatest size of the file in bytes.</param>
internal sealed class DeadLetterFile(string path, long limit) : IDeadLetterStore
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ReadOnlyMemory<byte> NewLine = "\n"u8.ToArray();

    private readonly SemaphoreSlim writing = new(1);

    public async Task<bool> TryAddAsync(DeadLetter letter)
    {
        var line = Line(letter);
        await writing.WaitAsync();
        try
        {
            await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            if (file.Length + NewLine.Length + line.Length > limit)
            {
                return false;
            }

            if (!EndsLine(file))
            {
                await file.WriteAsync(NewLine);
            }

            await file.WriteAsync(line);
            file.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            writing.Release();
        }
    }

    public void Dispose() => writing.Dispose();

    /// <summary>Goes to the end, and says whether a new line may begin there.</summary>
    private static bool EndsLine(FileStream file)
    {
        if (file.Length == 0)
        {
            return true;
        }

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == NewLine.Span[0];
    }

    private static ReadOnlyMemory<byte> Line(DeadLetter letter)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Writing))
        {
            json.WriteStartObject();
            json.WriteString("time", DateTime.UtcNow);
            json.WriteString("topic", letter.Record.Topic);
            json.WriteNumber("partition", letter.Record.Partition);
            json.WriteNumber("offset", letter.Record.Offset);
            json.WriteString("reason", DeadLetterWords.Reason(letter.Reason));
            json.WriteString("message", letter.Message);
            json.WriteString("encoding", DeadLetterWords.Encoding(letter.Record.Payload.Encoding));
            if (letter.Rejected is { } rejected)
            {
                Write(json, rejected);
            }
            else
            {
                json.WriteString("masked", DeadLetter.MaskedWhole);
            }

            json.WriteEndObject();
        }

        output.Write(NewLine.Span);
        return output.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, RedactedPayload rejected)
    {
        if (rejected.Envelope?.Key is { } key)
        {
            json.WriteBase64String("key", key.Span);
        }

        json.WriteStartArray("headers");
        foreach (var header in rejected.Envelope?.Headers ?? [])
        {
            json.WriteStartObject();
            json.WriteString("name", header.Name);
            json.WriteBase64String("value", header.Value.GetValueOrDefault().Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBase64String("value", rejected.Bytes.Span);
    }
}
