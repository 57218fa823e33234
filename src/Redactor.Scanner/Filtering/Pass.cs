namespace Redactor.Scanning.Filtering;

/// <summary>What one pass over a text carries from block to block: storage, used again by the thread's next pass, and where candidates go.</summary>
internal sealed class Pass
{
    // Two bitmaps for windows and one for each set of shapes, three of words, two for each class of run starts and one for each of runs; each a word longer, as runs go on behind the block.
    private const int MaxBitmaps = 5 + ShapeWindows.MaxSets + (2 * RunStarts.MaxClasses) + RunClass.MaxClasses;

    [ThreadStatic]
    private static Pass? ofThread;

    private readonly ushort[] positions = new ushort[Block.MaxWords * 64 + BitPositions.Slack];
    private readonly ushort[] lists = new ushort[Block.MaxWords * 64 + BitPositions.Slack];
    private readonly ulong[] bitmaps = new ulong[MaxBitmaps * (Block.MaxWords + 1)];
    private CandidateList candidates = new();
    private int firstOfPass;
    private int firstOfKind;
    private int bitmapsTaken;

    /// <summary>Length of the whole text.</summary>
    public int TextLength { get; private set; }

    /// <summary>Whether the text is one unit, so that no byte in it is another's length.</summary>
    public bool OneUnit { get; private set; }

    /// <summary>Room for the positions of a block.</summary>
    public Span<ushort> Positions => positions;

    /// <summary>Room for a number beside each of them.</summary>
    public Span<ushort> Lists => lists;

    /// <summary>Begins the calling thread's pass over a text of <paramref name="textLength"/> bytes, whose candidates go to <paramref name="candidates"/>.</summary>
    public static Pass Begin(int textLength, CandidateList candidates, bool oneUnit)
    {
        Pass pass = ofThread ??= new Pass();
        pass.TextLength = textLength;
        pass.OneUnit = oneUnit;
        pass.candidates = candidates;
        pass.firstOfPass = pass.firstOfKind = candidates.Count;
        return pass;
    }

    /// <summary>Begins a block: its bitmaps are free again.</summary>
    public void BeginBlock() => bitmapsTaken = 0;

    /// <summary>A bitmap of the block, with whatever is in it.</summary>
    public Span<ulong> Bitmap(int words)
    {
        Span<ulong> bitmap = bitmaps.AsSpan(bitmapsTaken, words);
        bitmapsTaken += words;
        return bitmap;
    }

    /// <summary>Takes the marks of what is behind the end of the text out of a bitmap that starts at <paramref name="start"/> of it.</summary>
    public void ClearBehindText(Span<ulong> bitmap, int start)
    {
        for (int word = Math.Max(0, (TextLength - start) / 64); word < bitmap.Length; word++)
        {
            int left = Math.Max(0, TextLength - start - (word * 64));
            bitmap[word] &= (1UL << left) - 1;
        }
    }

    /// <summary>
    /// Adds a candidate, in order among those of its kind of this block; there are few to go before, as what candidates are found by comes in order, and starts
    /// at most 28 bytes behind them.
    /// </summary>
    public void Report(int position, int atom) => candidates.Insert(firstOfKind, position, atom);

    /// <summary>All candidates of one kind are found in this block: they go in order among the others.</summary>
    public void EndKind()
    {
        candidates.MergeFrom(firstOfKind, firstOfPass);
        firstOfKind = candidates.Count;
    }
}
