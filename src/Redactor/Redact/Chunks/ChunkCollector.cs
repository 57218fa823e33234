using System.Buffers;
using System.Text;
using Redactor.Locate;
using Redactor.Scanning;

namespace Redactor.Redact.Chunks;

/// <summary>Sorts the texts of a request by the stream that they are pieces of: a span's events of one name, by attribute, and the bodies of neighbouring log records of one span. Reused; not thread-safe.</summary>
internal sealed class ChunkCollector
{
    private const string EventPlace = "span.event.attribute";
    private const string EventNamePlace = "span.event.name";
    private const string BodyPlace = "log.body";

    /// <summary>Locates everything and knows no names: which fields are secret by name their own reading tells.</summary>
    private static readonly Scanner NoRules = Scanner.Compile([new ScanRule { Id = "none", Keys = ["-none-"] }]);

    private readonly LocateScratch located = new();
    private readonly ArrayBufferWriter<byte> plain = new();
    private readonly List<Escape> escapes = [];
    private readonly List<DeltaString> strings = [];
    private readonly Dictionary<(int Record, string Stream), ChunkStream> streams = [];

    /// <summary>The located fields that pieces refer to.</summary>
    public Span<LocatedField> Fields => located.Fields.Items;

    /// <summary>The streams of the request, in the order in which they begin.</summary>
    public IEnumerable<ChunkStream> Streams => streams.Values;

    /// <summary>Collects the streams of a request; none if it can't be walked.</summary>
    public void Read(ReadOnlySpan<byte> payload, PayloadEncoding encoding, Signal signal)
    {
        streams.Clear();
        OtlpMessage request = OtlpFields.Request(signal);
        LocateStatus status = encoding == PayloadEncoding.Protobuf
            ? ProtobufLocator.Locate(payload, request, NoRules, null, located)
            : JsonLocator.Locate(payload, request, "payload", NoRules, null, located);
        if (status == LocateStatus.Ok)
        {
            Collect(payload, encoding, signal);
        }
    }

    /// <summary>The text of a field without the escapes of OTLP/JSON; until the next is asked for.</summary>
    public ReadOnlySpan<byte> TextOf(int field, ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> content = payload[Fields[field].Start..Fields[field].End];
        if (!Fields[field].Escaped)
        {
            return content;
        }

        JsonText.Unescape(content, plain, escapes);
        return plain.WrittenSpan;
    }

    private void Collect(ReadOnlySpan<byte> payload, PayloadEncoding encoding, Signal signal)
    {
        int record = -1, run = -1, eventIndex = -1;
        string span = "", name = "", key = "";
        for (int i = 0; i < Fields.Length; i++)
        {
            ref readonly LocatedField field = ref Fields[i];
            if (field.Role == FieldRole.Message)
            {
                if (field.Shape == MessageShape.Record)
                {
                    (record, key) = (i, "");
                    string before = span;
                    span = ChunkStreams.SpanOf(payload[field.Start..field.End], encoding, signal);
                    run = span.Length > 0 && span == before ? run : i;
                }

                continue;
            }

            ReadOnlySpan<byte> content = payload[field.Start..field.End];
            if (field.Place == EventNamePlace)
            {
                (eventIndex, name) = (field.Parent, Encoding.UTF8.GetString(content));
            }
            else if (field.Role == FieldRole.Name)
            {
                key = Encoding.UTF8.GetString(content);
            }
            else if (field.Role == FieldRole.Text && content.Length is > 0 and <= ChunkLimits.MaxChunk)
            {
                if (field.Place == EventPlace)
                {
                    Add(record, $"{span} {(IsAround(i, eventIndex) ? name : "")} {key}", i, payload);
                }
                else if (field.Place == BodyPlace && span.Length > 0)
                {
                    Add(run, $"{span} {key}", i, payload);
                }
            }
        }
    }

    /// <summary>Whether a field lies in a message.</summary>
    private bool IsAround(int index, int message)
    {
        while (index > message && index >= 0)
        {
            index = Fields[index].Parent;
        }

        return index == message;
    }

    /// <summary>Adds a text, or each string of one that is JSON.</summary>
    private void Add(int record, string stream, int field, ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> text = TextOf(field, payload);
        if (!JsonDelta.TryRead(text, strings))
        {
            Add(record, stream, new ChunkPiece(field, 0, text.Length, InJson: false));
            return;
        }

        foreach (DeltaString delta in strings)
        {
            Add(record, stream + delta.Path, new ChunkPiece(field, delta.Start, delta.End, InJson: true));
        }
    }

    private void Add(int record, string stream, ChunkPiece piece)
    {
        if (!streams.TryGetValue((record, stream), out ChunkStream? known))
        {
            streams.Add((record, stream), known = new ChunkStream(stream, []));
        }

        known.Pieces.Add(piece);
    }
}
