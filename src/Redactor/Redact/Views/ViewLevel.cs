using System.Buffers;
using System.Runtime.InteropServices;
using Redactor.Locate;
using Redactor.Redact.Conversations;
using Redactor.Scanning;

namespace Redactor.Redact.Views;

/// <summary>What reading the texts of one depth needs, one after the other.</summary>
internal sealed class ViewLevel
{
    /// <summary>The decoded text. Unused at depth 0, where it is the unit.</summary>
    public ArrayBufferWriter<byte> Text { get; } = new();

    /// <summary>How the text around spells it, character by character.</summary>
    public List<Escape> Escapes { get; } = [];

    public CandidateList Candidates { get; } = new();

    public FindingList Findings { get; } = new();

    /// <summary>Who says what in the text, if it is of a conversation.</summary>
    public List<Segment> Segments { get; } = [];

    /// <summary>What the text around the view has found too. Of none at depth 0.</summary>
    public List<MaskedRange> Known { get; } = [];

    public List<ViewTrigger> Triggers { get; } = [];

    /// <summary>The stretches that are URL-encoded, ascending.</summary>
    public List<(int Start, int End)> Urls { get; } = [];

    /// <summary>What is to be masked in the text: ascending, not overlapping.</summary>
    public List<MaskedRange> Ranges { get; } = [];

    /// <summary>What views of the text have found and <see cref="Ranges"/> does not hold yet: merged view by view, many views would cost the square of their number.</summary>
    public List<MaskedRange> Carried { get; } = [];

    /// <summary>Whether a rule may name a member of JSON in the text, or in one that its escapes spell: there names stand that have escapes here.</summary>
    public bool IsNamed { get; set; }

    /// <summary>The text with its masks.</summary>
    public ArrayBufferWriter<byte> Masked { get; } = new();

    /// <summary>Merges what was carried from views, and forgets what was handed over to them.</summary>
    public void TakeCarried()
    {
        Ranges.RemoveAll(static range => range.Start == range.End);
        if (Carried.Count > 0)
        {
            Ranges.AddRange(Carried);
            Carried.Clear();
            MaskedRanges.Merge(Ranges);
        }
    }

    /// <summary>Whether a place is in a stretch that is URL-encoded.</summary>
    public bool IsUrl(int position)
    {
        ReadOnlySpan<(int Start, int End)> urls = CollectionsMarshal.AsSpan(Urls);
        int index = Ascending.CountUpTo<(int Start, int End), ByEnd>(urls, position);
        return index < urls.Length && urls[index].Start <= position;
    }

    /// <summary>Whether all escapes are backslashes for backslashes: Windows paths, expressions and drawings have many levels of them.</summary>
    public bool OnlyBackslashes => Escapes.TrueForAll(escape => escape.PlainLength == 1 && Text.WrittenSpan[escape.Plain] == '\\');

    private readonly struct ByEnd : IPlace<(int Start, int End)>
    {
        public static int Of(in (int Start, int End) item) => item.End;
    }
}

/// <summary>The places in one text that are worth a look.</summary>
internal readonly ref struct UnitTriggers(ReadOnlySpan<Candidate> candidates, int offset, ReadOnlySpan<ViewTrigger> encoded)
{
    /// <summary>Those of the filter.</summary>
    public ReadOnlySpan<Candidate> Candidates { get; } = candidates;

    /// <summary>What their offsets, and those of <see cref="Encoded"/>, count beyond the start of the text.</summary>
    public int Offset { get; } = offset;

    /// <summary>Those where it may be encoded.</summary>
    public ReadOnlySpan<ViewTrigger> Encoded { get; } = encoded;
}
