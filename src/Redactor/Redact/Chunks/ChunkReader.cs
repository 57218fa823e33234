using System.Buffers;
using System.Text;
using Redactor.Locate;
using Redactor.Scanning;

namespace Redactor.Redact.Chunks;

/// <summary>
/// Finds secrets that streaming has cut: the texts of a span's events of one name, by attribute, and the bodies of neighbouring log records of one span, are searched
/// joined. Only what crosses from one piece to the next counts; all else each piece says by itself. Reused; not thread-safe.
/// </summary>
/// <remarks>
/// <code>
/// pieces   "use sk-pro" | "j-4f9a..." | "b7 as the key"        joined   use sk-proj-4f9a...b7 as the key
///              |------|    |--------|    |-|                                |--------------|
/// </code>
/// </remarks>
internal sealed class ChunkReader(UnitJudge judge)
{
    private const string EventPlace = "span.event.attribute";
    private const string EventNamePlace = "span.event.name";
    private const string BodyPlace = "log.body";

    /// <summary>Locates everything and knows no names: which fields are secret by name their own reading tells.</summary>
    private static readonly Scanner NoRules = Scanner.Compile([new ScanRule { Id = "none", Keys = ["-none-"] }], NumberText.ScannerOptions);

    private static ReadOnlySpan<byte> NameEnds => "=:\"' \t"u8;

    private readonly LocateScratch located = new();
    private readonly FindingList findings = new();
    private readonly ArrayBufferWriter<byte> joined = new();
    private readonly ArrayBufferWriter<byte> plain = new();
    private readonly List<Escape> escapes = [];
    private readonly Dictionary<(int Record, string Stream), List<int>> streams = [];
    private readonly Dictionary<int, List<MaskedRange>> ranges = [];
    private readonly List<(int Field, int Start)> pieces = [];

    /// <summary>Where the pieces start in the payload in which something was found.</summary>
    public IReadOnlyCollection<int> Places => ranges.Keys;

    /// <summary>What is to be masked in the text that starts at <paramref name="start"/> of the payload, beside what reading it alone finds; null if there is nothing.</summary>
    public List<MaskedRange>? RangesAt(int start) => ranges.Count == 0 ? null : ranges.GetValueOrDefault(start);

    /// <summary>Searches the streams of a request.</summary>
    public void Read(ReadOnlySpan<byte> payload, PayloadEncoding encoding, Signal? signal, Scanner scanner)
    {
        ranges.Clear();
        if (signal is not { } known || !ChunkStreams.MayBeIn(payload, encoding, known))
        {
            return;
        }

        OtlpMessage request = OtlpFields.Request(known);
        LocateStatus status = encoding == PayloadEncoding.Protobuf
            ? ProtobufLocator.Locate(payload, request, NoRules, null, located)
            : JsonLocator.Locate(payload, request, "payload", NoRules, null, located);
        if (status != LocateStatus.Ok)
        {
            return;
        }

        Collect(payload, encoding, known == Signal.Logs);
        foreach (List<int> stream in streams.Values)
        {
            for (int from = 0; stream.Count - from > 1; from += ChunkLimits.MaxPieces)
            {
                Search(payload, stream.GetRange(from, Math.Min(ChunkLimits.MaxPieces, stream.Count - from)), scanner);
            }
        }
    }

    /// <summary>Sorts the texts of the request by the stream that they are pieces of.</summary>
    private void Collect(ReadOnlySpan<byte> payload, PayloadEncoding encoding, bool logs)
    {
        streams.Clear();
        Span<LocatedField> fields = located.Fields.Items;
        int record = -1, run = -1, eventIndex = -1;
        string span = "", name = "", key = "";
        for (int i = 0; i < fields.Length; i++)
        {
            ref readonly LocatedField field = ref fields[i];
            if (field.Role == FieldRole.Message)
            {
                if (field.Shape == MessageShape.Record)
                {
                    (record, key) = (i, "");
                    string before = span;
                    span = logs ? ChunkStreams.SpanOf(payload[field.Start..field.End], encoding) : "";
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
            else if (field.Role == FieldRole.Text && content.Length <= ChunkLimits.MaxChunk)
            {
                if (field.Place == EventPlace)
                {
                    Add((record, Around(fields, i, eventIndex) ? $"{name} {key}" : key), i);
                }
                else if (field.Place == BodyPlace && span.Length > 0)
                {
                    Add((run, key), i);
                }
            }
        }
    }

    /// <summary>Whether a field lies in a message.</summary>
    private static bool Around(Span<LocatedField> fields, int index, int message)
    {
        while (index > message && index >= 0)
        {
            index = fields[index].Parent;
        }

        return index == message;
    }

    private void Add((int Record, string Stream) stream, int field)
    {
        if (!streams.TryGetValue(stream, out List<int>? list))
        {
            streams.Add(stream, list = []);
        }

        list.Add(field);
    }

    private void Search(ReadOnlySpan<byte> payload, List<int> stream, Scanner scanner)
    {
        joined.ResetWrittenCount();
        pieces.Clear();
        foreach (int index in stream)
        {
            ref readonly LocatedField field = ref located.Fields.Items[index];
            ReadOnlySpan<byte> text = payload[field.Start..field.End];
            pieces.Add((field.Start, joined.WrittenCount));
            if (field.Escaped)
            {
                JsonText.Unescape(text, plain, escapes);
                text = plain.WrittenSpan;
            }

            joined.Write(text);
        }

        ReadOnlySpan<byte> unit = joined.WrittenSpan;
        ScanStatus status = scanner.Scan(unit, findings);
        if (status == ScanStatus.Complete && findings.Count == 0)
        {
            return;
        }

        KeepCut(unit);
        judge.Judge(unit, status, findings, -1, located.Fields.Items[stream[0]].Place);
        foreach (MaskedRange range in judge.Ranges)
        {
            Split(range, unit.Length);
        }
    }

    /// <summary>Leaves the findings that a piece alone would not have shown: those over an end of one, and those right behind it that what stands before it named.</summary>
    private void KeepCut(ReadOnlySpan<byte> unit)
    {
        Finding[] all = findings.Items.ToArray();
        findings.Clear();
        foreach (Finding finding in all)
        {
            int piece = PieceAt(finding.Start), start = pieces[piece].Start;
            int end = piece + 1 < pieces.Count ? pieces[piece + 1].Start : unit.Length;
            if (finding.End > end || (start > 0 && finding.Start - start <= 1 && NameEnds.Contains(unit[start - 1])))
            {
                findings.Add(finding);
            }
        }
    }

    private void Split(MaskedRange range, int length)
    {
        for (int piece = PieceAt(range.Start); piece < pieces.Count && pieces[piece].Start < range.End; piece++)
        {
            int start = pieces[piece].Start, end = piece + 1 < pieces.Count ? pieces[piece + 1].Start : length;
            if (start == end)
            {
                continue;
            }

            if (!ranges.TryGetValue(pieces[piece].Field, out List<MaskedRange>? list))
            {
                ranges.Add(pieces[piece].Field, list = []);
            }

            list.Add(range with { Start = Math.Max(range.Start, start) - start, End = Math.Min(range.End, end) - start });
        }
    }

    /// <summary>The piece that a byte of the joined text lies in.</summary>
    private int PieceAt(int position)
    {
        int low = 0, high = pieces.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = pieces[middle].Start <= position ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
