namespace Redactor.Scanning.Filtering;

/// <summary>An atom while windows are dealt out: the windows that are worth a try, and which of them is chosen.</summary>
internal sealed class PlannedAtom
{
    /// <summary>How many of an atom's windows are tried: those that are rarest by themselves.</summary>
    private const int WindowsTried = 6;

    private const int FactorOfTexts = 4;

    /// <summary>What passes the tables by chance ends at its key; what reads like a window's text is compared, for as much as so many of those.</summary>
    private const int CostOfText = 8;

    /// <summary>Looks for the windows, of <paramref name="length"/> positions.</summary>
    public PlannedAtom(Atom atom, int index, int length, Func<ByteSet, UInt128> symbolsPassed)
    {
        (Atom, Index) = (atom, index);
        UInt128[] symbols = [.. atom.Sets.Select(symbolsPassed), .. Enumerable.Repeat(UInt128.MaxValue, length)];
        Windows = [.. Offsets(atom, length).Select(offset => new WindowShape(symbols.AsMemory(offset, length), offset, Known(new Window(atom, index, offset, 0), length)))
            .OrderBy(w => w.Share + w.Known).Take(WindowsTried)];
    }

    public Atom Atom { get; }

    public int Index { get; }

    /// <summary>The windows to try, the rarest first.</summary>
    public WindowShape[] Windows { get; }

    /// <summary>The one of them that is chosen; null at first.</summary>
    public WindowShape? Chosen { get; set; }

    /// <summary>The bucket of <see cref="Chosen"/>; -1 at first.</summary>
    public int Bucket { get; set; } = -1;

    /// <summary>The share of positions that read like the window, times <see cref="CostOfText"/>, where common words do.</summary>
    private static float Known(Window window, int length) =>
        TextWindows.Reads(window, length) > TextWindows.MaxTexts ? 0 : CostOfText * CommonTexts.Share(TextWindows.Texts(window, length));

    /// <summary>Where windows may start: those that read the fewest texts, within a factor, as every text costs room in the tables that reject.</summary>
    private static int[] Offsets(Atom atom, int length)
    {
        (int Offset, int Texts)[] all = [.. Window.Offsets(atom.Length).Select(offset => (offset, TextWindows.Reads(new Window(atom, 0, offset, 0), length)))];
        int fewest = all.Min(window => window.Texts);
        int most = fewest > TextWindows.MaxTexts ? int.MaxValue : Math.Min(TextWindows.MaxTexts, fewest * FactorOfTexts);
        return [.. all.Where(window => window.Texts <= most).Select(window => window.Offset)];
    }
}
