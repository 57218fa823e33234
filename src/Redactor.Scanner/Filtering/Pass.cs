namespace Redactor.Scanning.Filtering;

/// <summary>What one pass over a text carries from block to block: storage on the stack, and where findings go.</summary>
internal readonly ref struct Pass
{
    private readonly CandidateList candidates;
    private readonly int firstCandidate;

    /// <summary>Creates the pass over a text of <paramref name="textLength"/> bytes.</summary>
    public Pass(int textLength, Span<ushort> positions, Span<ulong> bitmaps, CandidateList candidates)
    {
        TextLength = textLength;
        Positions = positions;
        Bitmaps = bitmaps;
        this.candidates = candidates;
        firstCandidate = candidates.Count;
    }

    /// <summary>Length of the whole text.</summary>
    public int TextLength { get; }

    /// <summary>Room for the positions of a block.</summary>
    public Span<ushort> Positions { get; }

    /// <summary>Room for <see cref="Bitmap"/>.</summary>
    public Span<ulong> Bitmaps { get; }

    /// <summary>Room for a bitmap of a block and a word more.</summary>
    public Span<ulong> Bitmap(int number, int words) => Bitmaps.Slice(number * (Block.MaxWords + 1), words);

    /// <summary>Adds a candidate; those already there that come behind it, by offset and then atom, move up. There are few: windows come in order, and start at most 28 bytes behind their atoms.</summary>
    public void Report(int position, int atom) => candidates.Insert(firstCandidate, position, atom);
}
